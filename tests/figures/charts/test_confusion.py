"""A square of counts: one row for each label of one annotator, shaded by how often another agrees."""

import numpy as np
import pytest

from figures.charts import confusion, theme

COUNTS = np.array([[8.0, 2.0], [0.0, 0.0]])


@pytest.fixture(scope="module")
def chart():
    return confusion.draw(("a", "b"), COUNTS, rows="one", columns="other", name="c", alt_text="who said what")


def cells(chart) -> list[dict]:
    return next(data["values"] for data in chart.spec["data"] if "values" in data and "share" in data["values"][0])


def test_every_cell_holds_its_count_and_its_share_of_the_row(chart):
    told = {(cell["one"], cell["other"]): (cell["n"], cell["share"]) for cell in cells(chart)}
    assert told == {("a", "a"): (8, 0.8), ("a", "b"): (2, 0.2), ("b", "a"): (0, 0), ("b", "b"): (0, 0)}


def test_the_axes_say_who_and_the_picture_is_labelled(chart):
    assert chart.name == "c"
    assert 'aria-label="who said what"' in chart.svg
    assert ">one<" in chart.svg
    assert ">other<" in chart.svg
    assert chart.svg.count(">0<") == 2


def test_the_darkest_cell_has_light_figures():
    assert theme.PAPER in str(confusion.draw(("a", "b"), COUNTS, rows="r", columns="c", alt_text="x").spec["marks"])


def test_cells_have_the_side_that_was_asked_for():
    small, large = (
        confusion.draw(("a", "b"), COUNTS, rows="r", columns="c", cell_px=px, alt_text="x") for px in (32, 96)
    )
    assert large.height - small.height == pytest.approx(2 * 64, abs=2)
