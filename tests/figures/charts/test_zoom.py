"""The strongest cell is enlarged at first, and a click chooses another."""

from __future__ import annotations

import numpy as np
import pytest

from figures.artifact import Chart
from figures.charts import heatmap, icons, zoom
from figures.charts.outlines import Look
from figures.charts.panels import Strips
from tests.figures.narrow_charts import holds_all

VALUES = np.array([[6.0, 12.0]] * 2)
NAMES = ["a:1", "a:2"]
STIMULUS = icons.uri(np.full((8, 8, 3), 200, np.uint8), side_px=16)
SQUARE = "M-9,-9L9,-9L9,9L-9,9Z"
IDEALS = [(40.0, SQUARE, "the arc that a:1 prefers"), (90.0, SQUARE, "the arc that a:2 prefers")]


def strips(top: float, at: int = 9, **changes: object) -> Strips:
    """Return two units of which the second answers most to the larger of two radii, 10 degrees an orientation."""
    responses = np.zeros((2, 36, 2))
    responses[0, 3, 0], responses[1, at, 1] = top / 2, top
    return Strips(responses, VALUES, [STIMULUS] * 18, look=Look({"6": SQUARE, "12": SQUARE}), words="arcs", **changes)


def draw(*families: Strips) -> Chart:
    return heatmap.draw(list(families), NAMES, name="heat", alt_text="A", ideals=IDEALS)


def signal(chart: Chart, name: str) -> dict:
    (one,) = [one for one in chart.spec["signals"] if one["name"] == name]
    return one


@pytest.mark.slow
def test_the_strongest_cell_of_all_families_is_chosen_first() -> None:
    chosen = signal(draw(strips(2.0), strips(5.0, at=18, title="filled")), "chosen")["value"]
    assert (chosen["f"], chosen["u"], chosen["r"], chosen["v"]) == (1, "a:2", 12, 5)
    assert chosen["o"] == pytest.approx(180, abs=10)


@pytest.mark.slow
def test_what_is_known_of_each_family_is_told_to_the_page() -> None:
    arcs, angles = signal(draw(strips(2.0), strips(1.0, second="opening", unit="°")), "families")["value"]
    assert (arcs["title"], arcs["second"], arcs["unit"]) == ("arcs", "radius", " px")
    assert (angles["second"], angles["unit"]) == ("opening", "°")
    assert set(arcs["paths"]) == {"6", "12"}
    assert arcs["pairs"] == [["#000000", "#ffffff"]]


@pytest.mark.slow
def test_a_click_on_a_cell_of_either_family_chooses_it() -> None:
    on = signal(draw(strips(2.0), strips(1.0)), "chosen")["on"]
    assert {event["update"].partition(",")[0] for event in on} == {"{f: 0", "{f: 1"}
    assert all(event["events"].startswith("@cells") for event in on)


def test_clicks_need_cells() -> None:
    with pytest.raises(KeyError, match="no chart named 'cells0' is drawn"):
        zoom.clickable({"signals": [{"name": "chosen"}], "marks": []}, 1)


def test_the_still_drawing_tells_the_chosen_cell_and_what_grey_means() -> None:
    chart = draw(strips(3.0))
    svg = chart.svg
    assert holds_all(chart)
    assert "3.00 σ" in svg
    assert "radius 12 px" in svg
    assert "Grey: the arc that a:2 prefers" in svg
    assert "Grey: the arc that a:1 prefers" not in svg


def test_a_family_of_one_pair_of_colours_needs_no_choice_among_them() -> None:
    assert zoom._colour([Look(), Look()], 0) == "families[chosen.f].pairs[0][0]"
    several = zoom._colour([Look(), Look(pairs=(("#000", "#fff"),) * 2, turn=0.5)], 1)
    assert several.startswith("families[chosen.f].pairs[chosen.f === 1 ? ")
    assert several.endswith("][1]")
