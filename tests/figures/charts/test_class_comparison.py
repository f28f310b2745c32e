"""Cells stand where they belong, the fuller the larger, between the names of both classes."""

from __future__ import annotations

import numpy as np

from figures.charts import class_comparison
from figures.methods.atlas.icons import Icons
from tests.figures.embedded_records import compared
from tests.figures.narrow_charts import holds_all


def test_cells_lie_by_column_and_row_and_the_fullest_is_largest() -> None:
    rows = class_comparison._rows(compared())
    assert [row["x"] for row in rows] == sorted(row["x"] for row in rows)
    assert rows[0]["side"] > rows[1]["side"] == rows[2]["side"]
    assert [row["l"] for row in rows] == ["tabby", "image 1", "beagle"]
    assert max(row["x"] + row["side"] / 2 for row in rows) <= class_comparison.WIDTH


def test_an_icon_stands_in_a_cell_and_its_crop_is_shown_by_a_pointer() -> None:
    climbed = Icons(np.full((3, 8, 8, 3), 60, np.uint8), np.array([0.5, 0.6, 0.7]))
    rows = class_comparison._rows(compared(icons=climbed, steps=3))
    assert all(row["icon"] != row["image"] for row in rows)
    assert [row["image"] for row in rows] == [row["image"] for row in class_comparison._rows(compared())]
    svg = class_comparison.draw(compared(icons=climbed, steps=3), alt_text="A").svg
    assert rows[0]["icon"] in svg
    assert rows[0]["image"] not in svg


def test_both_classes_and_the_scale_are_written() -> None:
    chart = class_comparison.draw(compared(), alt_text="A")
    svg = chart.svg
    assert holds_all(chart)
    assert all(text in svg for text in ("← cat", "dog →", "−2.5", "+2.5"))
    assert svg.count("<image") == 3
