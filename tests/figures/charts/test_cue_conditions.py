"""A row of conditions marks what is right, and in conflict what the other texture says."""

from __future__ import annotations

from figures.charts import cue_conditions
from tests.figures.conflicting import seen_conditions


def test_each_condition_stands_above_its_answers():
    sprite = cue_conditions.draw(seen_conditions(), alt_text="A")
    lines = {tile.lines[0]: tile.lines[1:] for tile in sprite.tiles}
    assert len(lines) == sprite.per_row == 7
    assert lines["original"] == ("✓ cat 70%", "dog 20%")
    assert lines["silhouette"] == ("✗ dog 70%", "✓ cat 20%")
    assert lines["conflict"] == ("✗ cup 70%", "✓ cat 20%")
    assert lines["turned silhouette"] == ("✗ dog 70%", "cup 20%")
