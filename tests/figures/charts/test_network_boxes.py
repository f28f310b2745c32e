"""Boxes say what a layer is, what it sees, and which of its units are marked."""

import re
import sys
from dataclasses import replace
from pathlib import Path

from figures.charts import network_boxes as charts
from figures.methods.network_diagram import Block
from figures.units import Unit

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


def words(seen) -> list[str]:
    return re.findall(r">([^<>]+)</text>", charts.draw(seen, alt_text="net").svg)


def test_a_box_says_what_a_layer_sees_and_how_much_of_the_picture_that_is() -> None:
    told = words(records.network_diagram())
    assert {"image", "3 × 40²", "stem", "4 × 10²", "sees 3 px, 7.5 %", "logits", "2 classes"} <= set(told)
    assert {"blocks.0", "to 2, × 3", "sees 20 px, 50 %"} <= set(told)
    assert "sees 64 px, all" in told


def test_units_are_marked_where_their_channel_lies_and_named_as_far_as_there_is_room() -> None:
    units = tuple(Unit("mixed", index) for index in range(5))
    box = charts._box(Block((records.layer("mixed", marked=units),)))
    assert box.lines[-1] == "0, 1, 2 +2"
    assert box.marks == tuple((index + 0.5) / 8 for index in range(5))
    assert box.chosen


def test_branches_end_where_their_channels_do() -> None:
    seen = records.network_diagram()
    box = charts._box(seen.blocks[-1])
    assert box.ends == (0.75,)
    assert box.tip == "8 units, map 10², sees 64 px, all of 40; 1×1 6, 5×5 2"
    run = replace(seen.blocks[1], layers=(*seen.blocks[1].layers, seen.layers[-1]))
    assert charts._box(run).ends == ()  # of several layers no one's branches are drawn


def test_maps_that_are_no_squares_are_told_by_both_sides() -> None:
    box = charts._box(Block((records.layer("long.path.name", height=4, width=9),)))
    assert box.lines[:2] == ("name", "8 × 4·9")
