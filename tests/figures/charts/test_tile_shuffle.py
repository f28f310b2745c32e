"""Shuffled pictures and what is left of answers: a panel for each head, a mark where it is known what is right."""

from __future__ import annotations

from figures.charts import tile_shuffle
from tests.figures import evidence_records as records
from tests.figures.narrow_charts import holds_all


def test_answers_stand_below_pictures_in_the_order_of_the_networks():
    sheet = tile_shuffle.pictures(records.shuffled(), tile=16, alt_text="A")
    assert sheet.title == "Answers: shape by 1\u00a0large, 2\u00a0small"
    assert sheet.columns_titles == ("whole", "16 tiles")
    assert sheet.tiles[0].lines == ("1 star 50% ✓", "2 disc 25% ✗")
    unknown = tile_shuffle.pictures(records.shuffled(known=False), tile=16, alt_text="A")
    assert unknown.tiles[0].lines == ("1 star 50%", "2 disc 25%")


def test_the_axis_says_what_is_counted():
    chart = tile_shuffle.lines(records.shuffled(), alt_text="A")
    assert holds_all(chart)
    assert "right answers" in chart.svg
    assert "answers as to the whole picture" in tile_shuffle.lines(records.shuffled(known=False), alt_text="A").svg
