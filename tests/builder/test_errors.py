"""Problems have a place and an order."""

import itertools
from pathlib import Path

from builder.errors import BuildError, Place, Problem

A, B = Path("a.md"), Path("b.md")


def test_a_place_is_written_as_editors_read_it() -> None:
    assert str(Place(A, 7)) == "a.md:7"
    assert str(Place(A)) == "a.md"
    assert str(Problem(Place(A, 7), "wrong", warning=True)) == "a.md:7: warning: wrong"


def test_problems_come_in_the_order_of_files_and_lines() -> None:
    ordered = [Problem(Place(A), "x"), Problem(Place(A, 2), "y"), Problem(Place(A, 10), "x"), Problem(Place(B, 1), "x")]
    for mixed in itertools.permutations(ordered):
        assert sorted(mixed) == ordered


def test_an_error_of_a_build_says_all_its_problems() -> None:
    problems = [Problem(Place(A, 1), "one"), Problem(Place(B, 2), "two")]
    error = BuildError(iter(problems))
    assert error.problems == tuple(problems)
    assert str(error).splitlines() == list(map(str, problems))
