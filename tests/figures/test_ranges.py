"""Ranges of numbers, and of how many there may be."""

import pytest

from figures.ranges import AtLeast, Between, Length, Range


@pytest.mark.parametrize(
    ("range_", "inside", "outside"),
    [
        (Between(1, 16), (1, 7, 16), (0, 17, float("nan"), float("inf"))),
        (Between(0.5, 2), (0.5, 1.25, 2), (0.49, 2.01)),
        (AtLeast(0), (0, 10**30), (-1, float("nan"))),
        (Length(2), (2, 5), (1,)),
        (Length(0, 3), (0, 3), (4,)),
    ],
)
def test_both_ends_belong_to_a_range(range_: Range, inside: tuple, outside: tuple) -> None:
    assert all(number in range_ for number in inside)
    assert not any(number in range_ for number in outside)


@pytest.mark.parametrize(
    ("range_", "words"),
    [
        (Between(1, 16), "1 to 16"),
        (Between(0.5, 100_000), "0.5 to 100000"),
        (AtLeast(0), "at least 0"),
        (Length(2), "at least 2"),
        (Length(2, 2), "exactly 2"),
        (Length(0, 64), "at most 64"),
        (Length(1, 64), "1 to 64"),
    ],
)
def test_a_range_is_said_in_words(range_: Range, words: str) -> None:
    assert str(range_) == words


def test_what_has_no_upper_end_takes_none() -> None:
    with pytest.raises(TypeError):
        AtLeast(1, 2)
