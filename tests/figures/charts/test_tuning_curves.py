"""Curves start half a stimulus before 0 degrees and come round to where they began."""

from __future__ import annotations

import numpy as np
import pytest

from figures.artifact import Chart
from figures.charts import icons, theme, tuning_curves
from tests.figures.narrow_charts import holds_all

CURVES = np.stack([np.arange(360.0), np.full(360, 4.0), np.zeros(360)])
NAMES = ["a:1", "a:2", "a:3"]
ANGLES = [359.0, 20.0, np.nan]
STIMULI = [icons.uri(np.full((8, 8, 3), 10 * i, np.uint8), side_px=16) for i in range(tuning_curves.STIMULI)]


def draw(count: int = 3, **options: object) -> Chart:
    return tuning_curves.draw(CURVES[:count], ANGLES[:count], NAMES[:count], STIMULI, alt_text="A", **options)


def points(chart: Chart, name: str) -> np.ndarray:
    rows = [row for data in chart.spec["data"] for row in data.get("values", []) if row.get("u") == name]
    return np.array([(row["a"], row["v"]) for row in rows])


def test_a_point_stands_at_its_angle_and_the_circle_closes() -> None:
    angle, value = points(draw(normalise=False, unit="σ"), "a:1").T
    assert (value == angle % 360).all()
    assert (angle[0], angle[-1]) == (-10, 350)
    assert value[0] == value[-1]


@pytest.mark.slow
def test_each_curve_is_divided_by_its_own_maximum_or_none_is() -> None:
    scaled = draw()
    assert [points(scaled, name)[:, 1].max() for name in NAMES] == pytest.approx([1, 1, 0], abs=0.02)
    assert "response (" not in scaled.svg
    whole = draw(normalise=False, unit="σ, rectified")
    assert points(whole, "a:2")[:, 1].max() == 4
    assert "response (σ, rectified)" in whole.svg


def test_curves_have_the_colours_of_their_directions_and_silent_ones_are_quiet() -> None:
    (scale,) = {str(one["range"]): one for one in draw().spec["scales"] if one.get("domain") == NAMES}.values()
    assert scale["range"] == [*(theme.orientation_colour(angle) for angle in ANGLES[:2]), theme.QUIET]


def test_every_stimulus_stands_below_its_own_angle_and_every_other_on_a_narrow_page() -> None:
    chart = draw()
    assert holds_all(chart)
    assert chart.narrow.svg.count("<image") == len(STIMULI) / 2
    rows = [row for data in chart.spec["data"] for row in data.get("values", []) if "icon" in row]
    assert [row["a"] for row in rows] == pytest.approx(np.arange(18) * 20)
    assert [row["icon"] for row in rows] == STIMULI
    assert chart.svg.count("<image") == len(STIMULI)


def test_pointing_at_a_line_or_an_area_sets_the_series_to_look_at() -> None:
    (signal,) = [one for one in draw(1).spec["signals"] if one["name"] == "pointed"]
    watched = {on["events"].partition(":")[0] for on in signal["on"]}
    assert len(watched) == 2
    assert {on["update"] for on in signal["on"]} == {"datum.u", "''"}
