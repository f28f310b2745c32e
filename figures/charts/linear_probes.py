"""Draw how well shape and texture can be read from the layers of networks: a panel a network, a line a cue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, theme, vega

if TYPE_CHECKING:
    from figures.methods.probes.linear_probes import LinearProbes

CUES = ("shape", "texture")
COLOURS = {"shape": theme.SERIES[1], "texture": theme.SERIES[0]}
DASHES = {"as trained": [1, 0], "untrained": [5, 3], "raw pixels": [1, 4]}
WIDTH, NARROW, HEIGHT = 520, 272, 220
_TITLE = "accuracy, unseen exemplars"
_CUES = alt.Legend(title=None, symbolType="circle", symbolOpacity=1)
_LEGEND = alt.Legend(
    title=None, symbolType="stroke", symbolStrokeWidth=2.5, symbolSize=300, symbolStrokeColor=theme.QUIET
)
_PER_ROW = 2
_LEVEL = 8
"""How many names of layers stand level beside each other in a wide panel."""


def draw(seen: LinearProbes, *, name: str = "probes", alt_text: str) -> Chart:
    """Draw accuracy against depth, with a band over folds, untrained networks and pixels broken, chance as a rule."""
    wide = _panels(seen, NARROW, _PER_ROW) if len(seen.layers) > 1 else _panels(seen, WIDTH, 1)
    pointed = {f"dots{place}": "cue" for place in range(len(seen.layers))}
    narrow = _panels(seen, NARROW, 1)
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text, pointed=pointed)


def _panels(seen: LinearProbes, width: int, across: int) -> alt.ConcatChart:
    panels = [_panel(seen, network, width, place) for place, network in enumerate(seen.layers)]
    drawing = alt.concat(*panels, columns=across, spacing=22)
    return drawing.resolve_scale(fill="shared", strokeDash="shared").add_params(*focus.parameters())


def _panel(seen: LinearProbes, network: str, width: int, place: int) -> alt.LayerChart | alt.FacetChart:
    layers = list(seen.layers[network])
    data = alt.Data(values=_rows(seen, network))
    x = alt.X("layer:N", sort=layers, title=None, scale=alt.Scale(type="point", padding=0.3), axis=_axis(layers, width))
    y = alt.Y("accuracy:Q", title=_TITLE, scale=alt.Scale(domain=[0, 1]),
              axis=alt.Axis(format=".0%", tickCount=5))  # fmt: skip
    colour = alt.Stroke("cue:N", sort=list(CUES), scale=_scale(COLOURS), legend=None)
    fill = alt.Fill("cue:N", sort=list(CUES), scale=_scale(COLOURS), legend=_CUES)
    dash = alt.StrokeDash("from:N", sort=list(DASHES), scale=_scale(_dashes(seen)), legend=_LEGEND)
    base = alt.Chart(data)
    trained = base.transform_filter("datum.from === 'as trained'")
    shown = focus.opacity("cue", "from")
    band = trained.mark_area(line=False).encode(
        x, alt.Y("low:Q", title=_TITLE), alt.Y2("high:Q"), fill=fill, opacity=focus.opacity("cue", "from", shown=0.16)
    )
    lines = base.mark_line(strokeWidth=2).encode(x, y, colour, dash, detail="cue:N", opacity=shown)
    dots = (
        trained.mark_circle(size=46)
        .encode(x, y, fill=fill, opacity=shown, tooltip=_tips())
        .properties(name=f"dots{place}")
    )
    title = {"title": alt.TitleParams(network)} if len(seen.layers) > 1 else {}
    return alt.layer(*_chance(seen, layers[-1], x), band, lines, dots, width=width, height=HEIGHT, **title)


def _axis(layers: list[str], width: int) -> alt.Axis:
    level = len(layers) * width <= _LEVEL * WIDTH and len(layers) <= _LEVEL * width / WIDTH + 1
    return alt.Axis(labelAngle=0 if level else -45, labelOverlap=False, grid=False)


def _scale(of: dict[str, Any]) -> alt.Scale:
    return alt.Scale(domain=list(of), range=list(of.values()))


def _dashes(seen: LinearProbes) -> dict[str, list[int]]:
    return {word: dash for word, dash in DASHES.items() if seen.controlled or word != "untrained"}


def _tips() -> list[alt.Tooltip]:
    titles = {"accuracy": "accuracy", "low": "lowest fold", "high": "highest fold"}
    shares = [alt.Tooltip(f"{name}:Q", title=title, format=".1%") for name, title in titles.items()]
    return [alt.Tooltip("layer:N"), alt.Tooltip("cue:N"), *shares, alt.Tooltip("numbers:Q", title="numbers a picture")]


def _chance(seen: LinearProbes, last: str, x: alt.X) -> list[alt.Chart]:
    """Draw a rule at each chance, with a word at its end."""
    rows = [{"accuracy": chance, "layer": last, "word": "chance"} for chance in sorted(set(seen.chance.values()))]
    base, y = alt.Chart(alt.Data(values=rows)), alt.Y("accuracy:Q", title=_TITLE)
    word = base.mark_text(align="right", baseline="top", dy=3, fontSize=12, fill=theme.QUIET)
    return [base.mark_rule(stroke=theme.QUIET, strokeWidth=1).encode(y), word.encode(x, y, text="word:N")]


def _rows(seen: LinearProbes, network: str) -> list[dict[str, Any]]:
    rows = [
        {"layer": one.layer, "cue": one.cue, "from": one.state, "accuracy": _short(one.mean), "numbers": one.numbers,
         "low": _short(one.ends[0]), "high": _short(one.ends[1])}
        for one in seen.readings if one.network == network
    ]  # fmt: skip
    return rows + [
        {"layer": layer, "cue": one.cue, "from": "raw pixels", "accuracy": _short(one.mean)}
        for one in seen.raw
        for layer in seen.layers[network]
    ]


def _short(value: float) -> float:
    return float(f"{value:.4g}")
