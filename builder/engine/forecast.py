"""How long figures will still take: what each kind took in earlier builds is remembered beside the store.

A figure that misses measurements takes much longer than one that is only drawn, and which it is shows when it has
begun. So both are remembered: seconds of a figure with its share of what was measured for it, and without.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from builder import atomic

MEASURED, DRAWN = "measured", "drawn"
UNKNOWN_S = {MEASURED: 4.0, DRAWN: 0.5}
"""What a figure is taken to cost where no figure has been made here yet."""
FRESH = 0.5
"""What the last time counts for beside those before."""
TRUST = 0.05
"""The share of all work that what is remembered counts for beside what is seen: machines are slow and fast."""

Costs = dict[str, dict[str, float]]


@dataclass
class Forecast:
    """The figures of a build, the kind of each by key; `clock` says how long the work has gone on, in seconds."""

    kinds: dict[str, str]
    clock: Callable[[], float]
    costs: Costs = field(default_factory=dict)
    spent: dict[str, float] = field(default_factory=dict)
    measured: set[str] = field(default_factory=set)
    ended: set[str] = field(default_factory=set)
    busy: tuple[Sequence[str], float] = ((), 0.0)
    before: Costs = field(init=False)

    def __post_init__(self) -> None:
        self.before = {kind: dict(cost) for kind, cost in self.costs.items()}

    def missed(self, key: str) -> None:
        """Take note that a figure waits for a measurement."""
        self.measured.add(key)

    @contextmanager
    def working(self, keys: Sequence[str]) -> Iterator[None]:
        """Count the time of a block as spent on some figures, on each as much as on the others."""
        self.busy, start = (keys, self.clock()), self.clock()
        try:
            yield
        finally:
            self.busy = ((), 0.0)
            for key in keys:
                self.spent[key] = self.spent.get(key, 0.0) + (self.clock() - start) / len(keys)

    def end(self, key: str) -> None:
        """Take note that a figure is done, and of what it cost."""
        self.ended.add(key)
        cost = self.costs.setdefault(self.kinds[key], {})
        how, now = self._how(key), self.spent.get(key, 0.0)
        cost[how] = FRESH * now + (1 - FRESH) * cost.get(how, now)

    def left_s(self) -> float | None:
        """Foretell how long the rest takes, at the pace so far; None as long as no figure has begun."""
        if not self.spent:
            return None
        expected = {key: self._expected(key) for key in self.kinds}
        ahead = [key for key in self.kinds if key not in self.ended]
        spent = {key: self._spent(key) for key in ahead}
        trust = TRUST * sum(expected.values())
        done = sum(expected[key] for key in self.kinds if key in self.ended)  # a thread that shows it may ask meanwhile
        pace = (self.clock() - sum(spent.values()) + trust) / max(done + trust, 1e-9)
        return sum(max(pace * expected[key] - spent[key], 0.0) for key in ahead)

    def _spent(self, key: str) -> float:
        keys, since = self.busy
        now = (self.clock() - since) / len(keys) if key in keys else 0.0
        return self.spent.get(key, 0.0) + now

    def _how(self, key: str) -> str:
        return MEASURED if key in self.measured else DRAWN

    def _expected(self, key: str) -> float:
        if key in self.measured or key in self.spent:
            return self._cost(key, self._how(key))
        begun = len(self.measured | self.spent.keys())
        share = len(self.measured) / max(begun, 1)
        return share * self._cost(key, MEASURED) + (1 - share) * self._cost(key, DRAWN)

    def _cost(self, key: str, how: str) -> float:
        # What was known before stays as it was, so that the pace is that of what was foretold.
        costs = {**self.costs, **self.before}
        own = costs.get(self.kinds[key], {}).get(how)
        known = [cost[how] for cost in costs.values() if how in cost]
        return own if own is not None else sum(known) / len(known) if known else UNKNOWN_S[how]


def read(file: Path) -> Costs:
    """Read what is remembered; nothing where there is nothing, or nothing that can be read."""
    try:
        known = atomic.kept(file)
        return {str(kind): {how: float(cost[how]) for how in UNKNOWN_S if how in cost} for kind, cost in known.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def write(file: Path, costs: Costs) -> None:
    """Remember costs for the next build."""
    atomic.write(file, json.dumps(costs, sort_keys=True).encode())
