"""Draw how often a unit takes each activation: its density, linear and logarithmic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import theme, vega

if TYPE_CHECKING:
    from figures.methods.distribution import Distribution, Tail

WIDTH, HEIGHT = 264, 210
Side = Literal["left", "right"]
_FIT = theme.LABELS["opposing"]


def draw(
    seen: Distribution, *, heading: str, axis: str = "activation", name: str = "distribution", alt_text: str
) -> Chart:
    """Draw a density twice, as it is and as its logarithm, to which the lines of its tails are fitted.

    Where the unit fires stands out; `heading` stands above the density, `axis` below both.
    """
    steps = _steps(seen.edges, seen.density)
    x = _x(steps, axis)
    panels = _linear(steps, x, heading), _logarithmic(steps, x, seen.tails.values())
    below = alt.vconcat(*panels, spacing=24)
    return vega.chart(alt.hconcat(*panels, spacing=34), narrow=below, name=name, alt=alt_text)


def _steps(edges: np.ndarray, density: np.ndarray) -> list[dict[str, Any]]:
    """One row a bin at its left edge, from the first that holds something to the end of the last."""
    held = np.flatnonzero(density)
    bins = range(held[0], held[-1] + 1)
    rows = [_step(edges[i], edges[i + 1], density[i], side) for i in bins for side in _sides(edges[i])]
    return [*rows, *(_step(edges[i + 1], edges[i + 1], density[i], side) for i, side in _ends(edges, held))]


def _sides(left: float) -> tuple[str, ...]:
    return ("fires",) if left >= 0 else ("silent",)


def _ends(edges: np.ndarray, held: np.ndarray) -> list[tuple[int, str]]:
    """Return the last bin of each side, which has to be drawn to its right edge."""
    silent, fires = held[edges[held] < 0], held[edges[held] >= 0]
    last = held[-1]
    zero = int(np.searchsorted(edges, 0.0)) - 1
    ends = [(min(zero, last), "silent")] if len(silent) else []
    return ends + ([(last, "fires")] if len(fires) else [])


def _step(x: float, to: float, density: float, side: str) -> dict[str, Any]:
    log = round(float(np.log(density)), 4) if density > 0 else None
    return {"x": float(x), "to": float(to), "density": float(f"{density:.6g}"), "log": log, "side": side}


def _x(steps: list[dict[str, Any]], title: str) -> alt.X:
    span = [steps[0]["x"], max(step["to"] for step in steps)]
    return alt.X("x:Q", title=title, scale=alt.Scale(domain=span, nice=False))


def _linear(steps: list[dict[str, Any]], x: alt.X, heading: str) -> alt.LayerChart:
    fill = alt.Fill(
        "side:N", scale=alt.Scale(domain=["silent", "fires"], range=[theme.RULE, theme.ACCENT]), legend=None
    )
    room = 1.02 * max(step["density"] for step in steps)
    y = alt.Y("density:Q", title="density", stack=None, scale=alt.Scale(domain=[0, room], nice=False))
    area = alt.Chart(alt.Data(values=steps)).mark_area(interpolate="step-after")
    return _framed(alt.LayerChart(layer=[area.encode(x, y, fill), _zero(), _above("right", heading, theme.INK)]))


def _logarithmic(steps: list[dict[str, Any]], x: alt.X, fits: Iterable[Tail]) -> alt.LayerChart:
    known = [step["log"] for step in steps if step["log"] is not None]
    low, high = min(known), max(known)
    y = alt.Y("log:Q", title="ln density", scale=alt.Scale(domain=[low - 0.4, high + 0.02 * (high - low)], nice=False))
    colours = alt.Scale(domain=["silent", "fires"], range=[theme.QUIET, theme.ACCENT])
    line = alt.Chart(alt.Data(values=steps)).mark_line(interpolate="step-after", strokeWidth=1.6, strokeCap="butt")
    drawn = line.encode(x, y, stroke=alt.Stroke("side:N", scale=colours, legend=None))
    return _framed(alt.LayerChart(layer=[drawn, _zero(), *(part for fit in fits for part in _fitted(fit))]))


def _fitted(fit: Tail) -> tuple[alt.Chart, alt.Chart]:
    low, high = map(float, fit.log_density(np.array([fit.low, fit.high])))
    ends = [{"x": fit.low, "log": low}, {"x": fit.high, "log": high}]
    line = alt.Chart(alt.Data(values=ends)).mark_line(stroke=_FIT, strokeWidth=1.6, strokeDash=[5, 3], clip=True)
    side: Side = "right" if high < low else "left"
    return line.encode(x="x:Q", y="log:Q"), _above(side, f"scale {fit.scale:.2g}, R² {fit.r2:.3f}", _FIT)


def _above(side: Side, text: str, colour: str) -> alt.Chart:
    at = WIDTH if side == "right" else 0
    return alt.Chart(alt.Data(values=[{}])).mark_text(text=text, align=side, x=at, y=-9, fontSize=12.5, fill=colour)


def _zero() -> alt.Chart:
    return alt.Chart(alt.Data(values=[{"x": 0}])).mark_rule(stroke=theme.INK).encode(x="x:Q")


def _framed(panel: alt.LayerChart) -> alt.LayerChart:
    return panel.properties(width=WIDTH, height=HEIGHT)
