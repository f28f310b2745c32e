"""Draw shares, scores and kinds of units by layer, and the units of one layer by what they vary with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, theme, vega

if TYPE_CHECKING:
    from figures.methods.probes.dimensionality import Dimensionality, Stage

WIDTHS, NARROW = (176, 158, 138), 220
ROW_PX, SIDE = 21, 170
REST = "residual, neither"
COLOURS = {"shape": theme.SERIES[1], "texture": theme.SERIES[0], REST: theme.SERIES[5]}
_BARS = {**COLOURS, REST: theme.RULE}
"""What lies between two colours may be faint; dots of units may not."""
Row = dict[str, Any]
Stages = Mapping[str, tuple["Stage", ...]]
Named = Sequence[tuple[str, "Stage"]]


def rows_of(seen: Dimensionality, over: str) -> Stages:
    """Sort what was measured into panels: one a network over `layers`, or one a layer over `models`.

    {title: stages, which stand below each other}.
    """
    field = "network" if over == "layers" else "layer"
    titles = dict.fromkeys(str(getattr(one, field)) for one in seen.stages)
    return {title: tuple(one for one in seen.stages if getattr(one, field) == title) for title in titles}


def draw(seen: Dimensionality, *, over: str, bounds: tuple[float, float], alt_text: str) -> tuple[Chart, ...]:
    """Draw a chart for each network (or each layer): shares, scores and kinds of units; `bounds` are a share's."""
    panels = rows_of(seen, over)
    return tuple(
        _chart(seen, title, stages, over, bounds, f"dimensions-{place}", alt_text)
        for place, (title, stages) in enumerate(panels.items())
    )


def _chart(
    seen: Dimensionality, title: str, stages: Sequence[Stage], over: str, bounds: tuple[float, float], name: str,
    alt_text: str,
) -> Chart:  # fmt: skip
    labels = [one.layer if over == "layers" else one.network for one in stages]
    named = list(zip(labels, stages, strict=True))
    wide = alt.hconcat(*_panels(seen, named, bounds, WIDTHS, (True, False, False)), spacing=18)
    narrow = alt.vconcat(*_panels(seen, named, bounds, (NARROW,) * 3, (True,) * 3), spacing=14)
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text, title=title)


def _panels(
    seen: Dimensionality, named: Named, bounds: tuple[float, float], widths: Sequence[int], labelled: Sequence[bool]
) -> list[alt.Chart | alt.LayerChart | alt.FacetChart]:
    ys = [_y(named, shown) for shown in labelled]
    panels = _shares(named, bounds, ys[0]), _scores(seen, named, ys[1]), _kinds(named, ys[2])
    height = ROW_PX * len(named)
    return [panel.properties(width=width, height=height) for panel, width in zip(panels, widths, strict=True)]


def _y(named: Named, shown: bool) -> alt.Y:
    axis = alt.Axis(title=None, grid=False, labels=shown, labelColor=theme.INK, labelFontSize=13, labelLimit=110)
    return alt.Y("row:N", sort=[label for label, _ in named], axis=axis, scale=alt.Scale(type="band", padding=0.18))


def _shares(named: Named, bounds: tuple[float, float], y: alt.Y) -> alt.LayerChart | alt.FacetChart:
    """Draw bars of shape from the left and texture from the right, broken lines at the bounds of each."""
    rows: list[Row] = []
    for label, stage in named:
        shape, texture, rest = stage.found.shares
        ends = {"shape": (0.0, shape), REST: (shape, shape + rest), "texture": (1 - texture, 1.0)}
        counts = dict(zip(("shape", "texture", REST), stage.found.counts, strict=True))
        rows += [_bar(label, part, span, f"{counts[part]} units") for part, span in ends.items()]
    bars = _bars(rows, "share of dimensions", y)
    places = [place for low in bounds for place in (low, 1 - low)]
    rules = alt.Chart(alt.Data(values=[{"from": _short(place)} for place in places]))
    return alt.layer(bars, rules.mark_rule(strokeDash=[3, 3], stroke=theme.INK).encode(alt.X("from:Q")))


def _kinds(named: Named, y: alt.Y) -> alt.Chart:
    rows: list[Row] = []
    for label, stage in named:
        shape, texture, rest = stage.kinds
        whole = max(1, shape + texture + rest)
        spans = {"shape": (0, shape), REST: (shape, shape + rest), "texture": (shape + rest, whole)}
        rows += [
            _bar(label, part, (low / whole, high / whole), f"{high - low} units") for part, (low, high) in spans.items()
        ]
    return _bars(rows, "units of each kind", y)


def _bar(label: str, part: str, span: tuple[float, float], units: str) -> Row:
    low, high = span
    return {"row": label, "part": part, "from": _short(low), "to": _short(high), "share": _short(high - low),
            "units": units}  # fmt: skip


def _bars(rows: list[Row], title: str, y: alt.Y) -> alt.Chart:
    axis = alt.Axis(format=".0%", values=[0, 0.5, 1], grid=False)
    x = alt.X("from:Q", title=title, scale=alt.Scale(domain=[0, 1]), axis=axis)
    tip = [alt.Tooltip("row:N", title="of"), alt.Tooltip("part:N", title="what"),
           alt.Tooltip("share:Q", format=".1%"), alt.Tooltip("units:N", title="that is")]  # fmt: skip
    return alt.Chart(alt.Data(values=rows)).mark_bar().encode(x, y, alt.X2("to:Q"), fill=_fill(_BARS), tooltip=tip)


def _fill(colours: Mapping[str, str], legend: bool = True) -> alt.Fill:
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return alt.Fill("part:N", scale=scale, legend=alt.Legend(title=None) if legend else None)


def _scores(seen: Dimensionality, named: Named, y: alt.Y) -> alt.LayerChart | alt.FacetChart:
    """Draw the scores of both cues as dots, and as short rules what units would score that code only the other."""
    rows: list[Row] = [
        {"row": label, "part": cue, "score": _short(score), "place": place}
        for place, (label, stage) in enumerate(named)
        for cue, score in (("shape", stage.found.score_shape), ("texture", stage.found.score_texture))
    ]
    low = min([0.0, *seen.baseline.values(), *(row["score"] for row in rows)])
    x = alt.X("score:Q", title="score", scale=alt.Scale(domain=[low, 1], nice=False),
              axis=alt.Axis(values=[0, 0.5, 1], grid=True))  # fmt: skip
    base = alt.Chart(alt.Data(values=rows))
    stroke = alt.Stroke("part:N", scale=alt.Scale(domain=list(COLOURS), range=list(COLOURS.values())), legend=None)
    lines = base.mark_line(strokeWidth=1.6).encode(x, y, stroke, order="place:Q")
    tip = [alt.Tooltip("row:N", title="of"), alt.Tooltip("part:N", title="cue"), alt.Tooltip("score:Q", format=".3f")]
    dots = base.mark_circle(size=52).encode(x, y, fill=_fill(_BARS, False), tooltip=tip)
    expected = [{"score": _short(score), "part": cue} for cue, score in seen.baseline.items()]
    rules = alt.Chart(alt.Data(values=expected)).mark_rule(strokeDash=[3, 3]).encode(x, stroke)
    return alt.layer(rules, lines, dots)


def scatter(stage: Stage, *, least: float, name: str, alt_text: str) -> Chart:
    """Draw the units of a layer by their correlations within pairs: texture to the right, shape upwards."""
    kinds = ("shape", "texture", REST)
    found = stage.found
    columns = found.rho_shape.tolist(), found.rho_texture.tolist(), found.kinds.tolist()
    rows: list[Row] = [
        {"unit": f"{stage.layer}:{i}", "shape": _short(shape), "texture": _short(texture), "part": kinds[kind]}
        for i, (shape, texture, kind) in enumerate(zip(*columns, strict=True))
    ]
    low = min([-0.1, *(row[cue] - 0.05 for row in rows for cue in ("shape", "texture"))])
    scale = alt.Scale(domain=[low, 1], nice=False)
    x = alt.X("texture:Q", title="correlation where texture is shared", scale=scale, axis=alt.Axis(tickCount=5))
    y = alt.Y("shape:Q", title="correlation where shape is shared", scale=scale, axis=alt.Axis(tickCount=5))
    tip = [alt.Tooltip("unit:N"), alt.Tooltip("shape:Q", format=".2f"), alt.Tooltip("texture:Q", format=".2f")]
    dots = (
        alt.Chart(alt.Data(values=rows), name="units")
        .mark_circle(size=34)
        .encode(x, y, fill=_fill(COLOURS), opacity=focus.opacity("part", shown=0.75), tooltip=tip)
    )
    drawing = alt.layer(*_borders(low, least, x, y), dots, width=SIDE, height=SIDE).add_params(*focus.parameters())
    # Within the drawing: those of several networks stand beside each other where there is room.
    drawing = drawing.properties(title=alt.TitleParams(f"{stage.layer} of {stage.network}"))
    return vega.chart(drawing, name=name, alt=alt_text, pointed={"units": "part"})


def _borders(low: float, least: float, x: alt.X, y: alt.Y) -> list[alt.Chart]:
    """Draw the lines between the kinds: where both correlations are alike, and from where on a unit is of a kind."""
    lines = ([(least, least), (1, 1)], [(low, least), (least, least), (least, low)])
    return [
        alt.Chart(alt.Data(values=[{"texture": a, "shape": b, "step": i} for i, (a, b) in enumerate(points)]))
        .mark_line(stroke=theme.QUIET, strokeWidth=1, strokeDash=[3, 3])
        .encode(x, y, order="step:Q")
        for points in lines
    ]


def _short(value: float) -> float:
    return float(f"{value:.4g}")
