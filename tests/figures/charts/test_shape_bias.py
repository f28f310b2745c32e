"""The shape-bias chart puts every mark where its number says."""

from __future__ import annotations

import re
from types import SimpleNamespace

import pytest

from figures.charts import focus, shape_bias
from tests.figures.narrow_charts import holds_all


def row(observer, category, bias, coverage=0.8):
    ci95 = None if bias is None else (bias / 2, (1 + bias) / 2)
    return {"observer": observer, "category": category, "n": 30, "shape": 8, "texture": 2,
            "coverage": coverage, "bias": bias, "ci95": ci95}  # fmt: skip


ROWS = [
    row("net", "*", 0.7), row("net", "disc", 0.9), row("net", "star", 0.5), row("net", "arc", None, 0.0),
    row("other", "*", 0.2), row("other", "disc", 0.1), row("other", "star", 0.3), row("other", "arc", 0.2),
    row("humans", "*", 0.95), row("humans", "cat", 1.0), row("humans", "dog", 0.9),
]  # fmt: skip


@pytest.fixture(scope="module")
def chart():
    return shape_bias.draw([SimpleNamespace(**each) for each in ROWS], name="b", alt_text="bias")


def values(chart, *needed) -> list[dict]:
    found = [data["values"] for data in chart.spec["data"] if "values" in data]
    return [row for table in found if table and set(needed) <= set(table[0]) for row in table]


def test_marks_stand_at_one_minus_the_bias(chart):
    marks = {(r["observer"], r["category"]): r["x"] for r in values(chart, "observer", "lane") if r["x"] is not None}
    assert marks["net", "disc"] == pytest.approx(0.1)
    assert marks["other", "star"] == pytest.approx(0.7)
    assert ("net", "arc") not in marks


def test_observers_with_other_categories_have_rows_of_their_own():
    groups = shape_bias._groups(ROWS, ["net", "other", "humans"])
    assert groups == [["arc", "star", "disc"], ["dog", "cat"]]


def test_rows_are_in_the_order_of_people_where_there_are_some():
    same = [row("net", "*", 0.5), row("net", "a", 0.2), row("net", "b", 0.8),
            row("humans", "*", 0.9), row("humans", "a", 0.99), row("humans", "b", 0.9)]  # fmt: skip
    assert shape_bias._groups(same, ["net", "humans"]) == [["b", "a"]]


def test_pooled_lines_run_through_the_rows_of_their_group_only(chart):
    lines = {r["observer"]: (r["category"], r["last"], r["x"]) for r in values(chart, "observer", "last")}
    assert lines["net"] == ("arc", "disc", pytest.approx(0.3))
    assert lines["humans"] == ("dog", "cat", pytest.approx(0.05))


def test_coverage_is_drawn_where_the_bias_is_undefined_too(chart):
    bars = [r for r in values(chart, "observer", "lane") if (r["observer"], r["category"]) == ("net", "arc")]
    assert bars
    assert bars[0]["coverage"] == 0


def test_observers_differ_in_colour_and_in_shape(chart):
    scales = {scale["name"]: scale for scale in chart.spec["scales"]}
    assert len(set(scales["color"]["range"])) == len(set(scales["shape"]["range"])) == 3
    assert scales["color"]["domain"] == scales["shape"]["domain"]


def test_both_axes_say_what_they_count(chart):
    assert holds_all(chart)
    words = re.findall(r"<text[^>]*>([^<]+)</text>", chart.svg)
    assert {"texture decisions →", "← shape decisions", "answers that follow a cue"} <= set(words)
    assert "net · 70% shape" in words


def test_the_pointer_isolates_an_observer(chart):
    pointed = next(signal for signal in chart.spec["signals"] if signal["name"] == "pointed")
    watched = {on["events"].removeprefix("@").split(":")[0] for on in pointed["on"]}
    names = {mark.get("name") for group in chart.spec["marks"] for mark in group.get("marks", [])}
    assert len(watched) == 2
    assert watched <= names


def test_wiring_a_chart_that_is_not_drawn_is_an_error(chart):
    with pytest.raises(KeyError, match="no chart named 'bars'"):
        focus.interactive(dict(chart.spec), pointed={"bars": "observer"})


def test_lanes_keep_equal_values_apart():
    lanes = shape_bias._lanes(ROWS, [["arc", "star", "disc"], ["dog", "cat"]])
    assert lanes == {"net": -0.5, "other": 0.5, "humans": 0.0}


def test_an_observer_without_any_decision_is_drawn_without_a_line():
    rows = [SimpleNamespace(**row("net", category, None, 0.0)) for category in ("*", "disc")]
    chart = shape_bias.draw(rows, name="b", alt_text="a")
    assert "net · no bias" in chart.svg


def test_a_legend_of_long_names_has_fewer_columns() -> None:
    assert shape_bias._columns(["glyphs · 90% shape", "net · no bias"], shape_bias.LEGEND_PX) == 3
    assert shape_bias._columns(["torchvision/resnet18@none · no bias"], shape_bias.LEGEND_PX) == 2
    assert shape_bias._columns(["a" * 200], shape_bias.LEGEND_PX) == 1
