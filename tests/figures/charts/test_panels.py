"""Strips write their numbers with units, and cells know their orientations."""

import numpy as np
import pytest

from figures.charts import panels
from figures.charts.panels import Panel, Strips
from figures.methods import families
from figures.methods.reading import Reading
from figures.methods.stimulus_looks import Ideal, Looks
from figures.methods.stimulus_tuning import Shown, StimulusTuning

RESPONSES = np.zeros((1, 36, 2))


def strips(**changes: object) -> Strips:
    return Strips(RESPONSES, np.ones((1, 2)), [], **changes)


@pytest.mark.parametrize(("unit", "written"), [("px", "12 px"), ("°", "12°"), ("", "12")])
def test_a_number_has_its_unit(unit: str, written: str) -> None:
    assert strips(unit=unit).written(12.3) == written


@pytest.mark.parametrize("per", [1, 3, 4])
def test_a_cell_stands_for_the_stimulus_in_its_middle(per: int) -> None:
    panel = Panel(strips(), RESPONSES[:, ::per], 50.0, 180.0)
    assert panel.per == per
    assert panel.step == pytest.approx(180 / (36 / per))
    for column in (0, 2, 36 // per - 1):
        x = panel.left + column * panel.step
        angle = eval(panel.angle.replace("datum.x", repr(x)), {"round": round})
        assert angle == pytest.approx((column * per + per // 2) * 10)


def test_responses_below_zero_are_none() -> None:
    shown = Shown(families.find("arcs"), "my arcs")
    response = np.full((1, 36, 2), -2.0)
    response[0, 3, 1] = 5.0
    reading = Reading(("a:1",), 4, (), (), rectified=True, lowered=False)
    seen = StimulusTuning(("a:1",), shown, response, np.array([[6.0, 12.0]]), reading)
    made = panels.strips(seen, np.zeros((18, 3, 8, 8)), Looks())
    assert (made.responses.min(), made.responses.max(), made.responses.sum()) == (0, 5, 5)
    assert len(made.stimuli) == 18
    assert (made.title, made.second, made.unit, made.words) == ("my arcs", "radius", "px", shown.words)


@pytest.mark.slow
def test_a_preferred_arc_has_its_direction_its_path_and_words() -> None:
    cover = np.zeros((20, 20))
    cover[5:15, 5:15] = 1
    [(angle, path, words)] = panels.ideals([Ideal("a:1", 42.25, 8.0, cover)])
    assert angle == 42.25
    assert path.count("M") == path.count("Z") == 1
    assert words == "the arc that a:1 prefers, towards 42.2°, radius 8 px"
