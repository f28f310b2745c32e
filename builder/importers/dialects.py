"""The dialects that are read, and the steps that each goes through."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from builder.frozen import frozen
from builder.importers import (
    boxes,
    components,
    distill,
    html,
    hugo,
    kramdown,
    leftovers,
    links,
    liquid,
    myst,
    obsidian,
    plain,
    quarto,
    references,
    rmarkdown,
)
from builder.importers.heads import OldHead
from builder.importers.work import Step

Sign = Callable[[Path, OldHead, str], bool]
MDX = re.compile(r"^import\s+(?:[\w{*][^;]*?\sfrom\s+)?[\"']", re.MULTILINE)
QUARTO = re.compile(r"^:{3,}[ \t]*\{\.(?:callout|column-|panel-tabset)|^#\| [\w-]+:", re.MULTILINE)
SHORTCODE = re.compile(r"\{\{[<%]\s*/?\w")
HUGO = frozenset({"hiddenFromHomePage", "featuredImage", "lastmod", "slug", "weight", "ShowToc"})
JEKYLL = frozenset({"layout", "permalink", "comments", "published", "redirect_from"})
KRAMDOWN = re.compile(r"\{::\w|\{:\s?[.#\w]|\{%")
MYST = re.compile(
    r"^[ \t]*(?:`{3,}|:{3,})\{(?:[a-z]+[:-])?[a-z]+\}|\{(?:cite:[pt]|numref|ref|doc|term|eq)\}`", re.MULTILINE
)
JUPYTER = frozenset({"kernelspec", "jupytext", "exports", "numbering"})
WIKI = re.compile(r"!?\[\[(?!_?toc_?\]\])[^\[\]\n]+\]\]|^> ?\[!\w+\][+-]", re.MULTILINE | re.IGNORECASE)
OBSIDIAN = frozenset({"cssclass", "cssclasses"})
DISTILL = re.compile(r"<(?:d|dt)-(?:cite|footnote|fn|article|front-matter|title|math)\b")


@frozen
class Dialect:
    """How one system writes articles: the sign by which a file is known, and the steps that turn it into ours."""

    name: str
    sign: Sign
    steps: tuple[Step, ...]


SHARED: tuple[Step, ...] = (
    distill.heads, html.stopped, html.head, plain.boxes, distill.inline, distill.frames, links.torn, html.inline,
    html.figures, components.figures, html.blocks, html.lone_pictures, plain.title, leftovers.levels,
    references.footnotes, boxes.refer, links.files, leftovers.told, leftovers.tidy,
)  # fmt: skip
"""Steps that every dialect goes through, for authors mix them."""


def _dialect(name: str, sign: Sign, *steps: Step) -> Dialect:
    return Dialect(name, sign, (*steps, *SHARED))


DIALECTS = (
    _dialect(
        "Quarto",
        lambda path, head, text: path.suffix.lower() == ".qmd" or bool(QUARTO.search(text)),
        quarto.convert, rmarkdown.convert,
    ),
    _dialect(
        "R Markdown",
        lambda path, head, text: path.suffix.lower() == ".rmd" or "output" in head.values,
        rmarkdown.convert,
    ),
    _dialect(
        "MDX",
        lambda path, head, text: path.suffix == ".mdx" or bool(MDX.search(text)),
        components.modules, components.units, components.expressions,
    ),
    _dialect("Hugo", lambda path, head, text: bool(SHORTCODE.search(text) or HUGO & head.values.keys()), hugo.convert),
    _dialect(
        "Jekyll",
        lambda path, head, text: bool(KRAMDOWN.search(text) or JEKYLL & head.values.keys()),
        kramdown.remarks, liquid.convert, kramdown.attributes, kramdown.formulas,
    ),
    _dialect(
        "MyST", lambda path, head, text: bool(MYST.search(text) or JUPYTER & head.values.keys()), myst.convert
    ),
    _dialect(
        "Obsidian",
        lambda path, head, text: bool(WIKI.search(text) or OBSIDIAN & head.values.keys()),
        obsidian.convert,
    ),
    _dialect("Distill", lambda path, head, text: bool(DISTILL.search(text))),
    _dialect("Markdown", lambda path, head, text: True),
)  # fmt: skip


def recognized(path: Path, head: OldHead, text: str) -> Dialect:
    """Tell in which dialect a file is written."""
    return next(dialect for dialect in DIALECTS if dialect.sign(path, head, text))
