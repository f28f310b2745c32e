"""Boxes say what a layer is, what it sees, and which of its units are marked."""

import re
import sys
from dataclasses import replace
from pathlib import Path

from figures.charts import diagram
from figures.charts import network_boxes as charts
from figures.methods.network_diagram import Block, Head
from figures.units import Unit

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


def words(seen) -> list[str]:
    return re.findall(r">([^<>]+)</text>", charts.draw(seen, alt_text="net").svg)


def test_a_box_says_what_a_layer_sees_and_how_much_of_the_picture_that_is() -> None:
    told = words(records.network_diagram())
    assert {"image", "3 × 40²", "stem", "4 × 10²", "sees 3 px, 7.5 %", "logits", "2 classes"} <= set(told)
    assert {"blocks.0", "to blocks.2, × 3", "sees 20 px, 50 %"} <= set(told)
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


def test_several_layers_are_told_by_the_first_the_last_and_their_number() -> None:
    box = charts._box(Block(tuple(records.layer(f"block{number}") for number in (9, 10, 11))))
    assert box.lines[:3] == ("block9 to block11", "× 3", "8 × 10²")
    assert box.several
    assert not charts._box(Block((records.layer("block9"),))).several


def test_a_path_keeps_as_many_names_as_have_room_but_not_those_that_all_share() -> None:
    names = ("features.block7.depthwise", "features.block7", "features.denseblock12.denselayer3.conv1")
    known = charts._shared(names)
    assert [charts._last(name, known) for name in names] == ["block7.depthwise", "block7", "denselayer3.conv1"]
    assert charts._last("a_very_long_name_of_a_module.0", "") == "a_very_long_name_of_a_module.0"
    assert charts._shared(["features", "features.0"]) == ""


def test_a_head_bears_the_name_of_the_layer_that_it_is() -> None:
    box = charts._head(Head("logits", 1000, (), "fc8", chosen=True))
    assert box.lines == ("fc8, logits", "1000 classes")
    assert box.tip == "1000 classes, the output of fc8"
    assert box.chosen


def test_maps_that_are_no_squares_are_told_by_both_sides() -> None:
    box = charts._box(Block((records.layer("long.path.name", height=4, width=9),)))
    assert box.lines[:2] == ("long.path.name", "8 × 4·9")
    dense = charts._box(Block((records.layer("fc6", height=1, width=1),)))
    assert dense.lines[:2] == ("fc6", "8 units")


def test_a_network_is_drawn_again_for_a_narrow_page_with_all_of_its_words() -> None:
    seen = records.network_diagram()
    chart = charts.draw(seen, across_px=776, alt_text="net")
    assert chart.narrow.width <= diagram.NARROW_PX < chart.width
    assert set(re.findall(r">([^<>]+)</text>", chart.narrow.svg)) == set(words(seen))
    assert charts.draw(seen, across_px=diagram.NARROW_PX, alt_text="net").narrow is None
