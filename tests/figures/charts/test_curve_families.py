"""A radial for each layer, with its numbers below."""

import sys
from pathlib import Path

import numpy as np
import pytest

from figures.charts import curve_families as charts

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


def test_each_layer_has_its_radial_and_numbers() -> None:
    empty = np.array([], int)
    families = [records.curve_family(), records.curve_family(layer="conv2", layer_units=48, units=empty, drawn=empty)]
    chart = charts.draw(families, size=120)
    assert all(words in chart.svg for words in ("mixed3b: 3 of 256 units", "median width 80°, echo 0.20"))
    assert all(words in chart.svg for words in ("conv2: 0 of 48 units", "none is tuned"))
    assert chart.alt == "A radial for each of mixed3b, conv2."


@pytest.mark.slow
def test_as_many_stand_in_a_row_as_a_page_holds() -> None:
    wide, narrow = (charts.draw([records.curve_family()] * 4, size=size) for size in (120, 300))
    assert wide.width > 2 * wide.height
    assert narrow.width < 2 * narrow.height


def test_units_stand_one_by_one_and_only_those_that_are_drawn() -> None:
    chart = charts.multiples(records.curve_family(drawn=np.array([2, 0])))
    assert chart.name == "multiples"
    assert ">mixed3b:1<" not in chart.svg
    assert all(f">mixed3b:{unit}<" in chart.svg for unit in (0, 2))
