"""Units as authors write them: `layer:index`, then a position `@y,x` and a direction `-`.

`mixed3b:17` is a channel, `mixed3b:17@4,5` what it answers at one place of its map, row and column,
`mixed3b:17-` its negative direction. A layer is a dotted path or an alias, and may end in `.pre`: what
enters the nonlinearity that the layer ends in. Another network's unit is `network/layer:index`. A class
goes by its number or its name, `logits:tiger cat`; networks know their names, and tell the number.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

PRE = ".pre"
#: A layer's name holds no space and none of `:@,/`. The scripts of a page know the same grammar (linked.js).
UNIT = r"[^\s:@,/]+:[0-9]+(@[0-9]+,[0-9]+)?-?"
EXAMPLE = "mixed3b:17"
_UNIT = re.compile(UNIT)
#: A class by its name, which may hold spaces: all up to the next comma.
_NAMED = r"(?:[^\s:@,/]+:\s*)?[^\W\d][^,:@]*?(?=\s*(?:,|$))"
_PIECE = re.compile(rf"[^\s,@]+@[0-9]+,[0-9]+-?|{_NAMED}|[^\s,]+")
_NAME = re.compile(r"[^\W\d][^,:@]*")
_NUMBER = re.compile(r"([0-9]+)")
_RANGE = re.compile(r"([0-9]+)\.\.([0-9]+)(.*)")
#: A range as others write it.
_DASHED = re.compile(r"([^\s:@,/]+:)([0-9]{1,9})\s*(?:-|–|:|\.{3})\s*([0-9]{1,9})")

Natural = tuple[tuple[int, str], ...]
Order = tuple[Natural, int, tuple[int, ...], str]


def natural(name: str) -> Natural:
    """Return what a name is sorted by: numbers in it count as such, `block2` before `block10`."""
    return tuple((int(piece), piece) if place % 2 else (0, piece) for place, piece in enumerate(_NUMBER.split(name)))


@functools.total_ordering
@dataclass(frozen=True)
class Unit:
    """One channel of a layer, or one class of a head; at one (y, x) of its map, or in its negative direction."""

    layer: str
    index: int
    position: tuple[int, int] | None = None
    negative: bool = False

    def __str__(self) -> str:
        place = f"@{self.position[0]},{self.position[1]}" if self.position else ""
        return f"{self.layer}:{self.index}{place}{'-' if self.negative else ''}"

    def __lt__(self, other: Unit) -> bool:
        return self.order < other.order

    @property
    def order(self) -> Order:
        """What units are sorted by: layer, index, place, and the direction last."""
        return natural(self.layer), self.index, self.position or (), "-" if self.negative else ""

    @property
    def channel(self) -> Unit:
        """The whole channel or class that this is one place, or one direction, of."""
        return replace(self, position=None, negative=False)


@dataclass(frozen=True)
class NamedClass:
    """A class by its name, whose number only its network knows."""

    layer: str
    name: str
    negative: bool = False

    def __str__(self) -> str:
        return f"{self.layer}:{self.name}{'-' if self.negative else ''}"

    @property
    def order(self) -> Order:
        """What it is sorted by among units: before those of its layer that have a number."""
        return natural(self.layer), -1, (), str(self)


@functools.total_ordering
@dataclass(frozen=True)
class NetworkUnit:
    """A unit of a network by name; where `network` is empty, of the one that the page is about."""

    network: str
    unit: Unit | NamedClass

    def __str__(self) -> str:
        return f"{self.network}/{self.unit}" if self.network else str(self.unit)

    def __lt__(self, other: NetworkUnit) -> bool:
        return (natural(self.network), self.unit.order) < (natural(other.network), other.unit.order)

    def within(self, network: str) -> NetworkUnit:
        """Return the unit with the network that is meant where it names none."""
        return self if self.network else replace(self, network=network)


def read(text: str, example: str = EXAMPLE) -> Unit:
    """Read `layer:index`, `layer:index@y,x` or `layer:index-`; raises ValueError, with `example`, for another form."""
    written = text.strip()
    if _UNIT.fullmatch(written) is None:
        several = _DASHED.fullmatch(written)
        expected = f"layer:index, for example {example}"
        if several and int(several[2]) < int(several[3]):
            expected = f"{several[1]}{several[2]}..{several[3]} for all from {several[2]} to {several[3]}"
        raise ValueError(f"{text!r} is not a unit; expected {expected}")
    positive = written.removesuffix("-")
    layer, _, rest = positive.partition(":")
    index, at, place = rest.partition("@")
    y, _, x = place.partition(",")
    return Unit(layer, int(index), (int(y), int(x)) if at else None, positive != written)


def read_class(text: str) -> NamedClass | None:
    """Read `logits:tiger cat` or `logits:tiger cat-`; return None for another form."""
    layer, _, written = text.strip().partition(":")
    name = written.strip()
    if not layer or re.search(r"[\s@,/]", layer) or _NAME.fullmatch(name) is None:
        return None
    return NamedClass(layer, name.removesuffix("-"), name.endswith("-"))


def read_named(text: str) -> NetworkUnit:
    """Read a unit that may name its network, `glyphs/mixed3b:17`, or a class by name; raises ValueError else.

    Names of networks may hold slashes themselves: the last one ends them.
    """
    network, slash, written = text.strip().rpartition("/")
    if (slash and not network) or re.search(r"[\s:]", network):
        raise ValueError(f"{text!r} is not a unit; expected layer:index or network/layer:index, as {EXAMPLE}")
    return NetworkUnit(network, read_class(written) or read(written))


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


def whole_channel(unit: Unit, *, minus: bool = True) -> Unit:
    """Return a unit that is a whole channel; raises ValueError for one position, and without `minus` for a minus."""
    if not minus and (unit.position is not None or unit.negative):
        raise ValueError(f"{unit}; expected a whole channel without a minus, {unit.channel}")
    if unit.position is not None:
        raise ValueError(f"{unit} is one position; expected a whole channel, {unit.channel}")
    return unit
