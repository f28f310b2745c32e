"""Boxes have places of their own, and lines lead past them."""

import pytest

from figures.charts import diagram

BOXES = [diagram.Box(name, 4**i, 64 // 2**i, (name,)) for i, name in enumerate("abcd")]
EDGES = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]


def test_boxes_beside_each_other_share_a_column() -> None:
    places, size = diagram.layout(BOXES, EDGES, columns=5, below=30)
    assert [places[name].column for name in "abcd"] == [0, 1, 1, 2]
    assert places["b"].y < places["a"].y < places["c"].y
    assert places["a"].y == places["d"].y == pytest.approx((places["b"].y + places["c"].y) / 2)
    assert [places[name].width for name in "abcd"] == sorted(places[name].width for name in "abcd")
    assert [places[name].height for name in "dcba"] == sorted(places[name].height for name in "dcba")
    assert size[0] == 3 * diagram.CELL


def test_no_two_boxes_overlap_and_rows_are_broken() -> None:
    boxes = [diagram.Box(str(i), 9, 9, (str(i),)) for i in range(9)]
    chain = [(str(i), str(i + 1)) for i in range(8)]
    places, (width, height) = diagram.layout(boxes, chain, columns=3, below=30)
    assert {(place.row, place.column % 3) for place in places.values()} == {(r, c) for r in range(3) for c in range(3)}
    assert all(place.x + place.width / 2 <= width and place.y + place.height / 2 <= height for place in places.values())
    points = diagram.path(places["2"], places["3"], 3)
    assert points[0][1] == places["2"].y
    assert points[-1][1] == places["3"].y
    assert places["2"].y + 39 < points[2][1] < places["3"].y - 39  # between the rows
