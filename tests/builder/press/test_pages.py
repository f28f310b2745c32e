"""Pages are printed whole or keep their last good version."""

from pathlib import Path

import pytest

from builder import settings, site
from builder.engine import setup as engines
from builder.press import articles
from builder.reporter import Recorded

ARTICLE = """\
---
title: First
description: A trial.
date: 2026-01-02
---

Text about {{unit}}`mixed3b:4` and @fig-numbers, which sum to {{value}}`fig-numbers.sum:.1f`.

:::{{probe}}
:name: numbers
:units: mixed3b:1,2
:log: {log}

Numbers.
:::
"""


@pytest.fixture
def write(root: Path):
    def one(slug: str = "first", **changes: str) -> Path:
        text = ARTICLE.format(log=root / "log.txt")
        for old, new in changes.values():
            assert old in text
            text = text.replace(old, new)
        path = root / "articles" / slug / "index.md"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
        return path

    yield one
    engines.forget_figures()


@pytest.fixture
def build(root: Path):
    def run(**options):
        return site.build(settings.load(root), Recorded(), site.Options(device="cpu", **options))

    return run


def page(root: Path, name: str = "first/index.html") -> str:
    return (root / "site" / name).read_text("utf-8")


@pytest.mark.slow
def test_a_page_that_fails_keeps_its_last_good_version(root: Path, write, build) -> None:
    write()
    build()
    good = page(root)
    write(figure=("{probe}", "{prob}"))
    assert build().failed
    assert page(root) == good
    assert "first/index.html" in page(root, "index.html")


@pytest.mark.parametrize("kind", ["gone", "folder"])
def test_what_vanishes_before_it_is_printed_costs_only_its_article(root: Path, built, monkeypatch, kind: str) -> None:
    draw = articles.figures

    def drawn(printing, plan):
        picture = plan.article.path.parent / "a.png"
        if picture.is_file():
            picture.unlink()
            picture.mkdir() if kind == "folder" else None
        return draw(printing, plan)

    monkeypatch.setattr(articles, "figures", drawn)
    texts = {"one/index.md": "---\ntitle: One\n---\n\n![a](a.png)\n", "two.md": "---\ntitle: Two\n---\n\nWords.\n"}
    problems, pages = built(texts)
    [problem] = problems
    assert problem.startswith("articles/one/index.md: cannot be printed: ")
    assert "a.png" in problem
    assert "two" in pages
    assert "one" not in pages
