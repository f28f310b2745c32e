"""Draw tuning curves over orientation, with the stimuli themselves along the axis."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, theme, uncopied, vega

STIMULI = 18
"""How many pictures of stimuli stand along the axis, evenly spaced from 0 degrees."""
_ICON, _STEP_DEG = 28, 2


def draw(
    curves: np.ndarray,
    preferred_deg: Sequence[float] | np.ndarray,
    names: Sequence[str],
    stimuli: Sequence[str],
    *,
    normalise: bool = True,
    unit: str = "",
    width: int = 640,
    height: int = 150,
    name: str = "tuning-curve",
    alt_text: str,
) -> Chart:
    """Draw curves (units, orientations) over each other, or one alone as an area.

    `normalise` divides each by its own maximum; else `unit` names what is drawn.
    `stimuli` are data URIs of arcs at orientations evenly spaced from 0, each below its
    own; every other one on a narrow page. Pointing at a curve fades the others.

    After Cammarata et al. (2020, "Curve Detectors", section "Simplified activations").
    """
    own = curves.max(axis=1, keepdims=True) if normalise else np.ones((len(curves), 1))
    drawn = curves / np.where(own > 0, own, 1)
    colours = [theme.QUIET if np.isnan(angle) else theme.orientation_colour(angle) for angle in preferred_deg]
    scale = alt.Scale(domain=list(names), range=colours)
    axis = None if normalise else alt.Axis(tickCount=3, title=f"response ({unit})")
    y = alt.Y("v:Q", stack=None, axis=axis)
    x = alt.X("a:Q", scale=alt.Scale(domain=[-360 / STIMULI / 2, 360 - 360 / STIMULI / 2], nice=False), axis=None)
    base = alt.Chart(uncopied.data(_rows(drawn, names))).encode(x=x, y=y, detail="u:N", opacity=focus.opacity("u"))
    line = base.mark_line(strokeWidth=1.8, order=False).encode(
        stroke=alt.Stroke("u:N", scale=scale, legend=None), tooltip=alt.Tooltip("u:N", title="unit")
    )
    area = base.mark_area(fillOpacity=0.22 if len(names) == 1 else 0.07, line=False, order=False).encode(
        fill=alt.Fill("u:N", scale=scale, legend=None)
    )
    plot = [area.properties(name="areas"), line.properties(name="lines")]
    layered = [alt.layer(*plot, *_stimuli(shown, height)) for shown in (stimuli, stimuli[::2])]
    size = {"width": width, "height": height}
    wide, narrow = (form.add_params(*focus.parameters()).properties(**size) for form in layered)
    pointed = {"lines": "u", "areas": "u"}
    return vega.chart(wide, narrow=vega.fitted(narrow), name=name, alt=alt_text, pointed=pointed)


def _rows(drawn: np.ndarray, names: Sequence[str]) -> list[dict[str, object]]:
    """List points every other degree, starting where the axis does, half a stimulus before 0."""
    per_deg = drawn.shape[1] / 360
    start = -360 / STIMULI / 2
    angles = np.arange(start, 360 + start + 1e-6, _STEP_DEG)
    index = np.round(angles * per_deg).astype(int) % drawn.shape[1]
    return [
        {"u": name, "a": float(angle), "v": round(float(value), 3)}
        for name, curve in zip(names, drawn, strict=True)
        for angle, value in zip(angles, curve[index], strict=True)
    ]


def _stimuli(stimuli: Sequence[str], height: int) -> list[alt.Chart]:
    """The base line and the pictures below it."""
    icons = [{"a": i * 360 / len(stimuli), "icon": icon} for i, icon in enumerate(stimuli)]
    below = alt.Chart(alt.Data(values=icons)).encode(x="a:Q", y=alt.value(height + 10 + _ICON / 2))
    tip = alt.Tooltip("a:Q", title="orientation (°)")
    zero = alt.Chart(alt.Data(values=[{}])).mark_rule(stroke=theme.QUIET).encode(y=alt.value(height))
    return [zero, below.mark_image(width=_ICON, height=_ICON).encode(url="icon:N", tooltip=tip)]
