"""A tree of units says what is wrong with it, and is kept whole."""

from __future__ import annotations

import dataclasses
import json

import pytest

from figures.artifact import Artifact, Table, pack
from figures.charts import hierarchy as charts
from figures.hierarchy import Hierarchy
from figures.kept.hierarchy import HierarchyPart
from figures.kept.record import read
from tests.figures.walked import walk


@pytest.fixture(scope="module")
def tree() -> Hierarchy:
    return charts.draw(walk(), alt_text="A tree")


def test_what_is_kept_is_what_was_drawn(tree: Hierarchy) -> None:
    record, objects = pack(Artifact("A tree.", (tree,), Table(("a",), ((1,),))))
    (kept,) = read(json.loads(json.dumps(record))).parts
    assert isinstance(kept, HierarchyPart)
    assert (kept.nodes, kept.each, kept.alt, kept.name) == (tree.nodes, tree.each, tree.alt, tree.name)
    assert kept.sheet.tiles == tree.sheet.tiles
    assert {digest for _, digest in kept.pictures} == set(objects) - {kept_file for _, kept_file in files(record)}


def files(record: dict) -> list[tuple[str, str]]:
    """Name the files of the table, which are not the tree's."""
    return [(name, record["table"][name]) for name in ("csv", "json")]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"each": 0}, "each is 0"),
        ({"each": 3}, "20 tiles for 5 nodes; expected 3 each"),
        ({"nodes": ()}, "20 tiles for 0 nodes; expected 4 each"),
        ({"nodes": None}, "nodes is None; expected a sequence of nodes"),
        ({"alt": 3}, "alt is 3"),
    ],
)
def test_what_is_no_tree_is_told(tree: Hierarchy, changed: dict[str, object], said: str) -> None:
    assert any(said in problem for problem in dataclasses.replace(tree, **changed).problems())
    assert list(tree.problems()) == []
