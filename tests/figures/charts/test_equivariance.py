"""Curves over each other, and a matrix for each comparison."""

import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from figures.charts import equivariance as charts
from tests.figures.narrow_charts import holds_all

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


@pytest.mark.slow
def test_known_curves_are_drawn_and_can_be_pointed_at() -> None:
    seen = records.family_alike()
    chart = charts.draw(seen, alt_text="curves")
    assert (chart.name, chart.alt) == ("equivariance", "curves")
    silent = replace(seen, turned=np.where(np.arange(3)[:, None] == 1, np.nan, seen.turned))
    lines = [data["values"] for data in charts.draw(silent, alt_text="").spec["data"] if "values" in data]
    assert {row["u"] for rows in lines for row in rows if "u" in row} == {"conv1:0", "conv1:2"}


def test_a_family_that_is_silent_is_drawn_empty() -> None:
    seen = records.family_alike()
    assert holds_all(charts.draw(replace(seen, turned=seen.turned * np.nan), alt_text="none"))


def test_what_was_compared_has_a_matrix_and_pictures_are_a_choice() -> None:
    compared = records.compared(0.5, -0.25)
    matrices = list(charts.matrices(records.family_alike(pictures=compared, filters=compared)))
    assert [chart.name for chart in matrices] == ["agreement", "turned", "still", "turned-filters"]
    shown = [dict(chart.shown) for chart in matrices]
    assert shown == [{}, {"pictures": "turned"}, {"pictures": "as they are"}, {}]
    assert tuple(chart.shown["pictures"] for chart in matrices if chart.shown) == charts.PICTURES.labels
    assert matrices[1].alt.endswith("; 0.50 on average.")
    assert ">.50<" in matrices[1].svg
    assert ">-.25<" in matrices[2].svg
    assert [chart.name for chart in charts.matrices(records.family_alike())] == ["agreement"]


def test_many_units_leave_no_room_for_numbers() -> None:
    names = [f"a:{i}" for i in range(13)]
    chart = charts.matrix(np.eye(13), names, title="t", rows="r", columns="c", name="m")
    assert ">1.00<" not in chart.svg
    assert chart.title == "t"
