"""The figure of conditions shows seven of a picture."""

from __future__ import annotations

from figures.artifact import pack
from figures.gallery.cue_conditions import cue_conditions


def test_a_glyph_under_seven_conditions():
    made = cue_conditions(image="arrow", model="glyphs", dataset="glyphs:9", answers=3)
    assert pack(made)
    assert len(made.parts[0].tiles) == 7
    assert len(made.table.rows) == 21
    assert made.values["answer-silhouette"] == "arrow"
