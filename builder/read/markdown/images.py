"""Picture files: `![alt](file.png)` in a line, `:::{image} file.png` as a figure."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from markdown_it.token import Token

from builder.plan.catalogue.nearest import nearest
from builder.read.markdown.directives import SIZE, Block
from builder.read.markdown.elements import ImageUse
from builder.read.markdown.explained import Explained
from builder.read.markdown.files import located
from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="Pictures",
    text="A picture lies beside the article and needs words for those who do not see it. In a line it is "
    "written as in CommonMark; as a directive it stands by itself, and is numbered among the figures "
    "where it has a caption or a name. `:width:` takes a column, pixels or a share, `:dark:` the file for "
    "dark pages.",
    example="""\
A ![small plate](plate.png){width="40"} in a line.

:::{image} plate.png
:name: plate
:alt: A plate with seven curves.
:width: 60%
:dark: dark.png

What the plate shows.
:::

See @fig-plate.""",
    directives=("image",),
    alone=False,
)

KNOWN = frozenset({"src", "alt", "class", "width", "dark", "id", "title", "lang", "height", "loading"})
TAKEN = ("src", "alt", "class", "width", "dark")


def inline(token: Token, source: Source) -> ImageUse:
    """Read a picture in a line of text."""
    target, line = str(token.attrs.get("src", "")), token.meta.get("line", 0)
    alt = "".join(child.content for child in token.children or ())
    if not alt:
        source.problem(line, f"image {target!r} has no alternative text", warning=True)
    for name in token.attrs.keys() - KNOWN:
        source.problem(line, f"image: no attribute {name!r}{nearest(str(name), KNOWN)}", warning=True)
    return ImageUse(
        source=target,
        file=located(unquote(target), source, line),
        alt=alt,
        place=source.place(line),
        inline=True,
        classes=tuple(str(token.attrs.get("class", "")).split()),
        attributes={name: str(value) for name, value in token.attrs.items() if name not in TAKEN},
        size=_size(str(token.attrs.get("width", "")), source, line),
        dark=_dark(str(token.attrs.get("dark", "")), source, line),
    )


def _size(text: str, source: Source, line: int) -> str:
    if text and not SIZE.fullmatch(text):
        source.problem(line, f"image: no width {text!r}; expected pixels or a share of the column, '320' or '50%'")
        return ""
    return text.removesuffix("px")


def _dark(target: str, source: Source, line: int) -> Path | None:
    return located(unquote(target), source, line) if target else None


def block(block: Block, source: Source, number: int | None, label: str | None) -> ImageUse:
    """Read a picture that is a figure."""
    if not block.argument:
        source.problem(block.line, "image: no file; write ':::{image} file.png'")
    if not block.options.get("alt"):
        source.problem(block.line, "image: no alternative text; add a line ':alt: what the picture shows'")
    return ImageUse(
        source=block.argument,
        file=located(block.argument, source, block.line) if block.argument else source.folder,
        alt=block.options.get("alt", ""),
        place=source.place(block.line),
        number=number,
        label=label,
        width=block.width,
        classes=block.classes,
        size=block.size,
        dark=_dark(block.options.get("dark", ""), source, block.lines.get("dark", block.line)),
    )
