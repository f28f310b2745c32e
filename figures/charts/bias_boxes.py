"""Draw how an observer's shape bias spreads over categories: a box an observer, and each person as a point.

The sides are those of the chart by category: the further left, the more an observer goes by shape.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from figures.artifact import Chart
from figures.charts import theme, vega

if TYPE_CHECKING:
    from figures.methods.cue_conflict import Bias
    from figures.methods.observers.spread import Spread

WIDTH, ROW_PX, BOX_PX = 360, 34, 15
PEOPLE = "people, one by one"

Row = dict[str, Any]
Style = Mapping[str, tuple[str, str]]


def draw(
    spreads: Sequence[Spread],
    pooled: Sequence[Bias],
    people: Sequence[Bias] = (),
    *,
    name: str = "shape-bias-boxes",
    alt_text: str,
) -> Chart:
    """Draw boxes over categories with the pooled biases on them; `people` are told apart in a row of their own."""
    style = theme.observers([row.observer for row in pooled])
    known = [row for row in pooled if row.bias is not None]
    points = [_person(row) for row in people if row.bias is not None]
    places = [row.observer for row in known] + ([PEOPLE] if points else [])
    y = alt.Y("observer:N", sort=places, scale=alt.Scale(domain=places), axis=_names())
    layers = [*_axes(places, y), *_boxes([_box(spread, style) for spread in spreads], y)]
    layers += [_beyond([row for spread in spreads for row in _outside(spread, style)], y)]
    layers += [_marks([_pooled(row, style) for row in known], y)]
    layers += [_people(points, y)] if points else []
    drawing = alt.layer(*layers).resolve_axis(x="independent")
    drawing = drawing.properties(width=WIDTH, height=ROW_PX * len(places))
    return vega.chart(drawing, narrow=vega.fitted(drawing), name=name, alt=alt_text)


def _names() -> alt.Axis:
    return alt.Axis(title=None, grid=False, labelPadding=14, labelFontSize=13, labelColor=theme.INK, labelLimit=180)


def _x(title: str, orient: Literal["top", "bottom"], shown: str) -> alt.X:
    axis = alt.Axis(
        title=title, orient=orient, labelExpr=shown, values=[0, 0.25, 0.5, 0.75, 1], domain=False, ticks=False
    )
    return alt.X("x:Q", scale=alt.Scale(domain=[0, 1]), axis=axis)


def _axes(places: Sequence[str], y: alt.Y) -> list[alt.Chart]:
    """Draw a quiet line along every row, and the lower and the upper axis."""
    across = alt.Chart(alt.Data(values=[{"observer": place, "x": 0, "x2": 1} for place in places]))
    lower = _x("texture decisions →", "bottom", "format(datum.value, '.0%')")
    upper = _x("← shape decisions", "top", "format(1 - datum.value, '.0%')")
    middle = alt.Chart(alt.Data(values=[{"x": 0.5}])).mark_rule(stroke=theme.RULE)
    return [across.mark_rule(stroke=theme.RULE).encode(lower, y, x2="x2:Q"), middle.encode(upper)]


def _box(spread: Spread, style: Style) -> Row:
    sides = {name: round(1 - getattr(spread, name), 4) for name in ("low", "lower", "median", "upper", "high")}
    shares = {f"{name} bias": round(getattr(spread, name), 4) for name in ("lower", "median", "upper")}
    return {"observer": spread.observer, "colour": style[spread.observer][0], **sides, **shares}


def _boxes(rows: Sequence[Row], y: alt.Y) -> list[alt.Chart]:
    base = alt.Chart(alt.Data(values=list(rows)))
    titles = {"upper": "a quarter of categories above", "median": "half above", "lower": "a quarter below"}
    quartiles = [alt.Tooltip(f"{name} bias:Q", title=title, format=".1%") for name, title in titles.items()]
    tips = [alt.Tooltip("observer:N"), *quartiles]
    fill, stroke = alt.Fill("colour:N", scale=None), alt.Stroke("colour:N", scale=None)
    whiskers = [
        base.mark_rule(strokeWidth=1.4).encode(alt.X(f"{end}:Q", axis=None), y, x2=f"{side}:Q", stroke=stroke)
        for end, side in (("high", "upper"), ("lower", "low"))
    ]
    box = base.mark_bar(height=BOX_PX, fillOpacity=0.22, strokeWidth=1.4)
    middle = base.mark_tick(thickness=2.4, size=BOX_PX)
    return [
        *whiskers,
        box.encode(alt.X("upper:Q", axis=None), y, x2="lower:Q", fill=fill, stroke=stroke, tooltip=tips),
        middle.encode(alt.X("median:Q", axis=None), y, fill=fill, tooltip=tips),
    ]


def _outside(spread: Spread, style: Style) -> list[Row]:
    return [
        {"observer": spread.observer, "colour": style[spread.observer][0], "x": round(1 - bias, 4),
         "category": category, "bias": round(bias, 4)}
        for category, bias in spread.beyond
    ]  # fmt: skip


def _beyond(rows: Sequence[Row], y: alt.Y) -> alt.Chart:
    base = alt.Chart(alt.Data(values=list(rows))).mark_point(fill=theme.PAPER, size=22, strokeWidth=1.2)
    return base.encode(
        alt.X("x:Q", axis=None), y, stroke=alt.Stroke("colour:N", scale=None), tooltip=_told("category", "bias")
    )


def _pooled(row: Bias, style: Style) -> Row:
    colour, shape = style[row.observer]
    bias = round(float(row.bias or 0), 4)
    return {"observer": row.observer, "colour": colour, "mark": shape, "x": 1 - bias, "bias": bias}


def _marks(rows: Sequence[Row], y: alt.Y) -> alt.Chart:
    base = alt.Chart(alt.Data(values=list(rows)))
    return base.mark_point(filled=True, size=90, stroke=theme.PAPER, strokeWidth=1.2).encode(
        alt.X("x:Q", axis=None), y, fill=alt.Fill("colour:N", scale=None), shape=alt.Shape("mark:N", scale=None),
        tooltip=_told("observer", "bias"),
    )  # fmt: skip


def _person(row: Bias) -> Row:
    bias = round(float(row.bias or 0), 4)
    return {"observer": PEOPLE, "who": row.observer, "x": 1 - bias, "bias": bias}


def _people(rows: Sequence[Row], y: alt.Y) -> alt.Chart:
    base = alt.Chart(alt.Data(values=list(rows)))
    points = base.mark_point(fill=theme.PAPER, size=50, strokeWidth=1.4, stroke=theme.SERIES[0])
    return points.encode(alt.X("x:Q", axis=None), y, tooltip=_told("who", "bias"))


def _told(name: str, bias: str) -> list[alt.Tooltip]:
    return [alt.Tooltip(f"{name}:N"), alt.Tooltip(f"{bias}:Q", title="shape bias", format=".1%")]
