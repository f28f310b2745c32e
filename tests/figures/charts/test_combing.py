"""Each unit has a panel of lines, one for each distance, below pictures of the strokes."""

from __future__ import annotations

import numpy as np
import pytest

from figures.artifact import Chart
from figures.charts import combing as charts
from figures.charts import theme
from figures.methods.combing import Combing, Strokes
from tests.figures.narrow_charts import holds_all

LENGTHS, SPACINGS = np.array([[0.0, 2.0, 4.0]] * 2), np.array([[3.0, 6.0]] * 2)
CHANGE = np.array([[[0.0, -1.0, -3.0], [0.0, -0.5, -1.5]], [[0.0, 0.5, 1.0], [0.0, 0.25, 0.5]]])


@pytest.fixture(scope="module")
def chart() -> Chart:
    ones = np.ones(2)
    seen = Combing(("a:1", "a:2"), CHANGE, ones, 0 * ones, 9 * ones, LENGTHS, SPACINGS)
    strokes = Strokes(np.zeros((3, 3, 8, 8)), np.ones((2, 3, 8, 8)))
    return charts.draw(seen, strokes, unit="σ", alt_text="combed")


def rows(chart: Chart, field: str) -> list[dict]:
    return [row for data in chart.spec["data"] for row in data.get("values", []) if field in row]


def test_every_change_is_a_dot_of_its_unit_its_length_and_its_distance(chart: Chart) -> None:
    drawn = {(row["u"], float(row["s"]), row["l"]): row["v"] for row in rows(chart, "l")}
    assert drawn == {
        (unit, SPACINGS[u, s], LENGTHS[u, n]): CHANGE[u, s, n]
        for u, unit in enumerate(("a:1", "a:2"))
        for s in range(2)
        for n in range(3)
    }


def test_every_length_and_every_distance_has_a_picture_with_its_number(chart: Chart) -> None:
    icons = rows(chart, "icon")
    assert chart.svg.count("<image") == len(icons) == 3 + 2
    assert [row["t"] for row in icons] == ["0", "2", "4", "3", "6"]
    assert [row["x"] for row in icons] == [24, 84, 144, 24, 84]


def test_pictures_of_distances_have_the_colours_of_their_lines_and_lengths_have_none(chart: Chart) -> None:
    ramp = charts._ramp(SPACINGS[0])
    assert [row["c"] for row in rows(chart, "icon")] == [*["transparent"] * 3, ramp["3"], ramp["6"]]
    assert all(colour in chart.svg for colour in ramp.values())


def test_the_pictures_are_smaller_on_a_narrow_page(chart: Chart) -> None:
    assert holds_all(chart)


def test_the_closer_the_strokes_the_darker() -> None:
    ramp = charts._ramp(np.array([1.0, 2.0, 3.0, 4.0]))
    steps = [theme.SEQUENTIAL.index(colour) for colour in ramp.values()]
    assert steps == sorted(set(steps), reverse=True)


def test_the_chart_is_named_and_says_its_unit(chart: Chart) -> None:
    assert (chart.name, chart.alt) == ("combing", "combed")
    assert "change (σ)" in chart.svg
    for name in ("a:1", "a:2"):
        assert f">{name}<" in chart.svg
