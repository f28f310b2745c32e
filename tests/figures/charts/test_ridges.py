"""Ridges: a row for each unit, to the scale of its own mean."""

import sys
from pathlib import Path

import numpy as np

from figures.charts import ridges
from tests.figures.narrow_charts import holds_all

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


def values(chart) -> list[list[dict]]:
    return [data["values"] for data in chart.spec["data"] if data.get("values")]


def test_ridges_stand_in_the_order_given_and_fill_their_rows() -> None:
    angles = np.radians(np.arange(36) * 10)
    rows = [
        ridges.Ridge(f"a:{i}", np.maximum(np.cos(angles - at), 0)[None] * 3, np.maximum(np.cos(angles - at), 0), at, at)
        for i, at in enumerate((0.5, 2.0, 4.0))
    ]
    chart = ridges.draw(rows, title="what the unit does, in words too long for one line", alt_text="three ridges")
    assert holds_all(chart)
    means = next(data for data in values(chart) if "f" in data[0])
    assert [row["u"] for row in means] == ["a:0", "a:1", "a:2"]
    assert np.diff([row["f"] for row in means]).tolist() == [ridges.ROW_PX] * 2
    assert all(0.9 * ridges.ROW_PX < row["f"] - min(row["y"]) <= ridges.ROW_PX for row in means)
    lowest = min(min(row["y"]) for data in values(chart) for row in data if isinstance(row.get("y"), list))
    assert 0 <= lowest < 4


def test_units_stand_by_the_direction_they_prefer_in_arcs_silent_ones_by_their_peak() -> None:
    seen = records.joint_tuning((40.0, 130.0, 265.0), (300.0, float("nan"), 20.0))
    rows = ridges.rows(seen, ["first", "second", "third"])
    assert [row.name for row in rows] == ["mixed3b:2", "mixed3b:1", "mixed3b:0"]
    assert [row.icon for row in rows] == ["third", "second", "first"]
    assert rows[0].peak_deg == 265
    assert rows[0].expected_deg == 20


def test_few_examples_are_all_drawn_and_of_many_some() -> None:
    seen = records.joint_tuning()
    assert all(len(row.lines) == 4 for row in ridges.rows(seen))
    many = np.repeat(seen.responses, 30, axis=0) - 2
    row = ridges.rows(records.replace(seen, responses=many))[0]
    assert len(row.lines) == ridges.LINES
    assert row.lines.min() == 0
