"""How long work will still take, told only once that is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

FEWEST = 3
"""Steps after which an estimate may be told."""
AGREEMENT = 1.5
"""How many times larger one of two estimates may be, that of now and that of half the time, for both to be believed."""
_APART = 1.1
"""How much more time has gone between two places that are remembered: there are few of them, however long it takes."""


@dataclass
class Pace:
    """How far a piece of work is, `total` steps or nobody knows how many, and how fast it went.

    Steps that cost alike are soon foreseen; of those that do not, such as figures, the first say nothing of the others:
    who knows what they cost gives `foretell`, which returns the seconds that are left, or None.
    """

    total: int | None
    start: float
    done: int = 0
    foretell: Callable[[], float | None] | None = None
    places: list[tuple[float, int]] = field(default_factory=list)

    def advance(self, steps: int, now: float) -> None:
        """Count steps."""
        self.done += steps
        if not self.places or now - self.start >= _APART * (self.places[-1][0] - self.start):
            self.places.append((now, self.done))

    def left_s(self, now: float) -> float | None:
        """Return the seconds that the rest will take; None as long as no estimate is worth telling.

        One is where what half of the time so far foretold is not far from what all of it does.
        """
        if self.foretell is not None:
            return self.foretell()
        if not self.total or self.done < FEWEST:
            return None
        passed = now - self.start
        before = max((done for at, done in self.places if at - self.start <= passed / 2), default=0)
        whole, earlier = self.done / max(passed, 1e-9), 2 * before / max(passed, 1e-9)
        if not earlier or not 1 / AGREEMENT <= whole / earlier <= AGREEMENT:
            return None
        return max(self.total - self.done, 0) / whole

    def left(self, now: float) -> str:
        """Say how long the rest will take, "20 s", or nothing as long as that is not known."""
        seconds = self.left_s(now)
        return "" if seconds is None else words(seconds)


def words(seconds: float) -> str:
    """Write a time that is about right: "20 s", "3 min"."""
    return f"{max(round(seconds), 1)} s" if seconds < 100 else f"{round(seconds / 60)} min"
