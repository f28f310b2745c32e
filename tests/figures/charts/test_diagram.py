"""Boxes have places of their own, and lines lead past them."""

import math
from dataclasses import replace

import pytest

from figures.charts import diagram, theme

BOXES = [diagram.Box(name, 4**i, 64 // 2**i, (name,)) for i, name in enumerate("abcd")]
EDGES = [("a", "b"), ("a", "c"), ("b", "d"), ("c", "d")]


def test_boxes_beside_each_other_share_a_column() -> None:
    places, _ = diagram.layout(BOXES, EDGES, columns=3, width=600)
    assert [places[name].column for name in "abcd"] == [0, 1, 1, 2]
    assert places["b"].y < places["a"].y < places["c"].y
    assert places["a"].y == places["d"].y == pytest.approx((places["b"].y + places["c"].y) / 2)
    assert [places[name].width for name in "abcd"] == sorted(places[name].width for name in "abcd")
    assert [places[name].height for name in "dcba"] == sorted(places[name].height for name in "dcba")


def test_no_two_boxes_overlap_and_rows_are_broken() -> None:
    boxes = [diagram.Box(str(i), 9, 9, (str(i),)) for i in range(9)]
    chain = [(str(i), str(i + 1)) for i in range(8)]
    places, height = diagram.layout(boxes, chain, columns=3, width=600)
    assert {(place.row, place.column % 3) for place in places.values()} == {(r, c) for r in range(3) for c in range(3)}
    assert all(place.x + place.width / 2 <= 600 and place.y + place.height / 2 <= height for place in places.values())
    points = diagram.path(places["2"], places["3"], 600)
    assert points[0][1] == places["2"].y
    assert points[-1][1] == places["3"].y
    assert places["2"].y + 39 < points[2][1] < places["3"].y - 39  # between the rows


@pytest.mark.parametrize("across_px", [350, 664, 1080])
@pytest.mark.parametrize("count", [3, 8, 14])
def test_a_drawing_is_as_wide_as_it_is_asked_for_and_its_rows_are_of_equal_length(across_px: int, count: int) -> None:
    boxes = [diagram.Box(str(i), 9 + i, 20 - i, (str(i),), several=i == 2) for i in range(count)]
    chain = [(str(i), str(i + 1)) for i in range(count - 1)]
    chart = diagram.draw(boxes, chain, across_px=across_px, alt_text="net")
    assert chart.width == across_px
    columns = diagram._columns(boxes, chain, (across_px - 26) // diagram.CELL)
    assert (across_px - 26) / columns >= diagram.CELL
    assert count > columns * (math.ceil(count / columns) - 1)


def test_words_stand_right_below_the_highest_box_of_their_row() -> None:
    boxes = [diagram.Box(str(i), 9, 100 if i == 0 else 1, (str(i),)) for i in range(4)]
    places, height = diagram.layout(boxes, [("0", "1"), ("1", "2"), ("2", "3")], columns=2, width=300)
    assert places["1"].reach == places["0"].reach == diagram.TALL / 2
    assert places["2"].reach == places["2"].height / 2 < 10
    assert height - places["2"].y < places["1"].y


def test_others_look_out_behind_a_box_of_several() -> None:
    boxes = [diagram.Box("a", 3, 3, ("a",)), diagram.Box("b", 9, 9, ("b",), several=True)]
    alone = [replace(box, several=False) for box in boxes]
    drawn, plain = (diagram.draw(one, [("a", "b")], alt_text="net").svg for one in (boxes, alone))
    assert drawn.count(f'fill="{theme.PAPER}"') - plain.count(f'fill="{theme.PAPER}"') == 3
