"""Small radials stand in rows, to one scale or each to its own."""

from __future__ import annotations

import numpy as np
import pytest

from figures.artifact import Chart
from figures.charts import radial_rows, theme
from figures.charts.radial_rows import Ring

SIZE = 100
REACH = SIZE / 2.7
TURN = np.radians(np.arange(360))
LOBES = np.array([4 * np.maximum(np.cos(TURN), 0) ** 4, 2 * np.maximum(np.cos(TURN - np.pi), 0) ** 4])
RINGS = [Ring(LOBES[:1], [0.0], ["a:1"], ("one", "more")), Ring(LOBES[1:], [180.0], ["a:2"], ("two",))]


def draw(rings: list[Ring] = RINGS, **options: object) -> Chart:
    return radial_rows.draw(rings, size=SIZE, name="rings", alt_text="A", **options)


def values(chart: Chart, field: str) -> list[dict]:
    return [row for data in chart.spec["data"] for row in data.get("values", []) if field in row]


def reach_of(chart: Chart, name: str, middle: tuple[float, float]) -> float:
    """Return how far a unit's lobe goes from the middle of its radial, less the circle of no response."""
    points = np.array([(row["x"], row["y"]) for row in values(chart, "u") if row["u"] == name])
    return np.hypot(*(points - middle).T).max() / REACH - 0.3


@pytest.mark.slow
def test_each_has_its_own_scale_or_all_share_the_largest() -> None:
    left, right = (SIZE / 2, SIZE / 2), (SIZE * 1.5 + radial_rows._GAP, SIZE / 2)
    for options, expected in (({}, (1, 1)), ({"shared": True}, (1, 0.5)), ({"normalise": True}, (1, 1))):
        chart = draw(**options)
        assert (reach_of(chart, "a:1", left), reach_of(chart, "a:2", right)) == pytest.approx(expected, abs=0.01)


def test_units_of_one_radial_share_its_scale_unless_normalised() -> None:
    both, middle = [Ring(LOBES, [0.0, 180.0], ["a:1", "a:2"])], (SIZE / 2, SIZE / 2)
    assert reach_of(draw(both), "a:2", middle) == pytest.approx(0.5, abs=0.01)
    assert reach_of(draw(both, normalise=True), "a:2", middle) == pytest.approx(1, abs=0.01)


@pytest.mark.slow
def test_what_does_not_fit_in_a_row_goes_below() -> None:
    beside, below = draw(columns=2), draw(columns=1)
    assert below.width < beside.width
    assert below.height > beside.height + SIZE
    lines = {row["t"]: (row["x"], row["y"], row["i"]) for row in values(below, "t")}
    assert lines["one"][0] == lines["two"][0] == SIZE / 2
    assert lines["one"][1] < lines["more"][1] < lines["two"][1]
    assert [lines[line][2] for line in ("one", "more", "two")] == [0, 1, 0]


def test_silent_units_are_drawn_without_direction_and_a_ring_may_be_empty() -> None:
    silent = Ring(np.zeros((1, 360)), [np.nan], ["a:3"])
    chart = draw([silent, Ring(np.zeros((0, 360)), [], [])])
    assert reach_of(chart, "a:3", (SIZE / 2, SIZE / 2)) == pytest.approx(0, abs=0.01)
    assert theme.QUIET in chart.svg
    assert draw([Ring(np.zeros((0, 360)), [], [])]).svg.startswith("<svg")


def test_each_unit_has_a_radial_named_below() -> None:
    chart = radial_rows.each(LOBES, [0.0, 180.0], ["a:1", "a:2"])
    assert [row["t"] for row in values(chart, "t")] == ["a:1", "a:2"]
    assert chart.name == "multiples"
    assert "a:1, a:2" in chart.alt
    assert {row["u"] for row in values(chart, "u")} == {"a:1", "a:2"}
