"""Each group has a look of its own and a place in the legend, where its images are counted."""

from __future__ import annotations

from typing import Any

import pytest

from figures.charts import groups, lasso
from figures.methods.embedding.attributes import Attribute
from tests.figures.embedded_records import embedded


def test_each_group_has_a_look_of_its_own_and_the_smallest_share_one() -> None:
    many = embedded(60, groups=29).attribute
    looks = groups.looks(many)
    assert len(looks) == groups.MOST - 1
    assert len(set(looks.values())) == len(looks)
    assert {groups.of(looks, word)["l"] for word in many.order} == {*looks, groups.OTHERS}


def test_groups_of_a_number_go_from_pale_to_dark() -> None:
    looks = groups.looks(Attribute("size", ("1 to 2", "2 to 3"), ("1 to 2", "2 to 3"), ordered=True))
    assert [colour for colour, _ in looks.values()] == [groups.theme.SEQUENTIAL[3], groups.theme.SEQUENTIAL[15]]


def test_colours_go_round_before_shapes_do() -> None:
    count = len(groups.theme.SERIES)
    looks = [*groups.looks(embedded(40, groups=count + 2).attribute).values()]
    assert [colour for colour, _ in looks] == [*groups.theme.SERIES, *groups.theme.SERIES[:2]]
    assert [shape for _, shape in looks] == ["circle"] * count + ["square"] * 2


def test_of_too_many_the_largest_get_a_look() -> None:
    words = tuple(f"{i:02}" for i in range(groups.MOST + 1) for _ in range(2 if i else 1))
    looks = groups.looks(Attribute("label", words, tuple(dict.fromkeys(words))))
    assert [*looks] == [f"{i:02}" for i in range(1, groups.MOST)]


def test_a_word_without_a_look_is_one_of_the_others() -> None:
    known = {"cat": ("#123456", "square")}
    assert groups.of(known, "cat") == {"l": "cat", "c": "#123456", "s": "square"}
    assert groups.of(known, "dog") == {"l": groups.OTHERS, "c": groups.theme.QUIET, "s": "circle"}


ABC = Attribute("label", ("a", "b", "a", ""), ("a", "b"))


def legend(width: float) -> list[dict[str, Any]]:
    """Give the layers of a legend of three groups, one of them the others."""
    known = groups.looks(ABC)
    rows = [{"i": i, **groups.of(known, word)} for i, word in enumerate(ABC.words)]
    drawn: list[dict[str, Any]] = groups.legend(ABC, rows, width).to_dict(validate=False)["layer"]
    return drawn


@pytest.mark.parametrize(("width", "places"), [
    (900, [(7, 10.5), (307, 10.5), (607, 10.5)]),
    (1, [(7, 10.5), (7, 31.5), (7, 52.5)]),
])  # fmt: skip
def test_groups_stand_in_as_many_columns_as_there_is_room_for(width: float, places: list[tuple[float, float]]) -> None:
    entries = legend(width)[0]["data"]["values"]
    assert [(one["l"], one["gx"], one["gy"]) for one in entries] == [
        (name, *place) for name, place in zip(("a", "b", groups.OTHERS), places, strict=True)
    ]  # fmt: skip


def test_every_image_is_counted_where_its_group_stands() -> None:
    symbols, _, counts = legend(900)
    place = {one["l"]: (one["gx"], one["gy"]) for one in symbols["data"]["values"]}
    rows = counts["data"]["values"]
    assert [row["l"] for row in rows] == ["a", "b", "a", groups.OTHERS]
    assert all(place[row["l"]] == (row["gx"], row["gy"]) for row in rows)
    assert counts["transform"][0] == {"filter": lasso.INSIDE}
