"""Cells name the channels that were measured there, and several layers are chosen from."""

from __future__ import annotations

from figures.charts import dictionary as charts
from tests.figures import blocks


def test_cells_lead_to_names_and_tiles():
    (lens,) = charts.draw(blocks.dictionary(), size=64, alt_text="A")
    assert lens.names == ("a:3", "a:1", "a:2", "a:0")
    named = [[(lens.names[place], value) for place, value in cell] for cell in lens.cells]
    assert named == [
        [("a:3", 4.0), ("a:1", 1.0)],
        [("a:1", 0.5), ("a:0", 0.25)],
        [("a:1", 1.5), ("a:2", 0.5)],
        [("a:3", 0.75)],
    ]
    assert [tile.unit for tile in lens.sheet.tiles] == ["a:3", "a:1", "a:2"]
    assert lens.picture.display_px == 64


def test_a_layer_is_chosen_where_there_are_several():
    alone, both = blocks.dictionary(), blocks.dictionary(blocks.layer(), blocks.layer("b"))
    assert charts.controls(alone) == ()
    (control,) = charts.controls(both)
    assert control.labels == ("a", "b")
    assert [lens.shown for lens in charts.draw(both, size=64, alt_text="A")] == [{"layer": "a"}, {"layer": "b"}]
