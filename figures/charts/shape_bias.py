"""Draw shape bias by category: one row a category, one mark an observer, coverage beside it.

The layout is that of Geirhos et al. (2019, figure 4): lower axis the fraction of texture
decisions, upper axis that of shape decisions, vertical lines at the pooled biases. Every
observer has a lane of its own in a row, so that equal values do not hide each other.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, labels, theme, vega

if TYPE_CHECKING:
    from figures.methods.cue_conflict import Bias

ALL = "*"
WIDTH, COVERAGE_WIDTH, NARROW = 360, 84, 240
ROW_PX, LANE_PX = 22, 9
LEGEND_PX, _SYMBOL_PX = 580, 44
_GAP = " "
_COLUMNS = ("observer", "category", "n", "shape", "texture", "coverage", "bias", "ci95")

Row = Mapping[str, Any]
Style = Mapping[str, tuple[str, str]]


@dataclass(frozen=True)
class _Drawn:
    """What both panels draw: cells, pooled lines, categories in groups, words of the legend, and places."""

    table: list[dict]
    pooled: list[dict]
    groups: list[list[str]]
    told: dict[str, str]
    style: Style
    y: alt.Y
    lane: alt.YOffset
    height: int


def draw(biases: Sequence[Bias], *, name: str = "shape-bias", alt_text: str) -> Chart:
    """Draw how the trials of each observer and category were answered.

    The row of category `*` holds an observer's pooled bias. Observers with other
    categories stand in rows of their own, below. A legend entry isolates its observer, a
    mark does as long as the pointer is on it.
    """
    rows = [{name: getattr(bias, name) for name in _COLUMNS} for bias in biases]
    observers = list(dict.fromkeys(str(row["observer"]) for row in rows))
    groups = _groups(rows, observers)
    places = [place for k, group in enumerate(groups) for place in ([_GAP * k] if k else []) + group]
    style = theme.observers(observers)
    lanes = _lanes(rows, groups)
    table = [
        {**_cell(row, style), "lane": lanes[str(row["observer"])] * LANE_PX} for row in rows if row["category"] != ALL
    ]
    pooled = [_line(row, rows, groups, style) for row in rows if row["category"] == ALL and row["bias"] is not None]
    y, row_px = _y(places), max(ROW_PX, round(LANE_PX * (2 * max(lanes.values()) + 1)) + 4)
    lane = alt.YOffset("lane:Q", scale=alt.Scale(domain=[-row_px / 2, row_px / 2], nice=False))
    drawn = _Drawn(table, pooled, groups, _told(rows), style, y, lane, row_px * len(places))
    wide, narrow = _panels(drawn, WIDTH, COVERAGE_WIDTH, across=2), _panels(drawn, NARROW, NARROW, across=1)
    pointed = {"answers": "observer", "coverage": "observer"}
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text, pointed=pointed)


def _panels(drawn: _Drawn, width: int, coverage_width: int, *, across: int) -> alt.ConcatChart:
    left = _axes(drawn.groups, drawn.y) + _lines(drawn.pooled, drawn.y) + _marks(drawn, LEGEND_PX * width // WIDTH)
    left = left.resolve_axis(x="independent").properties(width=width, height=drawn.height)
    y = drawn.y.axis(None) if across > 1 else drawn.y
    right = _coverage(drawn.table, y, drawn.lane).properties(width=coverage_width, height=drawn.height)
    drawing = alt.concat(left, right, columns=across, spacing=24).resolve_scale(y="shared")
    return drawing.add_params(*focus.parameters())


def _groups(rows: Sequence[Row], observers: list[str]) -> list[list[str]]:
    """Put observers that share categories together; the most shape-biased category comes last.

    The order is that of people where there are some, else of the first observer.
    """
    groups: list[dict[str, float]] = []
    for observer in sorted(observers, key=lambda name: not name.lower().startswith("human")):
        known = {row["category"]: row["bias"] for row in rows if row["observer"] == observer and row["category"] != ALL}
        group = next((group for group in groups if group.keys() & known.keys()), None)
        if group is None:
            groups.append(group := {})
        for category, bias in known.items():
            group.setdefault(str(category), -1.0 if bias is None else float(bias))
    first = next(iter(observers), "")
    groups.sort(key=lambda group: not any(row["observer"] == first and row["category"] in group for row in rows))
    return [sorted(group, key=lambda category: (group[category], category)) for group in groups]


def _lanes(rows: Sequence[Row], groups: list[list[str]]) -> dict[str, float]:
    """Give each observer a lane in the rows of its group, in lanes from their middle."""
    lanes: dict[str, float] = {}
    for group in groups:
        members = list(dict.fromkeys(str(row["observer"]) for row in rows if row["category"] in group))
        lanes |= {who: i - (len(members) - 1) / 2 for i, who in enumerate(members)}
    return lanes


def _cell(row: Row, style: Style) -> dict[str, object]:
    names = ("observer", "category", "n", "shape", "texture")
    bias = row["bias"]
    return {
        **{name: row[name] for name in names},
        "colour": style[str(row["observer"])][0],
        "coverage": round(float(row["coverage"]), 5),
        "bias": None if bias is None else round(float(bias), 5),
        "x": None if bias is None else round(1 - float(bias), 5),
        "span": "none" if row["ci95"] is None else "{:.0%} to {:.0%}".format(*row["ci95"]),
    }


def _line(row: Row, rows: Sequence[Row], groups: list[list[str]], style: Style) -> dict:
    """Let an observer's pooled bias run through the rows of its group."""
    own = {other["category"] for other in rows if other["observer"] == row["observer"]}
    group = next(group for group in groups if own & set(group))
    return {**_cell(row, style), "category": group[0], "last": group[-1]}


def _y(places: list[str]) -> alt.Y:
    axis = alt.Axis(title=None, grid=False, labelPadding=14, labelFontSize=13, labelColor=theme.INK)
    return alt.Y("category:N", scale=alt.Scale(domain=places, paddingInner=0, paddingOuter=0), sort=places, axis=axis)


def _x(title: str, orient: Literal["bottom", "top"], shown: str) -> alt.X:
    axis = alt.Axis(
        title=title, orient=orient, labelExpr=shown, values=[0, 0.25, 0.5, 0.75, 1], domain=False, ticks=False
    )
    return alt.X("x:Q", scale=alt.Scale(domain=[0, 1]), axis=axis)


def _axes(groups: list[list[str]], y: alt.Y) -> alt.LayerChart:
    """Draw a quiet line along every row, one down the middle, and the lower and the upper axis."""
    ends = [{"category": place, "x": 0, "x2": 1} for group in groups for place in group]
    across = alt.Chart(alt.Data(values=ends)).mark_rule(stroke=theme.RULE)
    middle = [{"category": group[0], "last": group[-1], "x": 0.5} for group in groups]
    down = _down(alt.Chart(alt.Data(values=middle)).mark_rule(stroke=theme.RULE), y)
    lower = _x("texture decisions →", "bottom", "format(datum.value, '.0%')")
    upper = _x("← shape decisions", "top", "format(1 - datum.value, '.0%')")
    return across.encode(lower, y, x2="x2:Q") + down.encode(upper)


def _down(rules: alt.Chart, y: alt.Y) -> alt.Chart:
    """Let rules run from the top of their first row to the bottom of their last."""
    return rules.encode(y.bandPosition(0), alt.Y2("last:N", bandPosition=1))


def _lines(pooled: list[dict], y: alt.Y) -> alt.Chart:
    chart = _down(alt.Chart(alt.Data(values=pooled), name="pooled").mark_rule(strokeWidth=1.6), y)
    return chart.encode(
        alt.X("x:Q", axis=None), alt.Stroke("colour:N", scale=None), opacity=focus.opacity("observer", shown=0.75)
    )


def _told(rows: Sequence[Row]) -> dict[str, str]:
    """Say each observer's pooled bias beside its name."""
    pooled = {str(row["observer"]): row["bias"] for row in rows if row["category"] == ALL}
    return {who: f"{who} · {'no bias' if bias is None else f'{bias:.0%} shape'}" for who, bias in pooled.items()}


def _columns(told: Iterable[str], room_px: int) -> int:
    """Return how many entries of the legend fit beside each other."""
    longest = labels.room(list(told), 0) + _SYMBOL_PX
    return max(1, min(3, int(room_px // longest)))


def _marks(drawn: _Drawn, legend_px: int) -> alt.Chart:
    observers, columns = list(drawn.style), _columns(drawn.told.values(), legend_px)
    colours, shapes = (list(column) for column in zip(*drawn.style.values(), strict=True))
    words = f"({json.dumps(drawn.told)})[datum.label]"
    legend = alt.Legend(title=None, labelExpr=words, columns=columns, symbolStrokeColor=theme.PAPER)
    colour = alt.Color("observer:N", scale=alt.Scale(domain=observers, range=colours), sort=observers, legend=legend)
    shape = alt.Shape("observer:N", scale=alt.Scale(domain=observers, range=shapes), sort=observers, legend=legend)
    chart = alt.Chart(alt.Data(values=[cell for cell in drawn.table if cell["x"] is not None]), name="answers")
    return chart.mark_point(filled=True, size=62, stroke=theme.PAPER, strokeWidth=0.8).encode(
        alt.X("x:Q", axis=None),
        drawn.y,
        drawn.lane,
        colour,
        shape,
        opacity=focus.opacity("observer"),
        tooltip=_tooltip(),
    )


def _tooltip() -> list[alt.Tooltip]:
    return [
        alt.Tooltip("observer:N"),
        alt.Tooltip("category:N"),
        alt.Tooltip("bias:Q", title="shape bias", format=".1%"),
        alt.Tooltip("span:N", title="95 % interval"),
        alt.Tooltip("shape:Q", title="shape decisions"),
        alt.Tooltip("texture:Q", title="texture decisions"),
        alt.Tooltip("n:Q", title="images"),
    ]


def _coverage(table: list[dict], y: alt.Y, lane: alt.YOffset) -> alt.Chart:
    axis = alt.Axis(title="answers that follow a cue", format=".0%", values=[0, 0.5, 1], domain=False, ticks=False)
    x = alt.X("coverage:Q", scale=alt.Scale(domain=[0, 1]), axis=axis)
    chart = alt.Chart(alt.Data(values=table), name="coverage").mark_bar(size=LANE_PX - 3)
    fill = alt.Fill("colour:N", scale=None)
    return chart.encode(x, y, lane, fill, opacity=focus.opacity("observer", shown=0.9), tooltip=_tooltip())
