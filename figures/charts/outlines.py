"""Turn the picture of a stimulus into the path of its ink, which can be drawn at any size and turned."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from figures.charts import icons
from figures.charts.once import once

if TYPE_CHECKING:
    from figures.methods.stimulus_looks import Looks

SIDE = 100
"""Paths lie in a square of this side around 0."""
_TOLERANCE = 0.12


@dataclass(frozen=True)
class Look:
    """How the stimuli of a family look, by second parameter: a path each, or pictures at even orientations.

    A path is that of orientation 0; `pairs` are the colours (hex) of ink and ground, of which an orientation of
    a degrees has the one at the fraction of a * `turn`.
    """

    paths: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, list[str]] = field(default_factory=dict)
    pairs: tuple[tuple[str, str], ...] = (("#000000", "#ffffff"),)
    turn: float = 0.0

    def pair(self, orientation: str) -> str:
        """Return the Vega expression of a pair's index, from that of an orientation in degrees."""
        part = f"{orientation} * {self.turn!r}"
        return f"floor(({part} - floor({part})) * {len(self.pairs)})" if len(self.pairs) > 1 else "0"


def key(value: float) -> str:
    """Name a second parameter as it is told in a chart."""
    return f"{round(float(value), 2):g}"


def look(looks: Looks, *, side_px: int = 72) -> Look:
    """Turn the shapes and pictures of a family into what a chart draws."""
    paths = {name: outline(cover) for name, cover in looks.covers.items()}
    pictures = {name: icons.uris(images, side_px=side_px) for name, images in looks.pictures.items()}
    return Look(paths, pictures, tuple((hexed(ink), hexed(ground)) for ink, ground in looks.pairs), looks.turn)


@once
def outline(cover: np.ndarray) -> str:
    """Trace where ink (side, side) in [0, 1] covers half of a pixel; return an SVG path around the middle."""
    from skimage import measure

    side = len(cover)
    found = measure.find_contours(np.pad(cover, 1), 0.5)
    kept = [measure.approximate_polygon(line, _TOLERANCE * side / SIDE)[:-1] for line in found]
    return "".join(_loop((line[:, ::-1] - 0.5 - side / 2) * SIDE / side) for line in kept if len(line) > 2)


def _loop(points: np.ndarray) -> str:
    return "M" + "L".join(f"{x + 0:g},{y + 0:g}" for x, y in np.round(points, 1)) + "Z"


def hexed(colour: tuple[float, ...]) -> str:
    """Write red, green and blue in [0, 1] as hex."""
    return "#" + "".join(f"{round(255 * one):02x}" for one in colour)
