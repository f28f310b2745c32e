"""Several figures under one number: `::::{subfigures}` around figures and pictures, which become (a), (b) and so on."""

from __future__ import annotations

from collections.abc import Iterator
from string import ascii_lowercase

from markdown_it.token import Token

from builder.read.markdown.cross_references import Target
from builder.read.markdown.directives import PICTURES, SUBFIGURES, Block, closing
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="Several figures under one number",
    text="What stands inside becomes (a), (b) and so on, in rows, and below each other on a phone. The text between "
    "them is the caption of all; their own captions follow it. `@fig-name-a` leads to the first, as its own name does.",
    example="""\
::::{subfigures}
:name: both
:per-row: 2

:::{dataset-examples}
:units: mixed3b:3

What drives the unit.
:::

:::{dataset-examples}
:name: opposite
:units: mixed3b:3-

What holds it back.
:::

One unit from both sides: @fig-both-a, @fig-opposite.
::::""",
    directives=(SUBFIGURES,),
    alone=False,
)

MOST_COLUMNS = 4


def check(block: Block, inside: list[Token], source: Source) -> None:
    """Report too few figures or too many, figures within figures, and columns that cannot be."""
    if block.argument:
        message = f"{block.name}: takes no argument {block.argument!r}; its caption stands inside, between the figures"
        source.problem(block.line, message)
    count = len(list(parts(inside)))
    if not 2 <= count <= len(ascii_lowercase):
        message = f"{block.name}: holds {count} figures; expected 2 to {len(ascii_lowercase)}, and more colons around"
        source.problem(block.line, message)
    columns = block.options.get("per-row")
    if columns is not None and columns not in map(str, range(1, MOST_COLUMNS + 1)):
        message = f"{block.name}: per-row {columns!r}; expected a whole number, 1 to {MOST_COLUMNS}"
        source.problem(block.lines["per-row"], message)
    for token in inside:
        if token.type == "directive_open" and token.meta["block"].name == SUBFIGURES:
            source.problem(token.meta["block"].line, f"{block.name}: stand in others, which begin at line {block.line}")


def mark(inside: list[Token], whole: Target) -> None:
    """Give each figure its letter, and the target of all of them."""
    for letter, (part, _) in zip(ascii_lowercase, parts(inside), strict=False):
        part.meta.update(whole=whole, letter=letter)


def columns(block: Block, count: int) -> int:
    """Say how many stand in a row; four of them make two rows unless told otherwise."""
    asked = block.options.get("per-row", "")
    return int(asked) if asked.isdecimal() else {1: 1, 2: 2, 4: 2}.get(count, 3)


def parts(inside: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Yield the opening token of each figure and the tokens within it."""
    for first, last in _pieces(inside):
        if _is_figure(inside[first]):
            yield inside[first], inside[first + 1 : last]


def caption(inside: list[Token]) -> list[Token]:
    """Return what stands between the figures."""
    pieces = (inside[first : last + 1] for first, last in _pieces(inside) if not _is_figure(inside[first]))
    return [token for piece in pieces for token in piece]


def _pieces(inside: list[Token]) -> Iterator[tuple[int, int]]:
    index = 0
    while index < len(inside):
        end = closing(inside, index)
        yield index, end
        index = end + 1


def _is_figure(token: Token) -> bool:
    block = token.meta.get("block") if token.type == "directive_open" else None
    return isinstance(block, Block) and (block.is_figure or block.name in PICTURES)
