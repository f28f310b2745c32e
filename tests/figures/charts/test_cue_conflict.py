"""Contents, styles and conflicts stand in rows or in a grid, and the sign is that of the cue."""

from __future__ import annotations

from figures.charts import cue_conflict
from tests.figures.conflicting import conflicting


def test_a_row_holds_content_style_and_conflict():
    chart = cue_conflict.rows(conflicting(1), alt_text="A")
    tables = [data["values"] for data in chart.spec["data"] if "values" in data]
    titles = next(table for table in tables if "text" in table[0] and "probability" not in table[0])
    expected = ["content: tom", "style: mug", "conflict", "content: rex", "style: mug", "conflict"]
    assert [row["text"] for row in titles] == expected


def test_a_grid_has_a_column_for_each_style_and_a_row_for_each_content():
    sprite = cue_conflict.grid(conflicting(2), alt_text="A")
    assert (len(sprite.tiles), sprite.per_row) == (9, 3)
    assert sprite.columns_titles == ("content", "mug", "launch")
    assert sprite.tiles[3].alt == "tom of photographs"
    assert sprite.tiles[4].lines == ("✓ cat 70%", "✗ cup 20%")
    assert sprite.tiles[5].lines == ("✗ rocket 70%", "✓ cat 20%")
    assert sprite.tiles[7].lines == ("✗ cat 70%", "rocket 20%")


def test_a_picture_by_itself_is_right_or_wrong():
    seen = conflicting(2)
    assert [answer.sign for answer in cue_conflict.answers(seen.contents, 0)] == ["✓", ""]
    assert [answer.sign for answer in cue_conflict.answers(seen.styles, 1)] == ["✗", "✓"]
