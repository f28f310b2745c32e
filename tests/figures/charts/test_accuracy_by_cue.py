"""Marks lie in their intervals, in a lane for each observer, over a line for each level of chance."""

from __future__ import annotations

from figures.charts import accuracy_by_cue
from tests.figures.conflicting import accuracies
from tests.figures.narrow_charts import holds_all


def test_marks_intervals_and_chance():
    chart = accuracy_by_cue.draw(accuracies(), alt_text="A")
    assert holds_all(chart)
    tables = [data["values"] for data in chart.spec["data"] if "values" in data]
    marks = next(table for table in tables if "accuracy" in table[0])
    assert all(row["low"] <= row["accuracy"] <= row["high"] for row in marks)
    assert len({row["lane"] for row in marks}) == len({row["observer"] for row in marks}) == 3
    assert [row["chance"] for row in next(table for table in tables if "chance" in table[0])] == [1 / 16, 0.25]
    assert "low pass" in chart.svg
