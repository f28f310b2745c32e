"""Draw a small network unit by unit: circles that stand out as much as they answer, lines as wide as their weights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from figures.artifact import Chart
from figures.charts import focus, theme, vega
from figures.charts.places import xy

if TYPE_CHECKING:
    from figures.methods.toy_network import ToyNetwork

WIDTH = 460
STEP_PX, RADIUS_PX, FOOT_PX, FOOT_LETTERS_PX, WIDEST_PX = 56, 15, 34, 13, 7.0
FOR, AGAINST = theme.SERIES[0], theme.SERIES[1]

Row = dict[str, Any]


def draw(seen: ToyNetwork, *, name: str = "toy-network", alt_text: str) -> Chart:
    """Draw layers from left to right; pointing at a unit fades the lines that do not end there."""
    wide, narrow = _drawing(seen, WIDTH), _drawing(seen, theme.NARROW_WITHIN_PX)
    return vega.chart(wide, narrow=narrow, name=name, alt=alt_text, pointed={"units": "u", "lines": "to"})


def _drawing(seen: ToyNetwork, wide: float) -> alt.LayerChart | alt.FacetChart:
    tall = max(seen.sizes) * STEP_PX
    units = [_unit(seen, layer, at, (wide, tall)) for layer, size in enumerate(seen.sizes) for at in range(size)]
    lines = alt.Chart(alt.Data(values=_lines(seen, {row["u"]: row for row in units})), name="lines")
    drawing = alt.layer(_ruled(lines), _circles(units), _feet(seen, units, tall)).add_params(*focus.parameters())
    return drawing.properties(width=wide, height=tall + FOOT_PX)


def _unit(seen: ToyNetwork, layer: int, at: int, size: tuple[float, float]) -> Row:
    """Place a unit: layers lie evenly from left to right, the units of each in the middle of the height."""
    wide, tall = size
    across = RADIUS_PX * 2 + (wide - RADIUS_PX * 4) * layer / (len(seen.sizes) - 1)
    down = tall / 2 + (at - (seen.sizes[layer] - 1) / 2) * STEP_PX
    largest = float(abs(seen.answers[layer]).max()) or 1.0
    answer = float(seen.answers[layer][at])
    return {"u": f"{seen.names[layer]}:{at}", "x": across, "y": down, "answer": answer, "fill": abs(answer) / largest}


def _lines(seen: ToyNetwork, units: dict[str, Row]) -> list[Row]:
    """Describe every connection, the widest first, so that narrow ones lie above."""
    largest = max(float(abs(weights).max()) for weights in seen.weights) or 1.0
    rows = []
    for layer, below, above, weight in sorted(seen.edges(), key=lambda edge: -abs(edge[3])):
        low, high = units[f"{seen.names[layer]}:{below}"], units[f"{seen.names[layer + 1]}:{above}"]
        rows.append({
            "from": low["u"], "to": high["u"], "weight": weight, "x": low["x"], "y": low["y"], "x2": high["x"],
            "y2": high["y"], "wide": 0.6 + WIDEST_PX * abs(weight) / largest, "colour": FOR if weight > 0 else AGAINST,
        })  # fmt: skip
    return rows


def _ruled(lines: alt.Chart) -> alt.Chart:
    tip = [alt.Tooltip("from:N"), alt.Tooltip("to:N"), alt.Tooltip("weight:Q", format="+.2f")]
    return lines.mark_rule(strokeWidth=alt.ExprRef("datum.wide")).encode(
        **xy(), x2="x2:Q", y2="y2:Q", stroke=alt.Stroke("colour:N", scale=None, legend=None), tooltip=tip,
        opacity=focus.opacity("from", "to", shown=0.75),
    )  # fmt: skip


def _circles(units: list[Row]) -> alt.LayerChart | alt.FacetChart:
    tip = [alt.Tooltip("u:N", title="unit"), alt.Tooltip("answer:Q", title="answers", format=".2f")]
    circles = alt.Chart(alt.Data(values=units)).mark_circle(size=4 * RADIUS_PX**2, opacity=1).encode(**xy())
    ground = circles.encode(fill=alt.value(theme.PAPER), stroke=alt.value(theme.QUIET))
    answer = circles.encode(
        fill=alt.value(theme.QUIET), fillOpacity=alt.FillOpacity("fill:Q", scale=None, legend=None), tooltip=tip
    )
    return alt.layer(ground, answer.properties(name="units"))


def _feet(seen: ToyNetwork, units: list[Row], tall: int) -> alt.Chart:
    across = {row["u"].partition(":")[0]: row["x"] for row in units}
    rows = [{"x": across[name], "y": tall + FOOT_PX / 2, "name": name} for name in seen.names]
    mark = alt.Chart(alt.Data(values=rows)).mark_text(baseline="middle", fontSize=FOOT_LETTERS_PX, fill=theme.QUIET)
    return mark.encode(**xy(), text="name:N")
