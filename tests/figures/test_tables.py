"""Tables of settings: every value is checked, and what is wrong says what is expected."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from figures import tables

KEYS: tables.Keys = {
    "size": (tables.count, "size_px", "a whole number, at least 1"),
    "name": (tables.text, "name", "a text"),
}


def test_values_come_under_the_names_of_their_fields() -> None:
    assert tables.read("sets.a", {"size": 3, "name": "x"}, KEYS) == {"size_px": 3, "name": "x"}
    assert tables.read("sets.a", {}, KEYS) == {}


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ("text", "sets.a: 'text'; expected a table with size, name"),
        ({"sise": 3}, "sets.a: no setting 'sise'; did you mean 'size'? (there are: size, name)"),
        ({"size": 0}, "sets.a: size = 0; expected a whole number, at least 1"),
        ({"size": True}, "sets.a: size = true; expected a whole number, at least 1"),
        ({"name": ""}, 'sets.a: name = ""; expected a text'),
    ],
)
def test_what_is_wrong_says_where_and_what_is_expected(table: object, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        tables.read("sets.a", table, KEYS)


@pytest.mark.parametrize(
    ("reader", "good", "bad"),
    [
        (tables.text, {"a": "a"}, ["", 1, None]),
        (tables.count, {1: 1}, [0, -1, 1.0, True, "1"]),
        (tables.seed, {0: 0, 7: 7}, [-1, 0.5, False]),
        (tables.numbers, {1: (1.0,), (1, 2.5): (1.0, 2.5)}, [(), ("1",), (True,), None]),
        (tables.spreads, {0.5: (0.5,)}, [0, (1, 0), -1]),
        (tables.classes, {"classes.txt": Path("classes.txt")}, ["", [], [1], 3]),
        (tables.aliases, {}, [["a"], {"a": ""}, {"a": 1}, "a"]),
    ],
)
def test_a_reader_takes_what_it_should_and_nothing_else(reader: tables.Reader, good: dict, bad: list) -> None:
    assert {value: reader(value) for value in good} == good
    assert [reader(value) for value in bad] == [None] * len(bad)


def test_lists_and_tables_of_names_are_kept_in_their_order() -> None:
    assert tables.classes(["dog", "cat"]) == ("dog", "cat")
    assert tables.aliases({"b": "x", "a": "y"}) == (("b", "x"), ("a", "y"))


def test_the_lines_of_a_file_are_names_and_empty_ones_none(tmp_path: Path) -> None:
    (tmp_path / "classes.txt").write_text("cat\n\n dog \n")
    assert tables.lines(tmp_path / "classes.txt", "models.a") == ("cat", "dog")
    with pytest.raises(ValueError, match=r"^models\.a: classes cannot be read from .*missing\.txt"):
        tables.lines(tmp_path / "missing.txt", "models.a")
