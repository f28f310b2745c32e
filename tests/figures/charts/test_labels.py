"""A layer that all units of a chart share, and that has no room in their names, is told once."""

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from figures.artifact import Chart
from figures.charts import combing, equivariance, heatmap, labels, portraits, radial, radial_rows, ridges
from figures.charts.panels import Strips
from figures.methods.combing import Combing, Strokes

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records

from tests.figures.reached import reached

LONG = tuple(f"block7.depthwise:{index}" for index in (3, 391, 17))
MIXED = ("block7.depthwise:3", "block3:391", "stem:17")
ANGLES = (10.0, 130.0, 250.0)


def combed(names: tuple[str, ...]) -> Chart:
    ones, lines = np.ones(3), np.zeros((3, 2, 3))
    seen = Combing(names, lines, ones, 0 * ones, 9 * ones, np.tile([0.0, 2, 4], (3, 1)), np.tile([3.0, 6], (3, 1)))
    return combing.draw(seen, Strokes(np.zeros((3, 3, 8, 8)), np.ones((2, 3, 8, 8))), alt_text="A")


def heated(names: tuple[str, ...]) -> Chart:
    responses = np.ones((3, 36, 2))
    return heatmap.draw([Strips(responses, np.array([[6.0, 12.0]] * 3), [""] * 18)], names, name="h", alt_text="A")


def ridged(names: tuple[str, ...]) -> Chart:
    return ridges.draw(ridges.rows(replace(records.joint_tuning(), units=names)), title="x", alt_text="A")


CHARTS: dict[str, Callable[[tuple[str, ...]], Chart]] = {
    "radial": lambda names: radial.draw(records.bells(ANGLES), ANGLES, names, [""] * 3, alt_text="A"),
    "multiples": lambda names: radial_rows.each(records.bells(ANGLES), ANGLES, names),
    "combing": combed,
    "heatmap": heated,
    "ridges": ridged,
}


def words(chart: Chart) -> set[str]:
    return set(re.findall(r">([^<>]+)</text>", chart.svg))


def test_only_a_long_name_of_a_layer_that_several_units_share_is_left_out() -> None:
    assert labels.short(LONG) == ["3", "391", "17"]
    assert labels.heading(LONG) == "Units of block7.depthwise"
    for whole in (MIXED, LONG[:1], ("mixed3b:3", "mixed3b:17"), ()):
        assert labels.short(whole) == list(whole)
        assert labels.heading(whole) == ""
    assert labels.short(("mixed3b:3", "mixed3b:17"), crowded=True) == ["3", "17"]


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_a_chart_tells_the_layer_above_it_and_only_numbers_in_it(draw: Callable) -> None:
    chart = draw(LONG)
    assert {"3", "391", "17"} <= words(chart)
    assert not words(chart) & set(LONG)
    assert chart.title == "Units of block7.depthwise"


@pytest.mark.parametrize("draw", CHARTS.values(), ids=CHARTS)
def test_units_of_several_layers_keep_their_names(draw: Callable) -> None:
    chart = draw(MIXED)
    assert set(MIXED) <= words(chart)
    assert chart.title == ""


def test_a_matrix_tells_the_layer_beside_it() -> None:
    chart = equivariance.matrix(np.eye(3), LONG, title="t", rows="curve of", columns="and of", name="m")
    assert {"3", "391", "17", "curve of block7.depthwise", "and of block7.depthwise"} <= words(chart)
    assert set(MIXED) <= words(equivariance.matrix(np.eye(3), MIXED, title="t", rows="r", columns="c", name="m"))


def test_strips_begin_right_of_the_longest_name() -> None:
    assert heatmap._left(LONG) == heatmap._LEFT
    assert heatmap._left(MIXED) > labels.LETTER_PX * len(MIXED[0])


def test_pictures_of_a_sheet_stand_above_numbers() -> None:
    sheet = portraits.draw(replace(reached(classes=("", "", "")), units=LONG), alt_text="A")
    assert [tile.lines[0] for tile in sheet.tiles] == ["3", "391", "17"]
    assert [tile.unit for tile in sheet.tiles] == list(LONG)
    assert sheet.title == "Units of block7.depthwise"
