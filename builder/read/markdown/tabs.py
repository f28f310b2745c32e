"""Tabs: `::::{tabs}` around parts `:::{tab} Title`, of which one is seen at a time."""

from __future__ import annotations

from collections.abc import Iterator

from markdown_it.token import Token

from builder.read.markdown.directives import Block, closing
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import Source

EXPLAINED = Explained(
    title="Tabs",
    text="Parts of which one is seen at a time. Tabs of the same `:sync:` change together.",
    example="""\
::::{tabs}
:::{tab} Python
:sync: python

Words.
:::

:::{tab} Maths
Other words.
:::
::::""",
    directives=("tabs", "tab"),
)


def check(block: Block, inside: list[Token], source: Source) -> None:
    """Report tabs without parts, and what stands in tabs without being one of their parts."""
    if block.argument:
        source.problem(block.line, f"tabs: takes no title {block.argument!r}; titles belong to ':::{{tab}} Title'")
    items = list(parts(inside))
    if not items:
        source.problem(block.line, "tabs: holds no part; write ':::{tab} Title' inside, and more colons around")
    taken = sum(len(tokens) + 2 for _, tokens in items)
    if taken < len(inside):
        source.problem(block.line, "tabs: holds something outside of its parts; move it into a ':::{tab} Title'")


def check_part(block: Block, above: Block | None, source: Source) -> None:
    """Report a part without a title or without tabs around it."""
    if not block.argument:
        source.problem(block.line, "tab: has no title; write ':::{tab} Title'")
    if above is None or above.name != "tabs":
        source.problem(block.line, "tab: stands alone; write '::::{tabs}' around it, with more colons")


def parts(inside: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Yield each part's opening token and the tokens within it."""
    index = 0
    while index < len(inside):
        end = closing(inside, index)
        token = inside[index]
        if token.type == "directive_open" and token.meta["block"].name == "tab":
            yield token, inside[index + 1 : end]
        index = end + 1
