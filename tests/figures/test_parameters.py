"""The types of parameters name kinds that can be read, and their common words are those of such a kind."""

import typing
from typing import Annotated

import pytest

from figures import hints, parameters
from figures.ranges import Kind, Length, Range
from figures.signature import CHOICE, KINDS

ALIASES = {name: value for name, value in vars(parameters).items() if typing.get_origin(value) is Annotated}


@pytest.mark.parametrize("name", ALIASES)
def test_a_kind_of_its_own_bears_the_name_of_its_alias_and_others_have_a_range(name: str) -> None:
    marks = typing.get_args(ALIASES[name])[1:]
    kinds = [mark.name for mark in marks if isinstance(mark, Kind)]
    assert kinds in ([name], [])
    assert kinds or any(isinstance(mark, Range) for mark in marks)
    assert set(kinds) <= set(KINDS)


@pytest.mark.parametrize("name", ALIASES)
def test_ranges_run_upwards_and_lengths_are_of_several(name: str) -> None:
    base, *marks = typing.get_args(ALIASES[name])
    assert all(mark.low <= mark.high for mark in marks if isinstance(mark, Range))
    if any(isinstance(mark, Length) for mark in marks):
        assert typing.get_origin(base) is tuple


@pytest.mark.parametrize("name", parameters.EXPLAINED)
def test_common_words_are_found_by_name_and_kind_only(name: str) -> None:
    kinds, words = parameters.EXPLAINED[name]
    assert words == words.strip().rstrip(".")
    for kind in kinds.split(" | "):
        assert kind in (*KINDS, CHOICE)
        assert hints.explained(name, kind, "") == words
        assert hints.explained(name, f"other {kind}", "") == ""


def test_random_numbers_start_from_whatever_numpy_takes() -> None:
    assert 0 in parameters.SEEDS
    assert 2**32 - 1 in parameters.SEEDS
    assert 2**32 not in parameters.SEEDS
    assert -1 not in parameters.SEEDS
