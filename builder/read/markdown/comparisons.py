"""Two pictures under one slider: `:::{compare} before.png after.png`, with `:labels: Before | After`."""

from __future__ import annotations

from builder.read import media
from builder.read.markdown.directives import Block
from builder.read.markdown.elements import Comparison, ImageUse
from builder.read.markdown.explained import Explained
from builder.read.markdown.files import located
from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="Two pictures under one slider",
    text="Both need words, and may have labels; a bar stands between them.",
    example="""\
:::{compare} plate.png dark.png
:alt: By day | By night
:labels: Day | Night

The same plate twice.
:::""",
    directives=("compare",),
    alone=False,
)

NAMES = ("Before", "After")
CLOSE = 0.01


def block(block: Block, source: Source, number: int | None, label: str | None) -> Comparison:
    """Read a comparison."""
    files = block.argument.split()
    if len(files) != 2:
        source.problem(block.line, "compare: expected two files; write ':::{compare} before.png after.png'")
    pictures = _pictures((files + ["", ""])[:2], _pair(block, "alt", ("", ""), source), block, source)
    if not all(picture.alt for picture in pictures):
        source.problem(block.line, "compare: no alternative text; add a line ':alt: the first | the second'")
    return Comparison(
        pictures=pictures,
        names=_pair(block, "labels", NAMES, source),
        place=source.place(block.line),
        number=number,
        label=label,
        width=block.width,
        size=block.size,
        classes=block.classes,
    )


def _pair(block: Block, option: str, otherwise: tuple[str, str], source: Source) -> tuple[str, str]:
    if not block.options.get(option):
        return otherwise
    parts = [part.strip() for part in block.options[option].split("|")]
    if len(parts) != 2 or not all(parts):
        message = f"compare: option {option!r} is written ':{option}: the first | the second'"
        source.problem(block.lines[option], message)
        return otherwise
    return parts[0], parts[1]


def _pictures(files: list[str], alts: tuple[str, str], block: Block, source: Source) -> tuple[ImageUse, ImageUse]:
    place = source.place(block.line)
    first, second = (
        ImageUse(name, located(name, source, block.line) if name else source.folder, alt, place)
        for name, alt in zip(files, alts, strict=True)
    )
    _check_shapes(first, second, block, source)
    return first, second


def _check_shapes(first: ImageUse, second: ImageUse, block: Block, source: Source) -> None:
    """Warn of pictures that cannot cover each other."""
    (width, height), (other_width, other_height) = media.sides(first.file), media.sides(second.file)
    if width and other_width and abs(width * other_height / (height * other_width) - 1) > CLOSE:
        shapes = f"{width} x {height} and {other_width} x {other_height} px"
        source.problem(block.line, f"compare: the pictures have different shapes, {shapes}", warning=True)
