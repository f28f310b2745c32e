"""Draw how often a unit takes each activation: its density, linear and logarithmic."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import theme, vega

WIDTH, HEIGHT = 300, 220


def draw(
    edges: np.ndarray, density: np.ndarray, fits: Sequence[tuple[np.ndarray, np.ndarray, str]],
    *, share_firing: float, sigma: float, mean: float, name: str, alt_text: str,
) -> Chart:  # fmt: skip
    """Draw a density (bins,) over `edges` twice, with lines fitted to its logarithm.

    `fits` are (x, log density, words); the firing part stands out, and a ruler shows sigma.
    """
    held = density > 0
    rows = [
        {"from": float(low), "to": float(high), "density": float(d), "log": float(np.log(d)), "fires": bool(low >= 0)}
        for low, high, d in zip(edges[:-1][held], edges[1:][held], density[held], strict=True)
    ]
    linear = _panel(rows, "density", "density") + _said(rows, share_firing) + _ruler(mean, sigma, density.max())
    floor = min(row["log"] for row in rows)
    logarithmic = _panel(rows, "log", "natural logarithm of the density", floor) + _fitted(fits)
    return vega.chart(alt.hconcat(linear, logarithmic, spacing=34), name=name, alt=alt_text)


def _panel(rows: list[dict], field: str, title: str, floor: float = 0.0) -> alt.LayerChart:
    span = [min(row["from"] for row in rows), max(row["to"] for row in rows)]
    top = max(row[field] for row in rows)
    y = alt.Y(f"{field}:Q", title=title, scale=alt.Scale(domain=[floor, top + 0.06 * (top - floor)], nice=False))
    x = alt.X("from:Q", title="activation before the rectifier", scale=alt.Scale(domain=span, nice=False))
    table = [{**row, "floor": floor} for row in rows]
    told = [
        alt.Tooltip("from:Q", format=".3g"), alt.Tooltip("to:Q", format=".3g"),
        alt.Tooltip("density:Q", format=".3g"), alt.Tooltip("log:Q", title="ln density", format=".2f"),
    ]  # fmt: skip
    colour = alt.condition("datum.fires", alt.value(theme.ACCENT), alt.value(theme.RULE))
    bars = (
        alt.Chart(alt.Data(values=table))
        .mark_bar(binSpacing=0)
        .encode(x, y, alt.X2("to:Q"), alt.Y2("floor:Q"), fill=colour, tooltip=told)
    )
    zero = alt.Chart(alt.Data(values=[{"from": 0}])).mark_rule(stroke=theme.INK).encode(x="from:Q")
    return (bars + zero).properties(width=WIDTH, height=HEIGHT)


def _said(rows: list[dict], share_firing: float) -> alt.Chart:
    """Say how often the unit fires, where it does."""
    at_zero = alt.Chart(alt.Data(values=[{"from": 0}]))
    words = f"fires at {share_firing:.1%} of positions"
    return at_zero.mark_text(text=words, align="left", dx=7, y=10, fill=theme.INK).encode(x="from:Q")


def _ruler(mean: float, sigma: float, top: float) -> alt.LayerChart:
    """Draw one standard deviation either side of the mean."""
    data = alt.Data(values=[{"from": mean - sigma, "to": mean + sigma, "mean": mean, "density": 0.5 * float(top)}])
    line = alt.Chart(data).mark_rule(stroke=theme.QUIET).encode(x="from:Q", x2="to:Q", y="density:Q")
    words = alt.Chart(data).mark_text(text=f"mean ± σ, σ = {sigma:.3g}", dy=-8, fontSize=12, fill=theme.QUIET)
    return line + words.encode(x="mean:Q", y="density:Q")


def _fitted(fits: Sequence[tuple[np.ndarray, np.ndarray, str]]) -> alt.LayerChart:
    lines = [
        alt.Chart(alt.Data(values=[{"from": float(a), "log": float(b)} for a, b in zip(x, y, strict=True)]))
        for x, y, _ in fits
    ]
    marks = [
        line.mark_line(stroke=theme.LABELS["opposing"], strokeWidth=1.8).encode(x="from:Q", y="log:Q") for line in lines
    ]
    words = [
        alt.Chart(alt.Data(values=[{"from": float(x.mean()), "log": float(y.mean())}]))
        .mark_text(
            text=told, align="left" if x.mean() > 0 else "right", dx=8 if x.mean() > 0 else -8, dy=-6, fontSize=12
        )
        .encode(x="from:Q", y="log:Q")
        for x, y, told in fits
    ]
    return alt.layer(*marks, *words)
