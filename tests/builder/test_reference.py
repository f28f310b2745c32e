"""The reference explains every figure with an example that can be drawn."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from builder import reference, settings, topics
from builder.errors import Place
from builder.plan import plan
from builder.plan.request import Asked
from builder.read import article
from builder.read.markdown import headings
from builder.reporter import Recorded

ROOT = Path(__file__).parents[2]
SIGNATURES = plan.signatures(settings.load(ROOT))


@pytest.mark.parametrize("name", sorted(SIGNATURES))
def test_every_parameter_stands_in_the_section_of_its_figure_once(name: str) -> None:
    text = reference.section(SIGNATURES[name])
    assert text.startswith(f"## `{name}`\n")
    for parameter in SIGNATURES[name].parameters:
        assert text.count(f"\n| `{parameter}` | ") == 1


@pytest.fixture(scope="module")
def house() -> plan.House:
    return plan.open_house(settings.load(ROOT), Recorded(), offline=True)


@pytest.mark.parametrize("name", sorted(n for n, one in SIGNATURES.items() if reference.directive_is_whole(one)))
def test_every_whole_example_binds(house: plan.House, name: str) -> None:
    given = dict(
        line[1:].split(": ", 1)
        for line in reference.example(SIGNATURES[name]).splitlines()
        if line.startswith(":") and ": " in line
    )
    given.pop("name")
    asked = Asked(name, given, {}, Place(Path("reference.md"), 1), ROOT)
    request, problems = house.binder.bind(asked, {"model": "glyphs", "dataset": "glyphs:6000", "seed": 0})
    assert [str(problem) for problem in problems] == []
    assert request is not None


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return reference.pages(SIGNATURES)


def test_every_page_is_an_article_and_is_written_only_where_it_changes(tmp_path: Path) -> None:
    paths = reference.write(SIGNATURES, tmp_path)
    articles = [article.read(path, tmp_path) for path in paths]
    assert articles[0].slug == topics.SLUG
    assert {one.slug for one in articles} == topics.SLUGS
    assert [problem for one in articles for problem in one.problems] == []
    before = [(path.stat().st_mtime_ns, path.stat().st_ino) for path in paths]
    assert reference.write(SIGNATURES, tmp_path) == paths
    assert [(path.stat().st_mtime_ns, path.stat().st_ino) for path in paths] == before
    few = reference.write(dict(list(SIGNATURES.items())[:1]), tmp_path)
    assert few[0] == paths[0]
    assert few[0].stat().st_ino != before[0][1]
    assert len(few) < len(paths)


def test_who_comes_for_a_section_finds_its_link_under_its_name(pages: dict[str, str]) -> None:
    links = dict(re.findall(r"\]\(\.\./([^)]+)\)\{#([^}]+)\}", pages[topics.SLUG]))
    assert len(links) == len(set(links.values())) > len(SIGNATURES) + 50
    for target, name in links.items():
        slug, _, anchor = target.partition("/index.html#")
        titles = re.findall(r"^## (.+)$", pages[slug], re.MULTILINE)
        assert anchor == name
        assert anchor in map(headings.slug, titles)


def test_every_figure_of_ours_has_its_place_and_every_other_one_stands_with_a_site_s_own() -> None:
    named = [name for topic in topics.FIGURES for name in topic.figures]
    assert sorted(named) == sorted(SIGNATURES)
    strange = replace(SIGNATURES["csv-chart"], figure="strange")
    assert reference.grouped({"strange": strange}) == {topics.OWN: [strange]}


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "none"), ((), "none"), ((1, 2), "1, 2"), (True, "true"), ("arcs", "arcs"), (0.5, "0.5")],
)
def test_defaults_are_written_as_an_author_would(value: object, text: str) -> None:
    assert reference.written(value) == text


def test_examples_ask_for_less_of_figures_and_parameters_that_there_are() -> None:
    for name, options in reference.LESS.items():
        assert set(options) <= set(SIGNATURES[name].parameters)
        assert f":{next(iter(options))}: " in reference.example(SIGNATURES[name])
