"""A site's own templates and colours, as the article on templates tells of them; its lists against the files."""

import html
import re
from pathlib import Path
from types import SimpleNamespace

import jinja2
import pytest

from builder import settings as settings_module
from builder import site
from builder.errors import BuildError
from builder.press import page
from builder.reporter import Recorded

ROOT = Path(__file__).parents[3]
TEMPLATES = ROOT / "templates"
GUIDE = ROOT / "articles" / "templates"
TEXT = (GUIDE / "index.md").read_text("utf-8")
ARTICLE = "---\ntitle: One\ndescription: First.\n---\n\nWords and {value}`fig-numbers.sum`.\n"
PROBE = "\n:::{{probe}}\n:name: numbers\n:units: mixed3b:1\n:log: {log}\n:::\n"


def rows(label: str) -> list[list[str]]:
    """Return the cells of a table of the article, by its label."""
    _, _, after = TEXT.partition(f"{{#tbl-{label}}}\n\n")
    lines = after.partition("\n\n")[0].splitlines()
    table = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line.strip("|"))] for line in lines]
    assert len(table) > 2
    return table[2:]


def names(cell: str) -> list[str]:
    return [name.replace("\\|", "|") for name in re.findall(r"`([^`]+)`", cell)]


def worked() -> dict[str, str]:
    """Return the files of the worked example, by the path that stands in their first line."""
    blocks = re.findall(r"^```(?:css|html)\n(?:/\*|\{#) (templates/\S+) (?:\*/|#\})\n(.*?)^```", TEXT, re.M | re.S)
    return dict(blocks)


def squeezed(css: str) -> str:
    return re.sub(r"\s", "", css).replace(";}", "}")


@pytest.fixture
def build(root: Path):
    def built(files: dict[str, str], text: str = ARTICLE) -> site.Result:
        for name, content in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content)
        (root / "articles" / "one.md").write_text(text)
        return site.build(settings_module.load(root), Recorded(), site.Options())

    return built


@pytest.mark.slow
def test_the_worked_example_works(build, root: Path) -> None:
    files = worked()
    assert set(files) == {
        "templates/static/site.css",
        "templates/parts/footer.html",
        "templates/parts/head.html",
        "templates/parts/value.html",
        "templates/404.html",
    }
    result = build(files, ARTICLE + PROBE.format(log=root / "log.txt"))
    assert [str(problem) for problem in result.problems] == []
    article, lost = ((root / "site" / name).read_text("utf-8") for name in ("one/index.html", "404.html"))
    assert "<p>Trial is written at the Institute of Small Networks.</p>" in article
    assert '<meta name="author" content="Institute of Small Networks">' in article
    assert '<meta property="og:title" content="One">' in article
    assert "<title>Lost · Trial</title>" in lost
    assert "Nothing stands here" in lost
    sheet = next((root / "site" / "assets").glob("style.*.css")).read_text("utf-8")
    assert squeezed(sheet).endswith(squeezed(files["templates/static/site.css"]))
    assert len(files["templates/static/site.css"].splitlines()) == 10


@pytest.mark.slow
def test_of_a_file_of_macros_a_site_changes_one(build, root: Path) -> None:
    files = {"templates/parts/value.html": worked()["templates/parts/value.html"]}
    build(files, ARTICLE + PROBE.format(log=root / "log.txt"))
    assert re.search(
        r'<data class="value" value="2.0" data-from="fig-numbers.sum">', (root / "site/one/index.html").read_text()
    )
    env = page.environment(settings_module.load(root).template_folders)
    module = env.get_template("parts/value.html").make_module()
    assert module.missing(None).strip() == '<span class="value value-missing">(soon)</span>'


def test_a_whole_template_is_replaced_even_where_it_has_a_macro(build, root: Path) -> None:
    build({"templates/parts/contents.html": "{% macro listed(x) %}{% endmacro %}\n<p>No list.</p>\n"},
          ARTICLE.replace("{value}`fig-numbers.sum`", "more") + "\n## A\n\n## B\n\n## C\n")  # fmt: skip
    text = (root / "site/one/index.html").read_text("utf-8")
    assert "<p>No list.</p>" in text
    assert "contents-side" not in text


@pytest.mark.parametrize(
    ("name", "source", "message"),
    [
        ("parts/footer.html", "<p>\n{% if %}</p>", "parts/footer.html:2: Expected an expression, got 'end of statement block'"),
        ("parts/footer.html", "<p>\n\n{{ site.titel }}</p>", "parts/footer.html:3: 'SiteView object' has no attribute 'titel'"),
        ("parts/box.html", "\n{% macro heading(heading, html) %}{{ head }}{% endmacro %}", "parts/box.html:2: 'head' is undefined"),
        ("404.html", '{% extends "microscribe/403.html" %}', "404.html:1: no template 'microscribe/403.html'"),
        ("parts/footer.html", "{{ 1 / 0 }}", "parts/footer.html:1: division by zero"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_template_has_a_file_and_a_line(build, name: str, source: str, message: str) -> None:
    with pytest.raises(BuildError) as raised:
        build({f"templates/{name}": source}, "---\ntitle: One\n---\n\n## A\n")
    assert str(raised.value) == f"templates/{message}"


def test_the_article_lists_every_template_with_its_macros() -> None:
    listed = {names(row[0])[0]: names(row[1]) for row in rows("templates")}
    files = [*TEMPLATES.glob("*.html"), *(TEMPLATES / "parts").glob("*.html")]
    there = {
        path.relative_to(TEMPLATES).as_posix(): re.findall(r"{% macro (\w+)", path.read_text("utf-8")) for path in files
    }
    assert listed == there


def test_the_article_lists_every_property() -> None:
    listed = set()
    for row in rows("properties"):
        ends = re.fullmatch(r"`(--\w+-)(\d+)` … `--\w+-(\d+)`", row[0])
        listed |= {f"{ends[1]}{i}" for i in range(int(ends[2]), int(ends[3]) + 1)} if ends else set(names(row[0]))
    sheets = "".join(path.read_text("utf-8") for path in (TEMPLATES / "static").glob("*.css"))
    blocks = re.findall(r"^\s*:root(?:\[[^{]*\])?(?::not\([^{]*\))? {(.*?)}", sheets, re.M | re.S)
    assert listed == {name for block in blocks for name in re.findall(r"(--[\w-]+):", block)}


def test_every_width_decides_something() -> None:
    sheets = "".join(path.read_text("utf-8") for path in (TEMPLATES / "static").glob("*.css"))
    for row in rows("properties"):
        for name in names(row[0]):
            assert f"var({name})" in sheets or re.match(r"--(series|seq|div|label)-", name), name


def test_the_article_lists_every_filter_and_test() -> None:
    env, plain = page.environment([TEMPLATES]), jinja2.Environment()
    assert {names(row[0])[0] for row in rows("filters")} == set(env.filters) - set(plain.filters)
    assert {names(row[0])[0] for row in rows("tests")} == set(env.tests) - set(plain.tests)


def test_the_examples_of_filters_can_be_written() -> None:
    import datetime

    env = page.environment([TEMPLATES])
    front = {"date": datetime.date(2026, 11, 21), "layer": "block7.depthwise"}
    part = SimpleNamespace(tiles=range(3), display_px=96, block=0, per_row=0)
    for row in rows("filters"):
        example = names(row[2])[0] if len(row) == 3 else ""
        assert "| " + names(row[0])[0] in example
        assert env.from_string(example).render(value=3.14159, front=front, part=part)


def test_the_picture_names_the_parts_in_both_themes_with_our_colours() -> None:
    light, dark = ((GUIDE / name).read_text("utf-8") for name in ("parts.svg", "parts-dark.svg"))
    css = (TEMPLATES / "static" / "palette.css").read_text("utf-8")
    day, night = (dict(re.findall(r"(--[\w-]+): (#\w{6})", part)) for part in css.split("@media")[:2])
    used = set(re.findall(r"#\w{6}", light))
    turned = {day[name]: night[name] for name in ("--paper", "--ink", "--quiet", "--rule", "--accent")}
    assert used == set(turned)
    assert re.sub(r"#\w{6}", lambda match: turned[match[0]], light) == dark
    words = {html.unescape(word) for word in re.findall(r"<text[^>]*>([^<]+)", light)}
    assert words >= {"contents list", "title block", "sidenote", "figure", "caption", "figure menu", "chip", "card",
                     "appendix", "footer", "text", "body", "page", "screen", "margin"}  # fmt: skip
    assert "style" not in light
