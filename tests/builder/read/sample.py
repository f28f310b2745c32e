"""An article whose head says all that one can say, and what tests ask of articles."""

from builder.read.article import Article

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


def problems(article: Article) -> list[str]:
    return [str(problem) for problem in article.problems]


def with_key(*lines: str) -> str:
    return "\n".join(["---", "title: A", *lines, "---", "Text."])
