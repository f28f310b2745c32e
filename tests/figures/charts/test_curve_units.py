"""A row of marks for each network."""

import sys
from pathlib import Path

import numpy as np

from figures.charts import curve_units as charts
from figures.methods import curve_families
from tests.figures.narrow_charts import holds_all

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


def test_every_unit_has_a_mark_and_an_empty_network_keeps_its_row() -> None:
    families = [records.curve_family(), records.curve_family(units=np.array([], int), network="glyphs-untrained")]
    chart = charts.draw(families, alt_text="units")
    assert "glyphs: 3 of 256" in chart.svg
    assert "glyphs-untrained: 0 of 256" in chart.svg
    marks = [row for data in chart.spec["data"] for row in data.get("values", [])]
    assert {(row["u"], row["a"], row["w"]) for row in marks} == {
        ("mixed3b:0", 10, 30), ("mixed3b:1", 100, 50), ("mixed3b:2", 200, 40),
    }  # fmt: skip
    assert (chart.name, chart.alt) == ("curve-units", "units")
    assert holds_all(chart)


def test_lines_stand_where_eighths_of_the_circle_end() -> None:
    assert charts.EIGHTH_DEG == curve_families.EIGHTH_DEG
