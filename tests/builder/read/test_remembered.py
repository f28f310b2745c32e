"""What is remembered of an article is what others need of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from builder.read import remembered
from builder.read.article import Article, read

TEXT = """---
title: "Curves & more"
description: What it is.
authors: [{name: A. Nobody, orcid: 0000-0002-1825-0097}]
date: 2026-03-01
updated: 2026-04-01
tags: [a, b]
series: S
aliases: [old/]
hero: dot.png
bibliography: works.bib
widht: 3
---

## A part {#part}

See [](../other/index.md#x) and [there](../other/index.md), $x$. ![A dot](dot.png){#fig-dot}
"""


@pytest.fixture
def article(tmp_path: Path) -> Article:
    for slug in ("one", "other"):
        (tmp_path / "articles" / slug).mkdir(parents=True)
        (tmp_path / "articles" / slug / "index.md").write_text(TEXT.replace("widht: 3\n", ""))
    folder = tmp_path / "articles" / "one"
    (folder / "works.bib").write_text("@misc{a, title = {T}}\n")
    Image.new("RGB", (4, 4)).save(folder / "dot.png")
    found = read(folder / "index.md", tmp_path)
    assert found.problems == ()
    return found


def test_an_article_is_remembered_as_others_see_it(article: Article) -> None:
    known = json.loads(json.dumps(remembered.record(article)))
    again = remembered.article(article.path, article.name, article.slug, known)
    assert again.is_remembered
    assert not again.tokens
    names = ("path", "name", "slug", "hero", "words", "maths", "targets", "ids", "foreign", "problems")
    assert {name: getattr(again, name) for name in names} == {name: getattr(article, name) for name in names}
    shown = ("title", "description", "date", "updated", "tags", "series", "aliases", "draft")
    assert all(getattr(again.front, name) == getattr(article.front, name) for name in shown)
    assert [author.name for author in again.front.authors] == ["A. Nobody"]
    assert json.loads(json.dumps(remembered.record(again))) == known
    assert [use.is_bare for use in again.foreign] == [True, False]


def test_every_file_that_was_looked_into_counts(article: Article) -> None:
    files = remembered.inputs(article, lambda path: "digest")
    assert {Path(name).name for name in files} == {"dot.png", "works.bib"}
    assert remembered.are_same(files, lambda path: "digest")
    assert not remembered.are_same(files, lambda path: "other")
    assert not remembered.are_same({"nowhere": "digest"}, lambda path: str(Path(path).stat()))


def test_what_was_said_is_said_again(article: Article) -> None:
    broken = read_with(article, "widht: 3\n")
    assert len(broken.problems) == 1
    assert remembered.told(json.loads(json.dumps(remembered.problems(broken.problems)))) == broken.problems


def read_with(article: Article, line: str) -> Article:
    article.path.write_text(article.path.read_text().replace("series: S\n", f"series: S\n{line}"))
    return replace(read(article.path, article.path.parents[2]))
