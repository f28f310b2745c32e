"""What the benchmarks measure with: the same articles for all, edits that show, fair turns, honest tables."""

from __future__ import annotations

import json
import re
import sys
from dataclasses import replace
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import pytest
import yaml

from builder.read import article
from tests.benchmarks.__main__ import COMMANDS
from tests.benchmarks.sites import corpus, flavours, processes, report, turns
from tests.benchmarks.sites.corpus import Formula, Link, Note, Paragraph
from tests.benchmarks.sites.tools import MICROSCRIBE, TOOLS
from tests.benchmarks.sites.turns import Result, Site

COST = processes.Cost(seconds=1.0, processor_seconds=0.5, memory_bytes=1_000_000)


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(flavours, "picture", lambda number: b"picture")

    def begin(tool=MICROSCRIBE) -> Site:
        site = Site(tool, tmp_path / tool.name, tmp_path)
        tool.begin(site.folder, corpus.articles(5), site.environment)
        return site

    return begin


def result(tool: str, step: str, seconds: float, **changes: object) -> Result:
    return replace(Result(tool, 10, step, seconds, seconds / 2, 5_000_000, True, 3, 7, 2_500_000), **changes)


def test_every_name_has_a_module() -> None:
    assert all(find_spec(f"tests.benchmarks.{module}") for module, _ in COMMANDS.values())


def test_the_same_seed_makes_the_same_articles() -> None:
    assert list(corpus.articles(3)) == list(corpus.articles(3))
    assert list(corpus.articles(3)) != list(corpus.articles(3, seed=1))


def test_a_larger_corpus_begins_with_the_smaller_one() -> None:
    def unlinked(text: corpus.Article) -> str:
        return re.sub(r"\.\./article-\d+", "", MICROSCRIBE.flavour.text(text))

    assert [*map(unlinked, corpus.articles(3))] == [*map(unlinked, islice(corpus.articles(9), 3))]


def test_no_two_articles_share_a_formula() -> None:
    def formulas(text: corpus.Article) -> set[str]:
        inlines = [one for block in text.blocks if isinstance(block, Paragraph) for one in block.inlines]
        return {one.tex for one in (*text.blocks, *inlines) if isinstance(one, Formula)}

    first, second = map(formulas, corpus.articles(2))
    assert len(first) > 7
    assert not first & second


def test_an_article_has_six_footnotes_and_links_that_lead_somewhere() -> None:
    inlines = [
        one
        for text in corpus.articles(4)
        for block in text.blocks
        if isinstance(block, Paragraph)
        for one in block.inlines
    ]
    assert sum(isinstance(one, Note) for one in inlines) == 4 * 6
    assert {one.slug for one in inlines if isinstance(one, Link)} <= {corpus.slug(number) for number in range(4)}


def test_our_dialect_reads_without_a_problem(begun) -> None:
    site = begun()
    found = article.read(site.text, site.folder)
    assert found.problems == ()
    assert found.maths
    assert len(found.images) == 3
    assert len(found.front.tags) == 2
    assert found.front.date.year == 2020


@pytest.mark.parametrize("name", TOOLS)
def test_the_head_of_each_dialect_can_be_read(name: str) -> None:
    text = TOOLS[name].flavour.text(next(corpus.articles(1)))
    if name == "pelican":
        head = dict(line.split(": ", 1) for line in text.split("\n\n")[0].splitlines())
        head["tags"] = head.pop("Tags").split(", ")
    else:
        head = yaml.safe_load(text.split("---\n")[1])
    assert len(head["tags"]) == 2
    assert head.get("title", head.get("Title")).endswith(" 0")


@pytest.mark.parametrize("name", TOOLS)
def test_every_edit_finds_what_it_changes(name: str, begun) -> None:
    site = begun(TOOLS[name])
    assert [edit(site) for edit in (turns.sentence, turns.template, turns.settings)] == [
        "This is revision 1 of the text.",
        "Template 1",
        "Settings 1",
    ]
    assert turns.sentence(site) == "This is revision 2 of the text."
    assert "revision 2" in site.text.read_text("utf-8")


def test_a_page_without_the_edit_is_not_fresh_and_only_touched_files_count(begun, monkeypatch) -> None:
    site = begun()
    site.page.parent.mkdir(parents=True)
    site.page.write_text("This is revision 0 of the text.")
    (site.folder / "site" / "index.html").write_text("An index")
    monkeypatch.setattr(Site, "build", lambda self: COST)
    stale = turns.measure(site, 5, "one sentence", turns.sentence)
    assert (stale.fresh, stale.written, stale.files) == (False, 0, 2)

    def build(self: Site) -> processes.Cost:
        self.page.write_text("This is revision 2 of the text. It goes on.")
        return COST

    monkeypatch.setattr(Site, "build", build)
    fresh = turns.measure(site, 5, "one sentence", turns.sentence)
    assert (fresh.fresh, fresh.written, fresh.files) == (True, 1, 2)


def test_turns_go_round_and_who_fails_twice_has_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sites = [Site(TOOLS[name], tmp_path, tmp_path) for name in ("microscribe", "eleventy", "hugo")]
    failed, busy = {}, [processes.Failed("the machine is busy")]

    def measure(site: Site, articles: int, step: str, edit: turns.Edit) -> Result:
        if site.tool.name == "eleventy" and busy:
            raise busy.pop()
        if site.tool.name == "hugo" and step == "same":
            raise processes.Failed("no such page")
        return result(site.tool.name, step, 1.0)

    monkeypatch.setattr(turns, "measure", measure)
    steps = {"cold": turns.cold, "same": turns.same}
    found = turns.rounds(sites, 5, 2, steps, lambda tool, why: failed.update({tool.name: why}))
    assert [(one.step, one.tool[0]) for one in found] == [
        *[("cold", name) for name in "meh"],
        *[("same", name) for name in "me"],
        *[("cold", name) for name in "em"],
        *[("same", name) for name in "em"],
    ]
    assert failed == {"hugo": "no such page"}


def test_a_run_counts_the_memory_of_what_it_starts(tmp_path: Path) -> None:
    child = "held = bytearray(60_000_000); import time; time.sleep(.4)"
    parent = f"import subprocess, sys; held = bytearray(60_000_000); subprocess.run([sys.executable, '-c', {child!r}])"
    cost = processes.run([sys.executable, "-S", "-c", parent], tmp_path, {})
    assert cost.seconds > 0.4
    assert cost.memory_bytes > 120_000_000


def test_a_run_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(processes.Failed, match="status 3: no template"):
        processes.run([sys.executable, "-S", "-c", "import sys; print('no template'); sys.exit(3)"], tmp_path, {})


def test_rows_are_medians_and_ratios_are_of_pairs() -> None:
    mine, theirs = (1.0, 2.0, 9.0), (2.0, 4.0, 3.0)
    results = [result("microscribe", "cold", one) for one in mine] + [result("eleventy", "cold", one) for one in theirs]
    first, second = report.rows(results)
    assert (first.seconds, first.ratio, first.processor_ratio, first.runs) == (2.0, 0.5, 0.5, 3)
    assert second.ratio == 1.0
    (alone,) = report.rows([result("microscribe", "preview", 1.0, processor_seconds=None, files=None)])
    assert (alone.ratio, alone.processor_seconds) == (None, None)


def test_tables_name_what_is_stale_and_what_is_missing() -> None:
    results = [result("microscribe", "cold", 1.0), result("eleventy", "cold", 2.0, fresh=False)]
    tools = {name: TOOLS[name] for name in ("microscribe", "eleventy", "jekyll")}
    versions, missing = {"microscribe": "1", "eleventy": "3"}, {"jekyll": "not measured:\nno program"}
    tables = dict(report.tables(report.rows(results), tools, versions, missing))
    assert tables["Generators"][3][-1] == "not measured: no program"
    seconds = tables["10 articles: seconds (ratio to eleventy)"]
    assert report.markdown(seconds).splitlines() == [
        "|  | cold |",
        "|---|---|",
        "| microscribe | 1.00 (0.50) |",
        "| eleventy | 2.00, stale |",
    ]
    assert report.plain(seconds).splitlines()[1] == "microscribe  1.00 (0.50)"
    written = json.loads(report.as_json(results, versions, missing))
    assert written["medians"][0]["ratio"] == 0.5
    assert written["not measured"] == missing
