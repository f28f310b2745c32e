"""Draw families of curve units of several layers as radials side by side, and their units one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from figures.artifact import Chart
from figures.charts import radial_rows

if TYPE_CHECKING:
    from figures.methods.curve_families import CurveFamily

PAGE_PX = 720


def draw(
    families: Sequence[CurveFamily],
    *,
    size: int = 228,
    normalise: bool = False,
    name: str = "curve-families",
    alt_text: str = "",
) -> Chart:
    """Draw a radial of `size` px for each layer, with its numbers below; each has its own scale.

    With `normalise` every unit has. Pointing at a lobe fades all others.
    """
    words = alt_text or f"A radial for each of {', '.join(family.layer for family in families)}."
    rings = [_ring(family) for family in families]
    columns = max(1, PAGE_PX // size)
    return radial_rows.draw(rings, size=size, columns=columns, normalise=normalise, name=name, alt_text=words)


def multiples(family: CurveFamily, *, normalise: bool = False) -> Chart:
    """Draw each unit of a family in a small radial of its own."""
    return radial_rows.each(family.drawn_curves, family.drawn_deg, family.drawn_names, normalise=normalise)


def _ring(family: CurveFamily) -> radial_rows.Ring:
    count = f"{family.layer}: {len(family.units)} of {family.layer_units} units"
    return radial_rows.Ring(family.drawn_curves, family.drawn_deg, family.drawn_names, (count, _numbers(family)))


def _numbers(family: CurveFamily) -> str:
    if not len(family.units):
        return "none is tuned"
    return f"median width {family.median_width_deg:.0f}°, echo {family.median_echo:.2f}"
