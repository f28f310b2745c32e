"""Draw where on the circle the curve units of a layer lie, and how wide they are tuned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, theme, vega

if TYPE_CHECKING:
    from figures.methods.curve_families import CurveFamily

EIGHTH_DEG = 45
NARROW = 282


def draw(
    families: Sequence[CurveFamily], *, width: int = 560, height: int = 150, name: str = "curve-units", alt_text: str
) -> Chart:
    """Draw a row of marks for the same layer of each network: half-width over preferred direction.

    Orientation runs to the right and has its own colour; a network without such units keeps an empty row. Pointing
    at a mark fades the others.
    """
    wide, narrow = (_rows(families, across, height) for across in (width, NARROW))
    pointed = {f"panel{i}": "u" for i in range(len(families))}
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text, pointed=pointed)


def _rows(families: Sequence[CurveFamily], width: int, height: int) -> alt.VConcatChart:
    panels = [
        _panel(family).properties(width=width, height=height, title=_title(family), name=f"panel{i}")
        for i, family in enumerate(families)
    ]
    return alt.vconcat(*panels, spacing=24).add_params(*focus.parameters())


def _title(family: CurveFamily) -> str:
    return f"{family.network}: {len(family.units)} of {family.layer_units}"


def _panel(family: CurveFamily) -> alt.Chart:
    values = [
        {
            "n": _title(family),
            "u": unit,
            "a": round(float(angle), 1),
            "w": round(float(half), 1),
            "c": theme.orientation_colour(angle),
        }
        for unit, angle, half in zip(family.names, family.preferred_deg, family.half_width_deg, strict=True)
    ]
    turns = alt.Axis(values=list(range(0, 361, EIGHTH_DEG)), grid=True)
    circle = alt.Scale(domain=[0, 360], nice=False)
    return (
        alt.Chart(alt.Data(values=values))
        .mark_point(size=90)
        .encode(
            x=alt.X("a:Q", title="preferred direction of bulge (degrees)", scale=circle, axis=turns),
            y=alt.Y("w:Q", title="half-width (degrees)", scale=alt.Scale(domain=[0, 80]), axis=alt.Axis(tickCount=4)),
            fill=alt.Fill("c:N", scale=None),
            opacity=focus.opacity("u"),
            tooltip=[
                alt.Tooltip("u:N", title="unit"),
                alt.Tooltip("a:Q", title="direction"),
                alt.Tooltip("w:Q", title="half-width"),
            ],
        )
    )
