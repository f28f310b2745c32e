"""Articles can be read while others are measured, and the end is as if they had never been there."""

import contextlib
import os
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import pytest

from builder import settings, site
from builder.engine import setup as engines
from builder.press import early, styles
from builder.reporter import Recorded

ARTICLE = """\
---
title: {title}
date: 2026-01-0{number}
tags: [trial]
hero: numbers
---

Text about {{unit}}`mixed3b:{number}`, see @fig-numbers.

:::{{probe}}
:name: numbers
:units: mixed3b:{units}
:log: {log}

Numbers of {title}.
:::
"""


@pytest.fixture
def write(root: Path):
    """Write an article with a figure, which notes in a log when it is measured."""

    def one(number: int, title: str, units: str = "1") -> Path:
        path = root / "articles" / f"{title.lower()}.md"
        log = root / f"{title.lower()}.log"
        path.write_text(ARTICLE.format(title=title, number=number, units=units, log=log))
        return path

    yield one
    engines.forget_figures()


def build(root: Path, **options) -> site.Result:
    engines.forget_figures()
    return site.build(settings.load(root), Recorded(), site.Options(device="cpu", **options))


def tree(root: Path) -> dict[str, bytes]:
    return {str(p.relative_to(root / "site")): p.read_bytes() for p in (root / "site").rglob("*") if p.is_file()}


@dataclass
class Opener:
    """Stands for a browser: remembers what was there to be read when it was opened."""

    root: Path
    opened: list[dict[str, str]] = field(default_factory=list)

    def __call__(self, index: Path) -> None:
        assert index == self.root / "site" / "index.html"
        files = [*self.root.glob("site/**/*.html"), *self.root.glob("*.log")]
        self.opened.append({str(path.relative_to(self.root)): path.read_text() for path in files})


@pytest.mark.slow
def test_the_first_article_can_be_read_before_the_second_is_measured(root: Path, write) -> None:
    write(1, "Long")
    path = root / "articles" / "long.md"
    path.write_text(
        path.read_text() + path.read_text().partition("\n\n")[2].replace("numbers", "more").replace(":1", ":7")
    )
    write(2, "Short")
    opener = Opener(root)
    result = build(root, opened=opener)
    assert [str(problem) for problem in result.problems] == []
    [there] = opener.opened
    assert "short.log" in there
    assert "long.log" not in there
    assert "Numbers of Short" in there["site/short/index.html"]
    assert 'href="short/index.html"' in there["site/index.html"]
    assert "site/long/index.html" not in there
    assert "long/index.html" not in there["site/index.html"]
    assert "Numbers of Long" in (root / "site/long/index.html").read_text()
    assert 'href="long/index.html"' in (root / "site/index.html").read_text()


@pytest.mark.slow
def test_every_style_of_an_early_page_is_there_already(root: Path, write) -> None:
    write(1, "First")
    write(2, "Second")
    missing: list[Path] = []

    def opened(index: Path) -> None:
        for page in (index, index.parent / "first/index.html"):
            html = page.read_text()
            assert styles.SIZES not in html
            sheets = [part.partition('"')[0] for part in html.split('rel="stylesheet" href="')[1:]]
            assert sheets
            missing.extend(page.parent / sheet for sheet in sheets if not (page.parent / sheet).is_file())

    build(root, opened=opened)
    assert missing == []


@pytest.mark.slow
def test_what_was_written_early_leaves_no_trace(root: Path, write, tmp_path_factory) -> None:
    for number, title in enumerate(("Long", "Short", "Shorter"), 1):
        write(number, title, ", ".join(f"mixed3b:{unit}" for unit in range(number, 4)).removeprefix("mixed3b:"))
    result = build(root)
    there = tree(root)
    assert set(result.changed) == set(there)
    again = tmp_path_factory.mktemp("again") / "site"
    shutil.copytree(root, again, ignore=shutil.ignore_patterns("site", "output.json"))
    assert build(again).measured == 0
    assert tree(again) == there
    second = build(root)
    assert second.changed == ()


@pytest.mark.slow
def test_nothing_is_written_early_where_nothing_is_missing(root: Path, write, monkeypatch: pytest.MonkeyPatch) -> None:
    write(1, "Short")
    build(root)
    monkeypatch.setattr(early.Early, "_write", lambda *_: pytest.fail("printed twice"))
    opened = []
    assert build(root, opened=opened.append).changed == ()
    assert opened == [root / "site" / "index.html"]


@pytest.mark.slow
def test_of_articles_that_miss_nothing_those_are_written_whose_text_is_newer(
    root: Path, write, monkeypatch: pytest.MonkeyPatch
) -> None:
    untouched, edited, new = write(1, "Untouched"), write(2, "Edited"), write(3, "New")
    build(root)
    front = (root / "site/index.html").read_bytes()
    for path in (untouched, edited):
        os.utime(path, (1, 1))
    edited.write_text(edited.read_text().replace("Text about", "Words about"))
    new.write_text(new.read_text().replace(":units: mixed3b:1", ":units: mixed3b:9"))
    due: list[list[str]] = []
    write_early = early.Early._write

    def noted(self, plans) -> None:
        due.append([plan.article.slug for plan in plans])
        write_early(self, plans)
        assert "Words about" in (root / "site/edited/index.html").read_text()
        assert (root / "site/index.html").read_bytes() == front

    monkeypatch.setattr(early.Early, "_write", noted)
    build(root)
    assert due == [["edited"]]


def test_an_article_that_fails_is_told_at_the_end_and_no_other_waits(root: Path, write) -> None:
    path = write(1, "Bad")
    path.write_text(path.read_text().replace("see @fig", "{value}`numbers.sun`, see @fig"))
    write(2, "Good", "1, mixed3b:2")
    opener = Opener(root)
    result = build(root, opened=opener)
    assert [str(problem) for problem in result.problems] == [
        "articles/bad.md:8: fig-numbers has no value 'sun'; did you mean 'sum'?"
    ]
    assert len(opener.opened) == 1
    assert not (root / "site/bad").exists()
    assert (root / "site/good/index.html").is_file()


def test_pages_take_a_tenth_of_the_time(monkeypatch: pytest.MonkeyPatch, house) -> None:
    now = [100.0]
    monkeypatch.setattr(early.time, "monotonic", lambda: now[0])
    written: list[str] = []

    def printed(self, output, due) -> list:
        now[0] += 2.0
        written.extend(plan.article.slug for plan in due)
        return []

    monkeypatch.setattr(early.Early, "_printed", printed)
    plans = [planned(house, slug) for slug in "abc"]
    pages = early.Early(house, plans, plans, Recorded(), alone=contextlib.nullcontext)
    heard = []
    pages.hear({})
    for plan, later in zip(plans, (0.0, 1.0, 18.0), strict=True):
        now[0] += later
        pages.hear({plan.article.slug: None})
        heard.append("".join(written))
    assert heard == ["a", "a", "abc"]


def planned(house, slug: str):
    """A plan that shows one figure, whose key is its own name."""
    article = SimpleNamespace(slug=slug, front=SimpleNamespace(title=slug), path=Path(__file__))
    return SimpleNamespace(article=article, broken=False, shown=lambda: [SimpleNamespace(key=slug)])
