"""A tree of units is read as it was written, and knows what is opened, set apart and wrong with it."""

import json

import pytest

from figures.kept import checks
from figures.kept.hierarchy import HierarchyNode, HierarchyPart
from figures.kept.parts import ImagePart, KeptPart, SpritePart, Tile

IMAGE = ImagePart(name="i", object="o", media_type="image/jpeg", width=32, height=64, alt="")
SHEET = SpritePart(name="s", image=IMAGE, tiles=(Tile(""),) * 7, tile_px=16, columns=2, display_px=72)

NODES = tuple(
    HierarchyNode(f"a:{i}", f"a:{i % 5}", parent=parent, lines=("one", "two"), state=state)
    for i, (parent, state) in enumerate(
        [(None, ""), (0, "discarded"), (0, ""), (0, "kept"), (2, ""), (3, ""), (3, "")]
    )
)  # fmt: skip
TREE = HierarchyPart(name="t", nodes=NODES, sheet=SHEET, each=1, alt="A tree")


def test_a_hierarchy_is_read_as_it_was_written() -> None:
    plain = json.loads(json.dumps(TREE.plain()))
    assert plain.pop("kind") == "hierarchy"
    assert KeptPart.kinds["hierarchy"].of(plain) == TREE


def test_a_hierarchy_opens_what_is_kept_and_puts_what_is_set_apart_last() -> None:
    assert TREE.children(0) == [1, 2, 3]
    assert TREE.in_row(0) == [2, 3, 1]
    assert TREE.opened == [0, 3]
    assert TREE.across == 3
    assert TREE.pictures == SHEET.pictures
    assert TREE.units == ("a:0", "a:1", "a:2", "a:3", "a:4")


@pytest.mark.parametrize(
    ("nodes", "tiles", "message"),
    [
        (NODES[:2], 5, "5 tiles for 2 nodes; expected 2 each"),
        ((NODES[0], NODES[0]), 4, "node 1 stands below None; expected one of 0 to 0"),
        ((NODES[1],), 2, "node 0 stands below 0; expected none"),
        ((NODES[0], NODES[4]), 4, "node 1 stands below 2; expected one of 0 to 0"),
        (("a:1",), 2, "node 0 is 'a:1'; expected a HierarchyNode"),
        (None, 0, "nodes is None; expected a sequence of nodes"),
    ],
)
def test_what_is_no_hierarchy_is_told(nodes: object, tiles: int, message: str) -> None:
    assert message in list(checks.nodes(nodes, tiles, 2))
    assert list(checks.nodes(NODES, 14, 2)) == []


def test_a_unit_without_children_is_a_row_of_nothing() -> None:
    alone = HierarchyPart(name="t", nodes=NODES[:1], sheet=SHEET, each=1)
    assert (alone.children(0), alone.opened, alone.across, alone.raster) == ([], [0], 1, "o")
