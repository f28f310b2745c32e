"""Draw how often observers are right under each condition, with intervals and the level of chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, theme, vega

if TYPE_CHECKING:
    from figures.methods.cues.accuracy import Accuracy

WIDTH, NARROW, LANE_PX, GAP_PX = 340, 236, 13, 12
_LEGEND = 3
Row = dict[str, Any]


def draw(accuracies: Sequence[Accuracy], *, name: str = "accuracy", alt_text: str) -> Chart:
    """Draw a row for each condition, in it a lane for each observer: a mark, and its 95 % interval."""
    observers = list(dict.fromkeys(row.observer for row in accuracies))
    order = list(dict.fromkeys(row.condition for row in accuracies))
    style = theme.observers(observers)
    rows = [_row(row, style, observers) for row in accuracies]
    height = LANE_PX * len(observers) + GAP_PX
    y = alt.Y("condition:N", sort=order, scale=alt.Scale(domain=order, paddingInner=0, paddingOuter=0),
              axis=alt.Axis(title=None, grid=False, labelFontSize=13, labelColor=theme.INK))  # fmt: skip
    lane = alt.YOffset("lane:Q", scale=alt.Scale(domain=[-height / 2, height / 2], nice=False))
    drawing = alt.layer(_chance(accuracies), _intervals(rows, y, lane), _marks(rows, style, y, lane))
    drawing = drawing.add_params(*focus.parameters()).properties(height=height * len(order))
    wide, narrow = drawing.properties(width=WIDTH).configure_legend(columns=_LEGEND), drawing.properties(width=NARROW)
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text, pointed={"marks": "observer"})


def _row(row: Accuracy, style: dict[str, tuple[str, str]], observers: list[str]) -> Row:
    low, high = row.ends
    return {
        "observer": row.observer, "condition": row.condition, "accuracy": round(row.share, 5), "low": round(low, 5),
        "high": round(high, 5), "said": f"{row.hits} of {row.trials}", "span": f"{low:.0%} to {high:.0%}",
        "colour": style[row.observer][0],
        "lane": (observers.index(row.observer) - (len(observers) - 1) / 2) * LANE_PX,
    }  # fmt: skip


def _x(field: str) -> alt.X:
    axis = alt.Axis(title="right answers (dashed: chance)", format=".0%", values=[0, 0.25, 0.5, 0.75, 1], grid=True)
    return alt.X(f"{field}:Q", scale=alt.Scale(domain=[0, 1]), axis=axis)


def _chance(accuracies: Sequence[Accuracy]) -> alt.Chart:
    levels = [{"chance": level} for level in dict.fromkeys(row.chance for row in accuracies)]
    rule = alt.Chart(alt.Data(values=levels)).mark_rule(strokeDash=[4, 3], stroke=theme.QUIET)
    return rule.encode(_x("chance"))


def _intervals(rows: list[Row], y: alt.Y, lane: alt.YOffset) -> alt.Chart:
    rule = alt.Chart(alt.Data(values=rows), name="intervals").mark_rule(strokeWidth=2)
    return rule.encode(
        _x("low"), y, lane, x2="high:Q", stroke=alt.Stroke("colour:N", scale=None),
        opacity=focus.opacity("observer", shown=0.6),
    )  # fmt: skip


def _marks(rows: list[Row], style: dict[str, tuple[str, str]], y: alt.Y, lane: alt.YOffset) -> alt.Chart:
    observers = list(style)
    colours, shapes = (list(column) for column in zip(*style.values(), strict=True))
    legend = alt.Legend(title=None, symbolStrokeColor=theme.PAPER)
    colour = alt.Color("observer:N", scale=alt.Scale(domain=observers, range=colours), sort=observers, legend=legend)
    shape = alt.Shape("observer:N", scale=alt.Scale(domain=observers, range=shapes), sort=observers, legend=legend)
    tip = [
        alt.Tooltip("observer:N"), alt.Tooltip("condition:N"), alt.Tooltip("accuracy:Q", format=".1%"),
        alt.Tooltip("span:N", title="95 % interval"), alt.Tooltip("said:N", title="right"),
    ]  # fmt: skip
    points = alt.Chart(alt.Data(values=rows), name="marks").mark_point(filled=True, size=62, strokeWidth=0.8)
    return points.encode(
        _x("accuracy"), y, lane, colour, shape, opacity=focus.opacity("observer"),
        tooltip=tip,
    )  # fmt: skip
