"""Draw how the receptive fields of networks grow with depth, and what networks know against how far they see."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, theme, vega
from figures.words.phrases import brief

if TYPE_CHECKING:
    from figures.methods.fields.fields import NetworkFields, ReceptiveFields

WIDTH, HEIGHT = 480, 300
_PER_ROW = 4
Row = dict[str, Any]


def draw(seen: ReceptiveFields, *, name: str = "fields", alt_text: str) -> Chart:
    """Draw a line a network: solid for its receptive fields, broken for the effective ones."""
    names = brief(network.network for network in seen.networks)
    rows = [row for network in seen.networks for row in _rows(network, names[network.network])]
    style = theme.observers(list(names.values()))
    y = alt.Y("px:Q", title="receptive field (px)", scale=_scale([row["px"] for row in rows]), axis=_ticks(rows))
    x = alt.X("depth:Q", title="layers with weights before and in it", axis=alt.Axis(tickMinStep=1))
    colour = _colour(style)
    layers = [*_borders(seen, y)]
    for kind, dash in (("receptive", [1, 0]), ("effective", [4, 4])):
        own = [row for row in rows if row["kind"] == kind]
        layers += _line(own, kind, dash, x, y, colour) if own else []
    drawing = alt.layer(*layers, width=WIDTH, height=HEIGHT).add_params(*focus.parameters())
    narrow = vega.fitted(drawing)
    return vega.chart(drawing, narrow=narrow, name=name, alt=alt_text, pointed={"receptive": "network"})


def _rows(network: NetworkFields, word: str) -> list[Row]:
    rows: list[Row] = []
    for place, layer in enumerate(network.layers):
        for kind, px in (("receptive", float(layer.field_px)), ("effective", layer.effective_px)):
            if math.isfinite(px):
                rows.append({
                    "network": word, "layer": layer.layer, "place": place, "depth": layer.depth, "kind": kind,
                    "px": round(px, 1), "of": f"{px / network.input_px:.0%} of the image's side",
                })  # fmt: skip
    return rows


def _scale(sizes: list[float]) -> alt.Scale:
    return alt.Scale(type="log", domain=[min(sizes) * 0.9, max(sizes) * 1.15], nice=False)


def _ticks(rows: list[Row]) -> alt.Axis:
    """Mark doublings: a field of 200 px lies as far from one of 100 as 20 from 10."""
    low, high = (op(row["px"] for row in rows) for op in (min, max))
    values = [2**power for power in range(0, 14) if low * 0.9 <= 2**power <= high * 1.15]
    return alt.Axis(values=values, format="d", grid=True)


def _line(rows: list[Row], kind: str, dash: list[int], x: alt.X, y: alt.Y, colour: alt.Stroke) -> list[alt.Chart]:
    tip = [
        alt.Tooltip("network:N"), alt.Tooltip("layer:N"), alt.Tooltip("px:Q", title=f"{kind} field, px"),
        alt.Tooltip("of:N", title="that is"),
    ]  # fmt: skip
    base = alt.Chart(alt.Data(values=rows), name=kind).encode(x, y, opacity=focus.opacity("network"))
    filled = kind == "receptive"
    if filled:
        dots = base.mark_point(size=34, filled=True).encode(fill=_fill(colour))
    else:
        dots = base.mark_point(size=26, filled=False, fill=theme.PAPER, strokeWidth=1.4).encode(stroke=colour)
    line = base.mark_line(strokeDash=dash, strokeWidth=1.8 if filled else 1.2).encode(stroke=colour, order="place:Q")
    return [line, dots.encode(tooltip=tip)]


def _colour(style: dict[str, tuple[str, str]]) -> alt.Stroke:
    scale = alt.Scale(domain=list(style), range=[colour for colour, _ in style.values()])
    legend = alt.Legend(title=None, symbolType="stroke", symbolStrokeWidth=2.5, columns=_PER_ROW)
    return alt.Stroke("network:N", scale=scale, sort=list(style), legend=legend)


def _fill(colour: alt.Stroke) -> alt.Fill:
    encoding: Any = colour.to_dict()
    return alt.Fill("network:N", scale=alt.Scale(**encoding["scale"]), sort=encoding["sort"], legend=None)


def _borders(seen: ReceptiveFields, y: alt.Y) -> list[alt.Chart]:
    """Draw where a field is as large as the image, for each size of images."""
    sizes = sorted({network.input_px for network in seen.networks})
    rows = [{"px": size, "word": f"image, {size} px"} for size in sizes]
    base = alt.Chart(alt.Data(values=rows))
    rule = base.mark_rule(strokeDash=[2, 3], stroke=theme.QUIET).encode(y)
    words = base.mark_text(align="left", baseline="middle", dx=6, fontSize=12, fill=theme.QUIET)
    return [rule, words.encode(y, x={"value": "width"}, text="word:N")]


def accuracy(seen: ReceptiveFields, *, name: str = "accuracy", alt_text: str) -> Chart:
    """Draw the accuracy of networks against the largest of their receptive fields."""
    names = brief(network.network for network in seen.tested)
    rows = [_tested(network, names[network.network]) for network in seen.tested]
    scale = _scale([row["px"] for row in rows])
    axis = alt.Axis(values=sorted({row["px"] for row in rows}), format="d", labelOverlap="greedy", labelSeparation=6)
    x = alt.X("px:Q", title="largest receptive field (px)", scale=scale, axis=axis)
    y = alt.Y("share:Q", title="accuracy", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%"))
    base = alt.Chart(alt.Data(values=rows)).encode(x)
    ends = base.mark_rule(strokeWidth=1.6, stroke=theme.QUIET).encode(alt.Y("low:Q"), alt.Y2("high:Q"))
    tip = [alt.Tooltip("network:N"), alt.Tooltip("px:Q", title="field, px"), alt.Tooltip("share:Q", format=".1%")]
    dots = base.mark_point(size=70, fill=theme.ACCENT).encode(y, tooltip=tip)
    words = base.mark_text(align="left", dx=8, fontSize=12.5).encode(y, text="network:N")
    drawing = alt.layer(ends, dots, words, width=WIDTH - 100, height=200)
    return vega.chart(drawing, narrow=vega.fitted(drawing), name=name, alt=alt_text)


def _tested(network: NetworkFields, word: str) -> Row:
    share = network.tested
    assert share is not None
    low, high = share.ends
    return {"network": word, "px": network.deepest.field_px, "share": share.share, "low": low, "high": high}
