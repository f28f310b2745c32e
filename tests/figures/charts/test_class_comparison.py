"""Cells stand where they belong, the fuller the larger, between the names of both classes."""

from __future__ import annotations

from figures.charts import class_comparison
from tests.figures.embedded_records import compared


def test_cells_lie_by_column_and_row_and_the_fullest_is_largest() -> None:
    rows = class_comparison._rows(compared())
    assert [row["x"] for row in rows] == sorted(row["x"] for row in rows)
    assert rows[0]["side"] > rows[1]["side"] == rows[2]["side"]
    assert [row["l"] for row in rows] == ["tabby", "image 1", "beagle"]
    assert max(row["x"] + row["side"] / 2 for row in rows) <= class_comparison.WIDTH


def test_both_classes_and_the_scale_are_written() -> None:
    svg = class_comparison.draw(compared(), alt_text="A").svg
    assert all(text in svg for text in ("← cat", "dog →", "−2.5", "+2.5"))
    assert svg.count("<image") == 3
