"""Lay the receptive fields of a network's layers over a picture, to scale: squares in squares."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import icons, labels, theme, vega
from figures.charts.places import xy

if TYPE_CHECKING:
    from figures.methods.fields.fields import LayerField, NetworkFields

WORDS_PX, _AWAY_PX, _LINE_PX, _LEAST_PX, _MOST, _DENSITY = 96, 12, 19, 5, 5, 2
_ROUND, _MARGIN = 1.6, 1.02
"""How many times the picture's side is drawn at most, for fields that reach beyond it."""
Row = dict[str, Any]


def draw(network: NetworkFields, picture: np.ndarray, *, name: str = "", side: int = 208, alt_text: str) -> Chart:
    """Draw squares round the middle of a picture (channel, side, side) in [0, 1], broken ones for effective fields.

    `name` stands above: charts of several networks then stand beside each other.
    """
    extent = _extent(network)
    scale, middle = side / extent, side / 2
    chosen = list(_told_apart(network, extent, scale))
    words = [_word(layer) for layer in chosen]
    rows = [row for place, layer in enumerate(chosen) for row in _squares(layer, place, scale, middle)]
    drawn = round(network.input_px * scale)
    uri = icons.uri(icons.pixels(picture[None])[0], side_px=_DENSITY * drawn, corner=0)
    image = alt.Chart(alt.Data(values=[{"x": middle, "y": middle, "url": uri}])).mark_image(width=drawn, height=drawn)
    layers = [image.encode(**xy(), url="url:N"), *_outlines(rows), *_words(_labels(chosen, words, scale, side))]
    drawing = alt.layer(*layers).properties(width=side + _AWAY_PX + labels.room(words, WORDS_PX), height=side)
    return vega.chart(drawing.properties(title=name), name="squares", alt=alt_text)


def _extent(network: NetworkFields) -> float:
    """Return how wide the drawing is in pixels of the picture: as the largest field that is not too far round it."""
    near = [layer.field_px for layer in network.layers if layer.field_px <= _ROUND * network.input_px]
    return float(max(network.input_px, *near, 0)) * _MARGIN


def _word(layer: LayerField) -> str:
    counts = f" ({layer.effective_px:.0f})" if math.isfinite(layer.effective_px) else ""
    return f"{layer.layer}  {layer.field_px} px{counts}"


def _told_apart(network: NetworkFields, extent: float, scale: float) -> Iterator[LayerField]:
    """Yield layers from the largest field that fits down, as far apart as lines of words are."""
    last = math.inf
    fitting = [layer for layer in network.layers if layer.field_px <= extent and layer.field_px * scale >= _LEAST_PX]
    count = 0
    for layer in sorted(fitting, key=lambda one: (-one.field_px, one.depth)):
        if count < _MOST and (last - layer.field_px) * scale / 2 >= _LINE_PX:
            yield layer
            last, count = layer.field_px, count + 1


def _squares(layer: LayerField, place: int, scale: float, middle: float) -> Iterator[Row]:
    for kind, px in (("receptive", float(layer.field_px)), ("effective", layer.effective_px)):
        if math.isfinite(px):
            half = px * scale / 2
            yield {
                "x": middle - half, "x2": middle + half, "y": middle - half, "y2": middle + half, "kind": kind,
                "layer": layer.layer, "px": round(px, 1), "colour": _colour(place),
            }  # fmt: skip


def _colour(place: int) -> str:
    return theme.SERIES[place % len(theme.SERIES)]


def _outlines(rows: list[Row]) -> Iterator[alt.Chart]:
    """Draw each square over a wider one in the colour of the paper, so that it is seen on any picture."""
    tip = [alt.Tooltip("layer:N"), alt.Tooltip("kind:N", title="field"), alt.Tooltip("px:Q", title="side, px")]
    for kind, dash in (("receptive", [1, 0]), ("effective", [4, 3])):
        own = [row for row in rows if row["kind"] == kind]
        if own:
            base = alt.Chart(alt.Data(values=own)).encode(**xy(), x2="x2:Q", y2="y2:Q")
            yield base.mark_rect(fill="transparent", stroke=theme.PAPER, strokeWidth=3.4, strokeOpacity=0.75)
            line = base.mark_rect(fill="transparent", strokeWidth=1.6, strokeDash=dash)
            yield line.encode(stroke=alt.Stroke("colour:N", scale=None), tooltip=tip)


def _labels(layers: list[LayerField], words: list[str], scale: float, side: int) -> list[Row]:
    """Give the words of each square the height of its upper edge."""
    rows = []
    for place, (layer, word) in enumerate(zip(layers, words, strict=True)):
        middle, half = side / 2, layer.field_px * scale / 2
        rows.append({
            "x": middle + half, "x2": side + _AWAY_PX - 4, "y": max(middle - half, 6), "colour": _colour(place),
            "word": word, "at": side + _AWAY_PX,
        })  # fmt: skip
    return rows


def _words(rows: list[Row]) -> Iterator[alt.Chart]:
    base = alt.Chart(alt.Data(values=rows))
    lead = base.mark_rule(strokeWidth=1, strokeDash=[1, 2]).encode(**xy(), x2="x2:Q")
    yield lead.encode(stroke=alt.Stroke("colour:N", scale=None))
    yield base.mark_text(align="left", baseline="middle", fontSize=12.5).encode(**xy("at", "y"), text="word:N")
