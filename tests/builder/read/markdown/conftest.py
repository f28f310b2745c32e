"""A page of plain tags, so that cases show exactly what every part was given."""

from pathlib import Path

import pytest

from builder.read.article import Article, read
from builder.read.markdown.code import highlighted
from builder.read.markdown.document import render

HEAD = """\
---
title: A case
date: 2026-03-31
authors: [A. Author]
tags: [case]
description: Ten lines, so that line 1 of a case is line 11 of its file.
seed: 3
variables: {network: GoogLeNet, paper: "https://arxiv.org/abs/1409.4842"}
bibliography: works.bib
---
"""
WORKS = """\
@article{olah2020zoom,
  author = {Olah, Chris and Cammarata, Nick and Schubert, Ludwig},
  title = {Zoom In},
  year = {2020}
}
@misc{geirhos2019, author = {Geirhos, Robert and Bethge, Matthias}, title = {Texture}, year = 2019}
@misc{marr, author = {Marr, David}, title = {Vision}, year = 1982}
"""
RESULTS = """\
network,accuracy,params
small,0.7125,"1,200"
large,-0.5,
"""
PROGRAM = """\
import figures


@figures.timed
def train(network):
    for step in range(3):
        network.step()
    # end of training
    return network


class Trainer:
    def step(self):
        pass
"""
PARTS = {
    "method.md": "---\ntitle: A part\n---\n\nText with ![a plot](plot.png).\n",
    "wrong.md": "A line.\n\nSee @fig-nothing and {{ netwrk }}.\n\n:::{code} ../train.py\n:lines: 90\n:::\n",
    "outer.md": "Outside.\n\n:::{include} method.md\n:::\n",
    "labels.md": "## Part {#sec-part}\n",
    "loop.md": ":::{include} loop.md\n:::\n",
    "circle.md": ":::{include} ../index.md\n:::\n",
}
FILM = b"\0\0\0\x08ftyp"


def _tag(name: str, html: str = "", **attributes: object) -> str:
    shown = "".join(f" {key.rstrip('_')}={_value(value)}" for key, value in attributes.items() if value not in _EMPTY)
    return f"<{name}{shown}>{html}</{name}>" if html else f"<{name}{shown}/>"


_EMPTY = (None, "", (), {}, False)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {part}" for key, part in value.items()) + "}"
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


class Plain:
    """Parts as tags; attributes that are empty are left out."""

    def figure(self, directive, number, caption):
        options = dict(directive.options)
        return _tag(
            "FIGURE", caption, of=directive.figure, id=directive.label, number=number, line=directive.place.line,
            options=options, width=directive.width, alt=directive.alt, class_=directive.classes,
        )  # fmt: skip

    def image(self, image):
        return _tag(
            "IMAGE", image.caption, of=image.source, inline=image.inline, id=image.label, number=image.number,
            alt=image.alt, width=image.width, size=image.size, dark=image.dark and image.dark.name,
            class_=image.classes, attributes=dict(image.attributes),
        )  # fmt: skip

    def video(self, video):
        tracks = tuple(f"{language}:{file.source}" for file, language in video.tracks)
        return _tag(
            "VIDEO", video.caption, of=video.film.source, id=video.label, number=video.number, alt=video.alt,
            poster=video.poster and video.poster.source, tracks=tracks, loops=video.loops, width=video.width,
            size=video.size, class_=video.classes,
        )  # fmt: skip

    def comparison(self, comparison):
        pairs = zip(comparison.pictures, comparison.names, strict=True)
        sides = "".join(_tag("SIDE", of=one.source, alt=one.alt, called=name) for one, name in pairs)
        return _tag(
            "COMPARE", sides + comparison.caption, id=comparison.label, number=comparison.number,
            width=comparison.width, size=comparison.size,
        )  # fmt: skip

    def subfigures(self, several):
        figures = "\n".join(f"({one.letter}) {one.html} {one.caption}".strip() for one in several.figures)
        return _tag(
            "SUBFIGURES", f"\n{figures}\n{several.caption}\n", id=several.label, number=several.number,
            columns=several.columns, width=several.width, class_=several.classes,
        )  # fmt: skip

    def tabs(self, tabs):
        parts = (
            _tag("TAB", f"<TITLE>{tab.title}</TITLE>\n{tab.html}", id=tab.id, sync=tab.sync, class_=tab.classes)
            for tab in tabs.tabs
        )
        return _tag("TABS", "\n" + "\n".join(parts) + "\n", id=tabs.id, width=tabs.width, class_=tabs.classes)

    def file_link(self, link):
        return _tag("FILE", link.html, of=link.file.source, line=link.file.place.line)

    def address(self, file):
        return f"@{file.source}"

    def unit(self, mention):
        return _tag("UNIT", of=mention.unit.unit, model=mention.unit.network or None, line=mention.place.line)

    def value(self, mention):
        return _tag("VALUE", of=mention.label, key=mention.key, format=mention.format, line=mention.place.line)

    def citation(self, citation):
        works = (
            f"{work.prefix + ' ' if work.prefix else ''}{work.number}:{work.entry.short}"
            f"{', ' + work.locator if work.locator else ''}{', unnamed' if work.unnamed else ''}"
            for work in citation.works
        )
        return _tag("CITE", "; ".join(works), id=citation.id, narrative=citation.narrative, line=citation.place.line)

    def footnote_mark(self, mark):
        return _tag("MARK", mark.html, number=mark.number, id=mark.id, to=mark.target)

    def cross_reference(self, reference):
        return _tag("REF", reference.html, kind=reference.kind, to=reference.target, number=reference.number)

    def foreign_reference(self, reference):
        return _tag("FOREIGN", reference.html, of=reference.slug, to=reference.label, line=reference.place.line)

    def callout(self, callout):
        return _tag(
            "CALLOUT", f"<TITLE>{callout.title}</TITLE>\n{callout.html}", kind=callout.kind, id=callout.id,
            width=callout.width, fold=callout.fold, class_=callout.classes,
        )  # fmt: skip

    def margin_note(self, note):
        return _tag("MARGIN", note.html, id=note.id, class_=note.classes)

    def details(self, details):
        title = f"<TITLE>{details.title}</TITLE>\n"
        return _tag("DETAILS", title + details.html, open=details.open, id=details.id, width=details.width)

    def coloured(self, language, text):
        return highlighted(language, text)

    def code(self, code):
        return _tag("CODE", code.html, language=code.language, label=code.label, file=code.file, class_=code.classes)

    def diagram(self, diagram):
        return _tag("DIAGRAM", "", alt=diagram.alt, class_=diagram.classes)

    def formula(self, html):
        return html

    def equation(self, equation):
        return _tag("EQUATION", equation.html, number=equation.number, id=equation.label)

    def table(self, table):
        caption = f"<CAPTION>{table.caption}</CAPTION>\n" if table.caption else ""
        return _tag(
            "TABLE", caption + table.html, number=table.number, id=table.label, width=table.width,
            class_=table.classes,
        )  # fmt: skip

    def heading(self, heading, html):
        return _tag(f"H{heading.level}", html, id=heading.id)

    def footnotes(self, notes):
        return "\n".join(_tag("NOTE", note.html, number=note.number, id=note.id, marks=note.marks) for note in notes)

    def references(self, references):
        return "\n".join(
            _tag("WORK", reference.entry.short, number=reference.number, id=reference.id, marks=reference.marks)
            for reference in references
        )


def drawn(article: Article) -> str:
    """Draw an article: its text, notes, works and problems, a line each."""
    body = render(article, Plain())
    parts = [body.html, body.footnotes, body.references, *map(str, article.problems)]
    return "\n".join(part.strip("\n") for part in parts if part)


@pytest.fixture
def draw(tmp_path: Path):
    """Return a function from the Markdown of an article to its drawing."""
    folder = tmp_path / "articles" / "case"
    folder.mkdir(parents=True)
    (folder / "works.bib").write_text(WORKS, "utf-8")
    for name in ("plate.png", "dark.png", "film.mp4", "film.vtt", "data.csv", ".hidden.csv"):
        (folder / name).write_bytes(FILM if name == "film.mp4" else b"")
    (folder / "results.csv").write_text(RESULTS, "utf-8")
    (folder / "broken.csv").write_text("a,b\n1,2\n1\n", "utf-8")
    (folder / "train.py").write_text(PROGRAM, "utf-8")
    (folder / "parts").mkdir()
    for name, text in PARTS.items():
        (folder / "parts" / name).write_text(text, "utf-8")
    (folder / "parts" / "plot.png").write_bytes(b"")
    (folder / "text.mp4").write_bytes(b"version https://git-lfs.github.com/spec/v1")
    (tmp_path.parent / f"{tmp_path.name}-outside.csv").write_bytes(b"")
    (folder.parent / "other.md").write_text("---\ntitle: Other\n---\n", "utf-8")

    def run(markdown: str) -> str:
        (folder / "index.md").write_text(HEAD + markdown, "utf-8")
        return drawn(read(folder / "index.md", tmp_path))

    return run
