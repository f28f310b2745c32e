"""Draw how often networks are right against how much of a picture they see at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, theme, vega

if TYPE_CHECKING:
    from figures.methods.evidence.bag import BagOfFeatures

WIDTH, HEIGHT = 520, 240
_ABOVE_PX, _LINE_PX = 34, 13
_PATCHES, _WHOLE = "sees patches", "sees more"
Row = dict[str, Any]


def draw(seen: BagOfFeatures, *, name: str = "accuracy", alt_text: str) -> Chart:
    """Draw a line for each head through the networks that see patches; others stand by themselves, at the right."""
    rows = _rows(seen)
    heads = list(dict.fromkeys(row["head"] for row in rows))
    fields = sorted({row["field"] for row in rows})
    colours = alt.Scale(domain=heads, range=list(theme.SERIES[: len(heads)]))
    stroke = alt.Stroke(
        "head:N", scale=colours, sort=heads, legend=_legend(symbolType="stroke", symbolStrokeWidth=2.5, symbolOpacity=1)
    )
    fill = alt.Fill("head:N", scale=colours, sort=heads, legend=None)
    x = _x(fields, seen.side_px)
    y = alt.Y(
        "share:Q", title="right answers", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=5)
    )
    base, lines = alt.Chart(alt.Data(values=rows)), [row for row in rows if row["sees"] == _PATCHES]
    tip = [alt.Tooltip("network:N"), alt.Tooltip("head:N"), alt.Tooltip("told:N", title="places see"),
           alt.Tooltip("share:Q", title="right", format=".1%"), alt.Tooltip("n:Q", title="of images")]  # fmt: skip
    shown = focus.opacity("head", "sees")
    layers = [
        base.mark_rule(strokeDash=[3, 3]).encode(y="chance:Q", stroke=stroke, opacity=alt.value(0.6)),
        alt.Chart(alt.Data(values=lines)).mark_line().encode(x, y, stroke=stroke, opacity=shown),
        base.mark_rule(strokeWidth=1.5).encode(x, alt.Y("low:Q"), y2="high:Q", stroke=stroke, opacity=shown),
        base.mark_point(size=70, strokeWidth=0).encode(
            x, y, fill=fill, shape=_shape(rows), tooltip=tip, opacity=shown,
        ).properties(name="points"),
        _names(rows, x),
    ]  # fmt: skip
    drawing = alt.layer(*layers).resolve_scale(stroke="shared").properties(width=WIDTH, height=HEIGHT)
    drawing = drawing.add_params(*focus.parameters())
    return vega.chart(drawing, narrow=vega.fitted(drawing), name=name, alt=alt_text, pointed={"points": "head"})


def _legend(**look: Any) -> alt.Legend:
    """Leave room below for the names of networks."""
    return alt.Legend(title=None, offset=_ABOVE_PX, **look)


def _shape(rows: list[Row]) -> alt.Shape:
    several = list(dict.fromkeys(row["sees"] for row in rows))
    marks = {_PATCHES: "circle", _WHOLE: "diamond"}
    scale = alt.Scale(domain=several, range=[marks[one] for one in several])
    legend = _legend(symbolFillColor=theme.QUIET, symbolStrokeWidth=0) if len(several) > 1 else None
    return alt.Shape("sees:N", scale=scale, sort=several, legend=legend)


def _x(fields: list[int], side: int) -> alt.X:
    scale = alt.Scale(type="log", base=2, domain=[fields[0] / 1.25, max(fields[-1], fields[0] + 1) * 1.25], nice=False)
    words = f"datum.value >= {side} ? 'all' : format(datum.value, 'd') + ' px'"
    return alt.X("field:Q", title="how much a place sees", scale=scale,
                 axis=alt.Axis(values=fields, labelExpr=words, grid=False))  # fmt: skip


def _names(rows: list[Row], x: alt.X) -> alt.Chart:
    """Write above the plot which network stands where."""
    there: dict[int, list[str]] = {}
    for row in rows:
        there.setdefault(row["field"], [])
        if row["network"] not in there[row["field"]]:
            there[row["field"]].append(row["network"])
    told = [{"field": field, "network": name, "dy": -_LINE_PX * (len(names) - 1 - place)}
            for field, names in there.items() for place, name in enumerate(names)]  # fmt: skip
    marks = alt.Chart(alt.Data(values=told)).mark_text(fontSize=11.5, fill=theme.QUIET, baseline="bottom", dy=-4)
    return marks.encode(x, y=alt.value(0), yOffset=alt.YOffset("dy:Q", scale=None), text="network:N")


def _rows(seen: BagOfFeatures) -> list[Row]:
    return [
        {
            "network": one.network,
            "head": one.head,
            "field": min(one.field_px, seen.side_px),
            "told": f"{one.field_px} px" if one.field_px < seen.side_px else "all of the picture",
            "sees": _WHOLE if one.network in seen.whole else _PATCHES,
            "share": one.share,
            "low": one.ends[0],
            "high": one.ends[1],
            "n": one.trials,
            "chance": one.chance,
        }
        for one in seen.shares
    ]
