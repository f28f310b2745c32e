"""Columns of a table, drawn: marks, errors, panels, and a form for narrow pages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from figures.charts import csv_chart
from figures.charts.csv_chart import Look
from figures.methods.csv_data import Lines

ENDS = ((0.9, 1.1), (1.8, 2.2), (2.9, 3.1), (3.8, 4.2))
LINES = Lines((1, 2, 1, 2), (1.0, 2.0, 3.0, 4.0), ("a", "a", "b", "b"), ("",) * 4, ENDS, "number")


def marks(spec: dict) -> list[str]:
    inner = [name for mark in spec.get("marks", []) for name in marks(mark)]
    return [spec["type"], *inner] if "type" in spec else inner


@pytest.mark.parametrize(
    ("kind", "drawn"),
    [
        ("line", {"area", "line", "symbol"}),
        ("points", {"rule", "symbol"}),
        ("bar", {"rect", "rule"}),
        ("area", {"area"}),
    ],
)
def test_each_kind_has_its_marks_and_errors(kind: csv_chart.Kind, drawn: set[str]) -> None:
    chart = csv_chart.draw(LINES, Look(kind, "epoch", "loss", "network"), alt_text="Losses.")
    assert set(marks(chart.spec)) - {"group"} == drawn
    assert all(f">{word}</text>" in chart.svg for word in ("epoch", "loss", "network", "a", "b"))
    assert chart.narrow is not None
    assert chart.narrow.width < 390 < chart.width


def test_panels_stand_beside_each_other_and_below_on_a_narrow_page() -> None:
    lines = replace(LINES, panels=("one", "one", "two", "two"), series=("",) * 4, ends=())
    chart = csv_chart.draw(lines, Look(height=100, y_scale="log"), alt_text="Losses.")
    assert chart.narrow is not None
    assert chart.narrow.height > chart.height + 90
    assert all(f">{word}</text>" in chart.svg for word in ("one", "two"))


def test_words_and_dates_stand_along_in_the_order_of_the_table() -> None:
    lines = Lines(("z", "a"), (1.0, 2.0), ("", ""), ("", ""), (), "word")
    svg = csv_chart.draw(lines, Look("bar"), alt_text="Bars.").svg
    assert svg.index(">z</text>") < svg.index(">a</text>")
    dates = Lines(("2026-01-01", "2026-03-01"), (1.0, 2.0), ("", ""), ("", ""), (), "date")
    assert "February" in csv_chart.draw(dates, Look(), alt_text="Days.").svg
