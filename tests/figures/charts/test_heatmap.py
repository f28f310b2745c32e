"""Cells stand where their stimulus is, in the colour of their response."""

import re
import xml.etree.ElementTree as ET

import numpy as np
import pytest

from figures.artifact import Chart
from figures.charts import heatmap, icons, theme
from figures.charts.panels import Strips

SVG = "{http://www.w3.org/2000/svg}"
RADII = np.array([[6.0, 12.0, 80.0]] * 2)
NAMES = ["mixed3b:1", "mixed3b:2"]
STIMULI = [icons.uri(np.full((8, 8, 3), 200, np.uint8), side_px=16)] * 18
STEP_PX = heatmap._WIDTHS[0] / 36  # of the 36 orientations of most tests


def heat(responses: np.ndarray) -> Chart:
    return heatmap.draw([Strips(responses, RADII, STIMULI)], NAMES, name="heat", alt_text="A", row_px=10)


def drawn(responses: np.ndarray) -> list[tuple[float, float, str]]:
    """Return x, y and colour step of every cell."""
    root = ET.fromstring(heat(responses).svg)
    groups = [g for g in root.iter(f"{SVG}g") if "mark-rect" in g.get("class", "")]
    group = next(g for g in groups if len(g))
    return [
        (*map(float, re.match(r"M(-?[\d.]+),(-?[\d.]+)", path.get("d")).groups()), path.get("fill")) for path in group
    ]


def test_a_cell_stands_at_its_orientation_and_radius() -> None:
    responses = np.zeros((2, 36, 3))
    responses[0, 9, 0] = 4.0  # 90 to 100 degrees, the smallest radius
    responses[1, 18, 2] = 2.0  # 180 to 190 degrees, the largest
    first, second = drawn(responses)
    assert second[0] - first[0] == pytest.approx(9 * STEP_PX, abs=0.02)
    assert first[0] - heatmap._LEFT == pytest.approx(9 * STEP_PX, abs=0.02)
    top = heatmap._LEGEND + heatmap._ICON + heatmap._GAP
    assert first[1] == top + 20  # curvature runs down: the smallest radius lies lowest
    assert second[1] == top + 30 + heatmap._GAP


def test_colour_is_one_scale_from_the_ground_up() -> None:
    responses = np.zeros((2, 36, 3))
    levels = (np.arange(32) + 0.6) / 32
    responses[0, 1:33, 1] = levels
    responses[1, 0, 0] = 1.0
    cells = drawn(responses)
    assert len(cells) == 33  # zero is the ground, and is not drawn
    assert cells[-1][2] == theme.SEQUENTIAL[-1]
    steps = [theme.SEQUENTIAL.index(colour) for _, _, colour in cells[:-1]]
    assert steps == [int(level * theme.STEPS) for level in levels]


@pytest.mark.slow
@pytest.mark.parametrize("scale", [1e-4, 1.0, 5e5])
def test_the_scale_does_not_matter(scale: float) -> None:
    responses = np.random.default_rng(1).random((2, 36, 3))
    assert drawn(responses * scale) == drawn(responses)


def test_silence_is_drawn_as_the_ground() -> None:
    assert heat(np.zeros((2, 36, 3))).svg.count("<image") == len(STIMULI)


def test_families_stand_below_each_other_on_a_narrow_page() -> None:
    families = [Strips(np.ones((2, 36, 3)), RADII, STIMULI, title=title) for title in ("arcs", "angles")]
    above, below = heatmap.below_each_other(families, NAMES, 10)
    assert above.left == below.left
    assert above.width == below.width <= theme.NARROW_WITHIN_PX - below.left
    assert heatmap._low(above, NAMES, 10) < below.top + heatmap._HEADING
    (only,) = heatmap.below_each_other(families[:1], NAMES, 10)
    assert only.top == 0


@pytest.mark.parametrize(("many", "columns", "expected"), [(720, 120, 120), (72, 120, 72), (100, 30, 25), (7, 3, 1)])
def test_columns_average_equal_runs(many: int, columns: int, expected: int) -> None:
    responses = np.random.default_rng(0).random((2, many, 3))
    cells = heatmap.reduce(responses, columns)
    assert cells.shape == (2, expected, 3)
    assert cells.mean() == pytest.approx(responses.mean())
    assert cells[1, 0, 2] == pytest.approx(responses[1, : many // expected, 2].mean())


def test_stimuli_stand_above_their_orientation() -> None:
    root = ET.fromstring(heat(np.ones((2, 36, 3))).svg)
    left = [float(re.findall(r"-?[\d.]+", i.get("transform"))[0]) for i in root.iter(f"{SVG}image")]
    assert np.array(left) + heatmap._ICON / 2 - heatmap._LEFT == pytest.approx(np.arange(18) * 2 * STEP_PX, abs=0.1)
