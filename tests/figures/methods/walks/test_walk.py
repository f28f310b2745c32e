"""A walk knows its tree, and what a unit is composed of by the names that an author gave."""

from __future__ import annotations

from dataclasses import replace

from tests.figures.walked import NODES, walk


def test_a_tree_is_told_from_its_parents() -> None:
    seen = walk()
    assert seen.children(0) == [1, 2, 3]
    assert seen.children(1) == [4]
    assert [seen.depth(number) for number in range(5)] == [0, 1, 1, 1, 2]


def test_units_are_composed_of_the_names_of_those_that_are_not_set_apart() -> None:
    assert walk().composed(0) == "fur − eye"
    assert walk().composed(1) == ""
    nameless = replace(NODES[2], caption="")
    assert walk(nodes=(*NODES[:2], nameless, *NODES[3:])).composed(0) == "fur + …"


def test_units_go_by_their_direction_and_their_place() -> None:
    assert [node.name for node in NODES] == ["logits:1", "b:3", "b:0-", "b:2", "a:5"]
    assert [node.address for node in NODES[:3]] == ["logits:1", "b:3@1,2", "b:0@0,0-"]


def test_a_table_has_a_row_for_each_edge() -> None:
    columns = walk().columns()
    assert columns["parent"] == ["logits:1"] * 3 + ["b:3@1,2"]
    assert columns["child"] == ["b:3@1,2", "b:0@0,0-", "b:2@3,3", "a:5@2,2"]
    assert columns["rank"] == [1, 2, 3, 1]
    assert columns["signed weight"] == [1.5, -0.5, 0.25, 3.0]
    assert columns["kept"] == ["kept", "", "discarded", ""]
