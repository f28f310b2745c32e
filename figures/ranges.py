"""What an annotation says of a parameter besides its type: its kind, its range, how many values there may be."""

from __future__ import annotations

import math
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kind:
    """Tells apart what is of one type: a unit is text, but not any text."""

    name: str


@dataclass(frozen=True)
class Range:
    """The numbers from `low` to `high`, both among them."""

    low: float
    high: float

    def __contains__(self, number: float) -> bool:
        return self.low <= number <= self.high

    def __str__(self) -> str:
        if self.high == math.inf:
            return f"at least {_plain(self.low)}"
        return f"{_plain(self.low)} to {_plain(self.high)}"


@dataclass(frozen=True)
class Between(Range):
    """The range of a number, or of each of several."""


@dataclass(frozen=True)
class AtLeast(Range):
    """The range of a number that has no upper end, or of each of several."""

    high: float = field(default=math.inf, init=False)


@dataclass(frozen=True)
class Length(Range):
    """How many values there may be."""

    high: float = math.inf

    def __str__(self) -> str:
        if self.low == self.high:
            return f"exactly {_plain(self.low)}"
        return f"at most {_plain(self.high)}" if self.low == 0 else super().__str__()


def _plain(number: float) -> str:
    return str(number) if isinstance(number, int) else f"{number:g}"
