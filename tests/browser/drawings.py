"""Charts of all kinds: every one of the library on made-up numbers, and what an author may draw beside them."""

from __future__ import annotations

import math
from types import SimpleNamespace

import altair as alt
import numpy as np

from figures.artifact import Chart
from figures.charts import (
    ablation,
    accuracy_by_cue,
    answer_cards,
    bias_boxes,
    building_blocks,
    channel_flow,
    class_comparison,
    combing,
    confusion,
    csv_chart,
    cue_conflict,
    curve_families,
    curve_units,
    deletion_curves,
    diagram,
    dimensionality,
    dissection,
    distribution,
    embedding,
    equivariance,
    error_consistency,
    field_accuracy,
    field_growth,
    field_squares,
    heatmap,
    icons,
    linear_probes,
    network_boxes,
    outlines,
    panels,
    patch_test,
    radial,
    radial_rows,
    ridges,
    robustness,
    shape_bias,
    stackplot,
    stimulus_grid,
    tile_shuffle,
    top_answers,
    toy_network,
    tuning_curves,
    unit_pairs,
    vega_lite,
)
from figures.methods.combing import Combing, Strokes
from figures.methods.csv_data import Lines
from figures.methods.distribution import Tail
from figures.methods.observers.consistency import Agreement
from figures.methods.observers.spread import Spread
from figures.methods.rates import Rate
from figures.methods.toy_network import toy_network as toys
from tests.browser import sample
from tests.figures import blocks, embedded_records, evidence_records, family_records, label_stacks, seen_fields, walked
from tests.figures.ablated_units import ablated
from tests.figures.answered import answered
from tests.figures.conflicting import accuracies, conflicting
from tests.figures.dissected_units import dissected
from tests.figures.probed import probes, stages
from tests.figures.salient import salient

ANGLES = [10.0, 95.0, 200.0, math.nan]
NAMES = [f"mixed3b:{i}" for i in range(4)]
PICTURES = [icons.uri(np.full((8, 8, 3), 12 * i, np.uint8), side_px=16) for i in range(18)]


def responses(heights: tuple[float, ...] = (4.0, 2.0, 1.0, 0.0), turns: int = 360) -> np.ndarray:
    angle = np.radians(np.arange(turns) * 360 / turns - np.nan_to_num(np.array(ANGLES))[:, None])
    return np.array(heights)[:, None] * np.maximum(np.cos(angle), 0) ** 4


def circle() -> Chart:
    return radial.draw(responses(turns=720), ANGLES, NAMES, PICTURES[:4], size=300, name="radial", alt_text="A")


def curves() -> Chart:
    return tuning_curves.draw(responses(), ANGLES, NAMES, PICTURES, name="tuning", alt_text="A")


def strips() -> Chart:
    cells = np.stack([responses(turns=36), responses(turns=36) / 2], axis=2)
    family = panels.Strips(cells, np.array([[6.0, 80.0]] * 4), PICTURES)
    return heatmap.draw([family], NAMES, name="heat", alt_text="A")


LOOK = outlines.Look(
    {"6": "M-20,-20L20,0L-20,20Z", "80": "M-8,-40L8,0L-8,40Z"}, pairs=(("#101010", "#fafafa"), ("#aa2211", "#bbddff")),
    turn=0.1234,
)  # fmt: skip
CARD = answer_cards.Card(np.zeros((3, 8, 8)), "A", [answer_cards.Answer("cat", 0.7, "✓")])
PAINTED = outlines.Look(pictures={"6": PICTURES[:6], "80": PICTURES[6:12]})


def cells() -> Chart:
    """Two families side by side, of which one is drawn by pictures; a click on a cell enlarges it."""
    many = np.stack([responses(), responses() / 2], axis=2)
    values = np.array([[6.0, 80.0]] * 4)
    families = [panels.Strips(many, values, PICTURES, "arcs", look=LOOK, words="thin arcs"),
                panels.Strips(many / 2, values, PICTURES, "fog", "depth", "°", PAINTED)]  # fmt: skip
    ideals = [(angle, LOOK.paths["6"], f"it likes {angle}") for angle in np.nan_to_num(ANGLES).tolist()]
    return heatmap.draw(families, NAMES, name="cells", alt_text="A", ideals=ideals)


def grid(look: outlines.Look = LOOK) -> Chart:
    many = np.stack([responses(turns=12)[0], responses(turns=12)[1]], axis=1)
    return stimulus_grid.draw(many, [6.0, 80.0], look, second="radius", unit="px", name="grid", alt_text="A")


def combs() -> Chart:
    changes = np.stack([[np.array([0.0, -1.0, -2.0]) * i, np.array([0.0, 0.5, -0.5]) * i] for i in range(1, 4)])
    lengths, spacings = np.array([[0.0, 3.0, 6.0]] * 3), np.array([[4.0, 8.0]] * 3)
    seen = Combing(tuple(NAMES[:3]), changes, np.ones(3), np.zeros(3), np.ones(3), lengths, spacings)
    strokes = Strokes(np.full((3, 3, 16, 16), 0.5), np.full((2, 3, 16, 16), 0.2))
    return combing.draw(seen, strokes, name="combs", alt_text="A")


def layers() -> Chart:
    marks = {"a": ([1, 2], [20.0, 200.0], [30.0, 44.0]), "b": ([7], [90.0], [51.0]), "c": ([], [], [])}
    families = [
        SimpleNamespace(
            network=network, units=units, layer_units=256, names=[f"mixed3b:{unit}" for unit in units],
            preferred_deg=np.array(angles), half_width_deg=np.array(halves),
        )
        for network, (units, angles, halves) in marks.items()
    ]  # fmt: skip
    return curve_units.draw(families, name="units", alt_text="A")


def densities() -> Chart:
    edges = np.arange(-6, 11) * 0.5
    density = np.exp(-np.abs(edges[:-1] - 0.3)) * (edges[:-1] != -2)
    tails = {"positive": Tail(0.5, 4.0, 1.0, 0.0, 0.99)}
    seen = SimpleNamespace(edges=edges, density=density, tails=tails)
    return distribution.draw(seen, heading="1 in 6", name="d", alt_text="A")


def biases() -> Chart:
    rows = [
        {"observer": observer, "category": category, "n": 30, "shape": 8, "texture": 2, "coverage": 0.8,
         "bias": bias, "ci95": (bias / 2, (1 + bias) / 2)}
        for observer, shift in (("net", 0.0), ("humans", 0.3))
        for category, bias in (("*", 0.2 + shift), ("disc", 0.4 + shift), ("star", 0.1 + shift))
    ]  # fmt: skip
    return shape_bias.draw([SimpleNamespace(**row) for row in rows], name="b", alt_text="A")


def spreads() -> Chart:
    boxes = [Spread("net", 0.1, 0.2, 0.3, 0.4, 0.5, (("disc", 0.9),)), Spread("humans", 0.8, 0.9, 0.95, 1.0, 1.0, ())]
    pooled = [SimpleNamespace(observer="net", bias=0.3), SimpleNamespace(observer="humans", bias=0.95)]
    return bias_boxes.draw(boxes, pooled, [SimpleNamespace(observer="s1", bias=0.9)], alt_text="A")


def errors() -> Chart:
    pairs = [("a", "b", 0.7), ("a", "c", -0.3), ("b", "c", None)]
    agreements = [Agreement(*names, 9, (0.5, 0.6), 0.6, 0.5, value, value and (value - 0.1, value + 0.1))
                  for *names, value in pairs]  # fmt: skip
    return error_consistency.draw(agreements, alt_text="A")


def family() -> Chart:
    rows = [
        ridges.Ridge(name, np.stack([curve, curve / 2]), curve, angle, angle, PICTURES[3])
        for name, curve, angle in zip(NAMES, responses(turns=36), (0.0, 90.0, 180.0, np.nan), strict=True)
    ]
    return ridges.draw(rows, title="angle", name="r", alt_text="A")


def rings() -> Chart:
    many = [radial_rows.Ring(responses(turns=72)[:3], ANGLES[:3], [f"{layer}:{i}" for i in range(3)], (layer, "three"))
            for layer in ("a", "b", "c")]  # fmt: skip
    return radial_rows.draw(many, size=120, columns=2, name="rows", alt_text="A")


def boxes() -> Chart:
    several = [diagram.Box(name, 4**i, 64 // 2**i, (name, f"{4**i}"), "a layer", i == 2, False, (0.3,), (0.5, 0.7))
               for i, name in enumerate("abcd")]  # fmt: skip
    edges = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d"), ("a", "d")]
    return diagram.draw(several, edges, columns=2, name="net", alt_text="A")


def turned() -> Chart:
    curves = responses(turns=72)[:3]
    tuning = SimpleNamespace(summary=SimpleNamespace(preferred_deg=np.array(ANGLES[:3])))
    seen = SimpleNamespace(turned=curves, units=NAMES[:3], seen=tuning)
    return equivariance.draw(seen, name="turned", alt_text="A")


def compared() -> Chart:
    values = np.array([[1.0, -0.4], [np.nan, 1.0]])
    return equivariance.matrix(values, ("a", "b"), title="M", rows="one", columns="other", name="matrix", alt_text="A")


def confusions() -> Chart:
    counts = np.array([[8.0, 2.0], [1.0, 0.0]])
    return confusion.draw(("a", "b"), counts, rows="one", columns="other", name="c", alt_text="A")


def stack(show: str) -> Chart:
    heights = np.random.default_rng(0).random((3, 9))
    edges = np.arange(-4, 6) * 0.5
    crops = np.array([4, 4, 0, 4, 4, 0, 0, 2, 1])
    shares = heights / heights.sum(axis=0) * (crops > 0)
    stacked = label_stacks.stack(shares, edges, crops, names=("curve", "unrelated", "opposing"))
    return stackplot.draw(stacked, show=show, name="s", alt_text="A")


READINGS = Lines((1, 2, 1, 2), (1.0, 2.0, 3.0, 4.0), ("a", "a", "b", "b"), ("",) * 4, ((0.9, 1.1),) * 4, "number")
LIBRARY = {
    "radial": circle, "tuning_curves": curves, "heatmap": strips, "zoom": cells, "combing": combs,
    "stimulus_grid": grid, "stimulus_grid, pictures": lambda: grid(PAINTED), "curve_units": layers,
    "distribution": densities, "shape_bias": biases, "bias_boxes": spreads, "error_consistency": errors, "stackplot": lambda: stack("proportion"),
    "stackplot, expected value": lambda: stack("expected-value"), "ridges": family, "radial_rows": rings, "diagram": boxes,
    "equivariance": turned, "equivariance, matrix": compared, "confusion": confusions,
    "curve_families": lambda: curve_families.draw([family_records.curve_family()]),
    "network_boxes": lambda: network_boxes.draw(family_records.network_diagram(), alt_text="A"),
    "deletion_curves": lambda: deletion_curves.draw(salient(), axis="probability", alt_text="A"),
    "embedding": lambda: embedding.draw(embedded_records.embedded(), alt_text="A"),
    "class_comparison": lambda: class_comparison.draw(embedded_records.compared(), alt_text="A"),
    "csv_chart": lambda: csv_chart.draw(READINGS, csv_chart.Look("line", "x", "y", "who"), alt_text="A"),
    "vega_lite": lambda: vega_lite.draw(POINTS.mark_point().encode(x="a:Q", y="b:Q", tooltip="c:N").to_dict(), alt_text="A"),
    "patch_test": lambda: patch_test.rates(embedded_records.patched(), alt_text="A"),
    "field_accuracy": lambda: field_accuracy.draw(evidence_records.bag(), alt_text="A"),
    "tile_shuffle": lambda: tile_shuffle.lines(evidence_records.shuffled(), alt_text="A"),
    "ablation": lambda: ablation.draw(ablated(), count=3, done="taken out", alt_text="A"),
    "ablation, doses": lambda: ablation.doses(ablated(5, (1.0, 2.0)), alt_text="A")[0],
    "dissection": lambda: dissection.draw(dissected(), alt_text="A"),
    "toy_network": lambda: toy_network.draw(toys((3, 2, 1)), alt_text="A"),
    "unit_pairs": lambda: unit_pairs.draw(walked.edge(), alt_text="A"),
    "field_growth": lambda: field_growth.draw(seen_fields.seen(), alt_text="A"),
    "field_growth, accuracy": lambda: field_growth.accuracy(
        seen_fields.seen(seen_fields.network(tested=Rate(9, 10)), seen_fields.network("b", tested=Rate(5, 10))), alt_text="A"
    ),
    "field_squares": lambda: field_squares.draw(
        seen_fields.network(), np.full((3, 16, 16), 0.5, np.float32), name="net", alt_text="A"
    ),
    "robustness": lambda: robustness.draw(seen_fields.curves(), alt_text="A"),
    "top_answers": lambda: top_answers.draw(answered(), alt_text="A"),
    "accuracy_by_cue": lambda: accuracy_by_cue.draw(accuracies(), alt_text="A"),
    "cue_conflict": lambda: cue_conflict.rows(conflicting(), alt_text="A"),
    "answer_cards": lambda: answer_cards.draw([[CARD]], alt_text="A"),
    "building_blocks": lambda: building_blocks.draw(blocks.blocks(), alt_text="A"),
    "channel_flow": lambda: channel_flow.draw(blocks.channel_flow(), alt_text="A"),
    "linear_probes": lambda: linear_probes.draw(probes(), alt_text="A"),
    "dimensionality": lambda: dimensionality.draw(stages(), over="layers", bounds=(0.155, 0.422), alt_text="A")[0],
    "dimensionality, units": lambda: dimensionality.scatter(
        stages().of("net", "b.c"), least=0.2, name="units", alt_text="A"
    ),
    "sample lines": lambda: sample.lines().parts[0], "sample bars": lambda: sample.bars().parts[0],
}  # fmt: skip

ROWS = [
    {"a": i % 7 + 0.5, "b": (i * 37 % 23) / 5 - 2, "c": "xyz"[i % 3], "t": f"2026-{i % 12 + 1:02d}-{i % 28 + 1:02d}"}
    for i in range(60)
]
POINTS = alt.Chart(alt.Data(values=ROWS)).mark_point().encode(x="a:Q", y="b:Q", color="c:N", tooltip=["a:Q", "c:N"])
PATCH = {
    "type": "Feature", "properties": {"n": 3},
    "geometry": {"type": "Polygon", "coordinates": [[[0, 0], [0, 40], [30, 50], [40, 10], [0, 0]]]},
}  # fmt: skip


def brushed() -> alt.HConcatChart:
    brush = alt.selection_interval(encodings=["x"], value={"x": [1, 4]})
    bars = alt.Chart(alt.Data(values=ROWS)).mark_bar().encode(x="count()", y="c:N").transform_filter(brush)
    return POINTS.add_params(brush) | bars


def nearest() -> alt.LayerChart:
    hover = alt.selection_point(on="pointerover", nearest=True, fields=["a"], empty=False)
    size = alt.condition(hover, alt.value(200), alt.value(20))
    return POINTS.encode(size=size).add_params(hover) + POINTS.mark_rule().transform_filter(hover)


def listed() -> alt.Chart:
    chosen = alt.selection_point(fields=["c"], bind="legend")
    return POINTS.encode(opacity=alt.condition(chosen, alt.value(1), alt.value(0.2))).add_params(chosen)


def dated() -> alt.Chart:
    line = alt.Chart(alt.Data(values=ROWS)).mark_area(interpolate="monotone")
    axis = alt.Axis(labelExpr="datum.index % 2 ? upper(timeFormat(datum.value, '%b')) : '' + month(datum.value)")
    return line.encode(x=alt.X("month(t):T", axis=axis), y=alt.Y("mean(b):Q", stack="center"), color="c:N")


def lensed() -> alt.Chart:
    knob = alt.param(name="knob", value=2, bind=alt.binding_range(min=1, max=9))
    far = POINTS.transform_calculate(b="clamp(datum.b * knob, -5, 5)", d="if(datum.c === 'x', null, pow(datum.a, 2))")
    scaled = far.encode(size=alt.Size("d:Q", scale=alt.Scale(type="sqrt")), y=alt.Y("b:Q", scale={"type": "symlog"}))
    return scaled.add_params(knob).interactive()


# What an author may draw beside the library: each needs other expressions, transforms and signals.
OTHERS = {
    "brush": brushed, "nearest": nearest, "legend": listed, "dates": dated, "slider and zoom": lensed,
    "boxplot": lambda: POINTS.mark_boxplot().encode(x="c:N"),
    "regression": lambda: POINTS + POINTS.transform_regression("a", "b").mark_line(),
    "loess": lambda: POINTS.transform_loess("a", "b", groupby=["c"]).mark_line(),
    "window": lambda: POINTS.transform_window(r="rank()", sort=[alt.SortField("b")]).encode(y="r:O").mark_text(text="•"),
    "facets": lambda: POINTS.encode(column="c:N").resolve_scale(y="independent").properties(width=80),
    "pie": lambda: alt.Chart(alt.Data(values=ROWS)).mark_arc(innerRadius=20).encode(theta="count()", color="c:N"),
    "bins": lambda: POINTS.mark_rect().encode(x=alt.X("a:Q", bin=True), y=alt.Y("b:Q", bin=True), color="count()"),
    "map": lambda: alt.Chart(alt.Data(values=[PATCH])).mark_geoshape().project("mercator").encode(color="properties.n:Q"),
    "rounded bars": lambda: POINTS.mark_bar(cornerRadiusEnd=4).encode(x="c:N", y="min(b):Q", y2="max(b):Q"),
    "trail": lambda: POINTS.mark_trail().encode(size="a:Q", order="t:T"),
    "conditions": lambda: POINTS.mark_text().encode(
        text=alt.condition("datum.b > 1 && test(/X/i, datum.c)", alt.value("high"), "b:Q", format=".1f")
    ),
}  # fmt: skip

# Vega itself can be asked for more than Vega-Lite does: boxes by their middle or far end, signals that copy
# signals, patterns that remember, sets of marks' properties chosen by an event, data changed by a trigger.
RAW = {
    "width": 300, "height": 200, "padding": 5,
    "signals": [
        {"name": "far", "value": 20, "on": [{"events": "pointermove", "update": "clamp(x() / 4 + y(), 5, 90)"}]},
        {"name": "copied", "value": 0, "on": [{"events": {"signal": "far"}, "update": {"signal": "far"}}]},
        {"name": "shown", "value": None, "on": [
            {"events": "@boxes:pointerover", "update": "{key: datum.k, in: inScope(item()), at: xy(group())}"},
            {"events": "@boxes:click[event.shiftKey || event.type === 'click']", "update": "item().mark.name"},
            {"events": "@boxes:pointerout", "encode": "hover"},
        ]},
    ],
    "data": [
        {"name": "words", "values": [{"k": "banana", "v": 30}, {"k": "ananas", "v": 80}, {"k": "naan", "v": 120}],
         "transform": [{"type": "formula", "as": "odd", "expr": "test(/an/g, datum.k) ? datum.v : -datum.v"}],
         "on": [{"trigger": "shown", "modify": "data('words')[0]", "values": "{v: 45 + far}"}]},
    ],
    "scales": [{"name": "hue", "type": "linear", "domain": [0, 120], "range": ["#123", "#fc8"]}],
    "marks": [
        {"type": "rect", "name": "boxes", "from": {"data": "words"}, "encode": {
            "enter": {"tooltip": {"signal": "datum"}},
            "update": {"xc": {"field": "v"}, "width": {"signal": "copied + 8"}, "yc": {"signal": "100 - datum.odd / 4"},
                       "height": {"value": 30}, "fill": {"gradient": "hue"}, "opacity": {"value": 0.7}},
            "hover": {"fill": {"scale": "hue", "field": "v"}, "cornerRadius": {"signal": "far / 9"}},
        }},
        {"type": "rect", "from": {"data": "words"}, "encode": {
            "update": {"x2": {"field": "v", "offset": 60}, "width": {"value": 12}, "y2": {"value": 40, "mult": 2},
                       "height": {"signal": "far"}, "stroke": {"value": "red"}},
        }},
        {"type": "rule", "encode": {"update": {"x": {"value": 200}, "x2": {"value": 20}, "y": {"value": 150},
                                               "y2": {"value": 160}, "stroke": {"value": "#000"}}}},
    ],
}  # fmt: skip
