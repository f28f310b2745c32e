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
    share = hits / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * np.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return float(max(middle - half, 0.0)), float(min(middle + half, 1.0))
