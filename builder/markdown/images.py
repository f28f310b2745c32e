"""Picture files: `![alt](file.png)` in a line, `:::{image} file.png` as a figure."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from markdown_it.token import Token

from builder.errors import nearest
from builder.markdown.directives import Block
from builder.markdown.elements import ImageUse
from builder.markdown.source import Source


def inline(token: Token, source: Source) -> ImageUse:
    """Read a picture in a line of text."""
    target, line = str(token.attrs.get("src", "")), token.meta.get("line", 0)
    attributes = {name: str(value) for name, value in token.attrs.items() if name not in ("src", "alt", "class")}
    alt = "".join(child.content for child in token.children or ())
    if not alt:
        source.problem(line, f"image {target!r} has no alternative text", warning=True)
    classes = tuple(str(token.attrs.get("class", "")).split())
    file = located(unquote(target), source, line)
    return ImageUse(target, file, alt, source.place(line), inline=True, classes=classes, attributes=attributes)


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
    )


def located(target: str, source: Source, line: int) -> Path:
    """Find a picture beside the article; one on another host or missing is a problem."""
    file = source.folder / target
    if target.startswith(("http://", "https://", "//")):
        source.problem(line, f"image {target!r} lies on another host; keep a copy beside the article")
    elif not target.startswith("data:") and not file.is_file():
        beside = [found.name for found in file.parent.iterdir()] if file.parent.is_dir() else []
        source.problem(line, f"no image {target!r} beside the article{nearest(file.name, beside)}")
    return file
