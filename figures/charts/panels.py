"""What a heatmap draws: the responses of units to one family of stimuli, and where their strips stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from figures.charts import icons
from figures.charts.outlines import Look, look, outline

if TYPE_CHECKING:
    from figures.methods.stimulus_looks import Ideal, Looks
    from figures.methods.stimulus_tuning import StimulusTuning

_ALONG_PX = 56


@dataclass(frozen=True)
class Strips:
    """What units answer to one family of stimuli.

    `responses` (units, orientations, values), zero and above; `values` (units, values): the second
    parameter, called `second`, in `unit`. `stimuli` are data URIs at even orientations from 0;
    `words` name the family in a sentence.
    """

    responses: np.ndarray
    values: np.ndarray
    stimuli: Sequence[str]
    title: str = ""
    second: str = "radius"
    unit: str = "px"
    look: Look | None = None
    words: str = ""

    def written(self, value: float) -> str:
        """Write a second parameter with its unit."""
        return f"{value:.0f}{'°' if self.unit == '°' else f' {self.unit}'}".rstrip()


@dataclass(frozen=True)
class Panel:
    """Where the strips of one family stand: from `left` and `top`, cells `step` wide of `per` orientations each."""

    strips: Strips
    cells: np.ndarray
    left: float
    width: float
    top: float = 0.0

    @property
    def per(self) -> int:
        return self.strips.responses.shape[1] // self.cells.shape[1]

    @property
    def step(self) -> float:
        return self.width / self.cells.shape[1]

    @property
    def angle(self) -> str:
        """The Vega expression of a cell's orientation: that of its middle stimulus."""
        every = 360 / self.strips.responses.shape[1]
        return f"(round((datum.x - {self.left:g}) / {self.step:.6g}) * {self.per} + {self.per // 2}) * {every:.6g}"


def strips(seen: StimulusTuning, along: np.ndarray, looks: Looks) -> Strips:
    """Prepare what units answer to a family, with its pictures `along` the orientations (n, 3, side, side)."""
    return Strips(
        seen.rectified,
        seen.value,
        icons.uris(along, side_px=_ALONG_PX),
        seen.shown.title,
        seen.shown.second,
        seen.shown.unit,
        look(looks),
        seen.shown.words,
    )


def ideals(arcs: Sequence[Ideal]) -> list[tuple[float, str, str]]:
    """Return for the arc that each unit prefers its orientation, its path, and words about it."""
    return [(arc.orientation_deg, outline(arc.cover), _words(arc)) for arc in arcs]


def _words(arc: Ideal) -> str:
    return f"the arc that {arc.unit} prefers, towards {arc.orientation_deg:.1f}°, radius {arc.radius_px:g} px"
