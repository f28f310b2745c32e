"""Three strips show the stimuli, the same as strong as the response, and the response."""

from __future__ import annotations

import numpy as np
import pytest

from figures.artifact import Chart
from figures.charts import icons, stimulus_grid, theme
from figures.charts.outlines import Look
from tests.figures.narrow_charts import holds_all

VALUES = [6.0, 12.0]
RESPONSES = np.zeros((8, 2))
RESPONSES[2] = 4.0, 1.0
SQUARE = Look({"6": "M-9,-9L9,-9L9,9L-9,9Z", "12": "M-20,-20L20,-20L20,20L-20,20Z"})


def draw(look: Look = SQUARE, responses: np.ndarray = RESPONSES) -> Chart:
    return stimulus_grid.draw(responses, VALUES, look, second="radius", unit="px", cell_px=20.0, alt_text="A")


def cells(look: Look = SQUARE, responses: np.ndarray = RESPONSES) -> dict[tuple[float, float], dict]:
    return {(row["o"], row["r"]): row for row in stimulus_grid._rows(responses, VALUES, look, 20.0)}


def test_a_cell_stands_at_its_orientation_with_the_largest_value_on_top() -> None:
    drawn = cells()
    assert set(drawn) == {(angle, value) for angle in range(0, 360, 45) for value in VALUES}
    assert {drawn[angle, 12.0]["y"] for angle in (0, 90)} == {0.0}
    assert drawn[0, 6.0]["y"] == 20.0
    assert drawn[90, 6.0]["x"] - drawn[0, 6.0]["x"] == 2 * 20


def test_strengths_are_shares_of_the_largest_and_never_below_zero() -> None:
    responses = RESPONSES.copy()
    responses[0, 0] = -3
    drawn = cells(responses=responses)
    assert (drawn[90, 6.0]["s"], drawn[90, 12.0]["s"], drawn[0, 6.0]["s"]) == (1, 0.25, 0)
    assert drawn[90, 6.0]["v"] == 4


def test_silence_can_be_drawn() -> None:
    assert all(row["s"] == 0 for row in cells(responses=np.zeros((8, 2))).values())
    assert draw(responses=np.zeros((8, 2))).svg.startswith("<svg")


def test_colours_follow_the_orientation() -> None:
    pairs = (("#ff0000", "#000001"), ("#00ff00", "#000002"))
    drawn = cells(Look(SQUARE.paths, pairs=pairs, turn=1 / 90))
    assert (drawn[0, 6.0]["ink"], drawn[0, 6.0]["ground"]) == pairs[0]
    assert (drawn[45, 6.0]["ink"], drawn[45, 6.0]["ground"]) == pairs[1]
    assert drawn[90, 6.0]["ink"] == pairs[0][0]


def test_the_strips_and_the_ends_of_the_second_parameter_are_named() -> None:
    chart = draw()
    for words in (*stimulus_grid.TITLES, "radius 12 px", "6 px", "bulge towards", "270°"):
        assert words in chart.svg
    assert chart.svg.count(">radius 12 px<") == 3
    assert chart.narrow is None
    assert theme.SEQUENTIAL[-1] in chart.svg


@pytest.mark.parametrize(("orientations", "every"), [(30, 2), (72, 4), (12, 1), (31, 1), (360, 20)])
def test_a_narrow_page_shows_some_orientations_evenly_spaced(orientations: int, every: int) -> None:
    assert stimulus_grid._every(orientations) == every


def test_a_narrow_page_says_that_it_shows_some() -> None:
    chart = draw(responses=np.ones((30, 2)))
    assert holds_all(chart)
    assert "stimuli (one direction in 2)" in chart.narrow.svg


@pytest.mark.parametrize(("angle", "index"), [(0, 0), (44, 0), (46, 1), (180, 2), (350, 0)])
def test_the_nearest_picture_stands_for_an_orientation(angle: float, index: int) -> None:
    assert stimulus_grid._nearest(["0", "90", "180", "270"], angle) == str(index * 90)


def test_whole_images_are_drawn_as_pictures_in_two_strips() -> None:
    picture = icons.uri(np.zeros((8, 8, 3), np.uint8), side_px=16)
    chart = draw(Look(pictures={"6": [picture] * 4, "12": [picture] * 4}))
    assert chart.svg.count("<image") == 2 * RESPONSES.size
