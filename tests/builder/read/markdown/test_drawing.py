"""Tokens to HTML, with the parts that a page supplies."""

from pathlib import Path

import pytest

from builder.read.article import Article, read
from builder.read.markdown.document import render

GOOD = """\
---
title: "Curves -- it's \\"all\\" arcs..."
subtitle: A subtitle
description: What it is about.
authors:
  - Ada Lovelace
  - name: Grace Hopper
    url: https://example.org
    orcid: https://orcid.org/0000-0002-1825-0097
    affiliation: Navy
date: 2026-03-31
updated: "2026-04-01"
tags: [curves, vision]
bibliography: works.bib
model: glyphs-shape
dataset: glyphs:600
seed: 7
draft: true
hero: curves
doi: https://doi.org/10.23915/distill.00024
license: CC BY 4.0
series: Circuits
toc: false
aliases: [old-curves]
---
## First

:::{tuning}
:name: curves
:::

Text by [@olah2020].
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "articles" / "curves"
    folder.mkdir(parents=True)
    (folder / "works.bib").write_text("@misc{olah2020, author={Olah, Chris}, title={Zoom}, year=2020}\n")
    return folder


@pytest.fixture
def article(folder: Path):
    def write(text: str | bytes, name: str = "index.md") -> Article:
        (folder / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return read(folder / name, folder.parent.parent)

    return write


class Silent:
    """A page whose parts show nothing."""

    def __getattr__(self, name: str):
        return lambda *arguments: ""


def test_drawing_twice_gives_the_same(article) -> None:
    found = article(GOOD)
    assert render(found, Silent()) == render(found, Silent())
