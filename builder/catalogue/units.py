"""Units as authors write them: `layer:index`, then a position `@y,x` and a direction `-`.

`mixed3b:17` is a channel, `mixed3b:17@4,5` what it answers at one place of its map,
`mixed3b:17-` its negative direction. A layer is a dotted path or an alias, and may end in `.pre`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

PRE = ".pre"
UNIT = re.compile(r"(?P<layer>[^\s:@,]+):(?P<index>\d+)(?:@(?P<y>\d+),(?P<x>\d+))?(?P<negative>-)?")
_PIECE = re.compile(r"[^\s,@]+@\d+,\d+-?|[^\s,]+")
_RANGE = re.compile(r"(\d+)\.\.(\d+)(.*)")


@dataclass(frozen=True)
class Written:
    """A unit as it was written; nothing is known yet about its layer."""

    layer: str
    index: int
    position: tuple[int, int] | None = None
    negative: bool = False

    def __str__(self) -> str:
        place = "@{},{}".format(*self.position) if self.position else ""
        return f"{self.layer}:{self.index}{place}{'-' if self.negative else ''}"


def read(text: str) -> Written | None:
    """Take a unit's text apart; None where it has another form."""
    match = UNIT.fullmatch(text.strip())
    if match is None:
        return None
    position = (int(match["y"]), int(match["x"])) if match["y"] else None
    return Written(match["layer"], int(match["index"]), position, bool(match["negative"]))


def expand(text: str) -> Iterator[str]:
    """Split `mixed3b:3,17, mixed4a:0..3-` into the texts of single units.

    A layer holds until the next one is named; what stands after a range counts for each of it.
    Raises ValueError for a range that counts down.
    """
    layer = ""
    for piece in _PIECE.findall(text):
        head, colon, rest = piece.rpartition(":")
        layer = head if colon else layer
        for index in _indices(rest):
            yield f"{layer}:{index}" if layer else index


def _indices(text: str) -> Iterator[str]:
    match = _RANGE.fullmatch(text)
    if match is None:
        yield text
        return
    first, last = int(match[1]), int(match[2])
    if last < first:
        raise ValueError(f"{text!r} counts down; expected {last}..{first}{match[3]}")
    yield from (f"{index}{match[3]}" for index in range(first, last + 1))
