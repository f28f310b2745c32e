"""How often something happened among so many trials, and between which ends the true share may lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

Z_95 = 1.959963984540054


@dataclass(frozen=True)
class Rate:
    """Hits among trials; the ends are those of Wilson's 95 % interval, which is everything where there is no trial."""

    hits: int
    trials: int

    @property
    def share(self) -> float:
        return self.hits / self.trials if self.trials else float("nan")

    @property
    def ends(self) -> tuple[float, float]:
        return wilson(self.hits, self.trials) or (0.0, 1.0)


def wilson(hits: int, n: int, z: float = Z_95) -> tuple[float, float] | None:
    """Return Wilson's score interval of a proportion (Wilson, 1927), None where n is 0."""
    if n == 0:
        return None
    low, high = wilson_ends(np.array(hits / n), np.array(n), z)
    return float(low), float(high)


def wilson_ends(share: np.ndarray, number: np.ndarray, z: float = Z_95) -> tuple[np.ndarray, np.ndarray]:
    """Return the same for each of many shares of `number` draws, which need not be whole; nan of none."""
    square = z * z / np.where(number > 0, number, np.nan)
    middle, spread = share + square / 2, np.sqrt(square * (share * (1 - share) + square / 4))
    return np.maximum((middle - spread) / (1 + square), 0.0), np.minimum((middle + spread) / (1 + square), 1.0)
