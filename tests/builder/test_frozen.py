"""What is quick to define compares, counts as a key, shows and copies its values as what `dataclasses` makes."""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import asdict, field, replace

import pytest

from builder.frozen import frozen


@frozen
class Nothing:
    pass


@frozen
class Place:
    file: str
    line: int = 1


@frozen
class Precise(Place):
    column: int = 0
    known: Mapping[str, int] = field(default_factory=dict, compare=False)
    hidden: str = field(default="%s", repr=False)


def test_values_are_compared_and_hashed_but_those_that_do_not_count() -> None:
    one = Precise("a.md", 2, known={"a": 1})
    assert one == Precise("a.md", 2, known={}) != Precise("a.md", 3)
    assert len({one, Precise("a.md", 2), Precise("a.md", 2, hidden="x")}) == 2
    assert Nothing() == Nothing()
    assert hash(Place("a.md")) == hash(Place("a.md", 1))


def test_classes_are_told_apart() -> None:
    assert Place("a.md") != Precise("a.md")
    assert Place("a.md") != ("a.md", 1)


@pytest.mark.parametrize(
    ("one", "shown"),
    [
        (Nothing(), "Nothing()"),
        (Place("%r"), "Place(file='%r', line=1)"),
        (Precise("a.md", column=3), "Precise(file='a.md', line=1, column=3, known={})"),
    ],
)
def test_it_shows_its_values_as_a_dataclass_does(one: object, shown: str) -> None:
    assert repr(one) == shown


def test_it_is_copied_and_written_as_a_dataclass_is() -> None:
    one = replace(Precise("a.md", 2), column=4)
    assert asdict(one) == {"file": "a.md", "line": 2, "column": 4, "known": {}, "hidden": "%s"}
    assert pickle.loads(pickle.dumps(one)) == one
