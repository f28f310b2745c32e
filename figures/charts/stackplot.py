"""Draw labels against activation as stacked areas, any of which can be looked at alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import focus, theme, vega
from figures.charts.focus import ISOLATED

if TYPE_CHECKING:
    from figures.methods.label_stack import Stack

WIDTH, HEIGHT = 600, 260
_FORMATS = {"proportion": ".0%", "probability": "~g", "expected-value": "~g"}


def draw(stack: Stack, *, show: str, name: str = "stackplot", alt_text: str) -> Chart:
    """Stack a view of labels over bins; bins without a labelled crop stay empty.

    What is a share or a density is drawn through the bins' left edges. Of the expected value the area counts:
    it is drawn in steps as wide as the bins. A click on a legend entry or an area leaves that label alone on the
    ground line; another click brings the others back. The picture that is drawn ahead omits what only a
    pointer needs.
    """
    table = _rows(stack, show)
    layers = [_areas(stack, table, show), *_zero(show)]
    still, touched = _finished(layers), _finished([*layers, _touch(stack, table, show)])
    wide = _form(vega.compiled(still), vega.compiled(touched), name, alt_text)
    small, small_touched = (vega.compiled(vega.fitted(form), narrow=True) for form in (still, touched))
    return replace(wide, narrow=_form(small, small_touched, name, alt_text))


def _form(still: dict[str, Any], touched: dict[str, Any], name: str, alt_text: str) -> Chart:
    svg, width, height = vega.drawn(still, name=name, alt=alt_text)
    spec = focus.interactive(touched, clicked={"touch": "label"})
    return Chart({**spec, "description": alt_text}, svg, width, height, name, alt_text)


def _rows(stack: Stack, show: str) -> list[dict[str, Any]]:
    """One row a label and bin: its numbers, and where it lies in the stack."""
    edges, heights = stack.edges, stack.view(show)
    tops = np.cumsum(heights, axis=0)
    feet = tops - heights
    return [
        {"label": label, "run": int(run), **_crops(stack.crops[i]), "from": float(edges[i]), "to": float(edges[i + 1]),
         "value": _short(heights[rank, i]), "low": _short(feet[rank, i]), "high": _short(tops[rank, i])}
        for i, run in zip(*_runs(stack.held), strict=True)
        for rank, label in enumerate(stack.names)
    ]  # fmt: skip


def _crops(count: float) -> dict[str, int]:
    """Say how many crops a bin has, where it is known."""
    return {} if np.isnan(count) else {"n": int(count)}


def _runs(holds: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the bins that hold labels, and the number of the unbroken stretch that each is in."""
    held = np.flatnonzero(holds)
    return held, np.cumsum(np.diff(held, prepend=held[:1]) > 1)


def _closed(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Repeat the last bin of every stretch at its right edge, so that no area ends a bin too soon."""
    last = {(row["label"], row["run"]): row for row in table}
    return table + [{**row, "from": row["to"]} for row in last.values()]


def _short(value: float) -> float:
    """Keep six digits: the table holds the rest."""
    return float(f"{value:.6g}")


def _finished(layers: list[alt.Chart]) -> alt.TopLevelMixin:
    return alt.layer(*layers).properties(width=WIDTH, height=HEIGHT).add_params(*focus.parameters())


def _colour(names: tuple[str, ...]) -> alt.Color:
    colours = [theme.LABELS.get(label, theme.SERIES[rank % len(theme.SERIES)]) for rank, label in enumerate(names)]
    legend = alt.Legend(title=None, symbolType="square", symbolSize=150, direction="horizontal")
    return alt.Color("label:N", scale=alt.Scale(domain=list(names), range=colours), sort=list(names), legend=legend)


def _scales(table: list[dict[str, Any]], show: str, title: str) -> tuple[alt.X, alt.Y]:
    low, high = min(row["from"] for row in table), max(row["to"] for row in table)
    low = max(low, 0.0) if show == "expected-value" else low
    top = 1.0 if show == "proportion" else 1.04 * max(row["high"] for row in table)
    across, up = (alt.Scale(domain=domain, nice=False) for domain in ([low, high], [0, top]))
    axis = alt.Axis(format=_FORMATS[show], tickCount=4)
    return (
        alt.X("from:Q", title="activation before the rectifier", scale=across),
        alt.Y("base:Q", title=title, scale=up, axis=axis),
    )


def _stacked(table: list[dict[str, Any]], **named: Any) -> alt.Chart:
    """Stack by the numbers in the rows, or set the isolated label alone on the ground line."""
    alone = f"({ISOLATED} === datum.label ? datum.value : 0)"
    return alt.Chart(alt.Data(values=table), **named).transform_calculate(
        base=f"{ISOLATED} ? 0 : datum.low", top=f"{ISOLATED} ? {alone} : datum.high"
    )


def _areas(stack: Stack, table: list[dict[str, Any]], show: str) -> alt.Chart:
    x, y = _scales(table, show, stack.title(show))
    through: Any = "step-after" if show == "expected-value" else "monotone"
    areas = _stacked(_closed(table)).mark_area(interpolate=through, clip=True)
    return areas.encode(x, y, alt.Y2("top:Q"), _colour(stack.names), detail="run:N")


def _zero(show: str) -> list[alt.Chart]:
    """Mark where the rectifier lets through: right of this line the unit fires."""
    at_zero = alt.Chart(alt.Data(values=[{"from": 0}])).encode(x="from:Q")
    if show == "expected-value":
        return []
    sides: Any = (("silent", "right", -6), ("fires", "left", 6))
    words = [
        at_zero.mark_text(text=word, align=side, dx=shift, y=-7, fontSize=12, fill=theme.QUIET)
        for word, side, shift in sides
    ]
    return [at_zero.mark_rule(stroke=theme.INK, strokeWidth=1, y=-14, y2=HEIGHT), *words]


def _touch(stack: Stack, table: list[dict[str, Any]], show: str) -> alt.Chart:
    """Unseen bars, one a label and bin, that answer to the pointer with their numbers."""
    x, y = _scales(table, show, stack.title(show))
    counted = [alt.Tooltip("n:Q", title="labelled crops", format="~g")] if "n" in table[0] else []
    told = [
        alt.Tooltip("label:N", title="label"),
        alt.Tooltip("value:Q", title=stack.title(show), format=".1%" if show == "proportion" else ".3g"),
        alt.Tooltip("from:Q", title="activation from", format=".3g"),
        alt.Tooltip("to:Q", title="to", format=".3g"),
        *counted,
    ]
    bars = _stacked(table, name="touch").mark_bar(opacity=0, clip=True, cursor="pointer")
    return bars.encode(x, y, alt.X2("to:Q"), alt.Y2("top:Q"), _colour(stack.names), tooltip=told)
