"""The letters of axes, followed by hand."""

import pytest

from figures.methods.insides.layouts import Axes, dropped, permuted, reshaped


def test_axes_in_another_order_and_without_some() -> None:
    assert permuted(Axes("BCHW"), (0, 2, 3, 1)).letters == "BHWC"
    assert dropped(Axes("BCHW"), {2, 3}).letters == "BC"


def test_rows_and_columns_become_tokens_and_come_back() -> None:
    tokens = reshaped(Axes("BCHW"), (2, 8, 4, 6), (2, 8, 24))
    assert (tokens.letters, tokens.grid) == ("BCT", (4, 6))
    assert reshaped(tokens, (2, 8, 24), (2, 8, 4, 6)).letters == "BCHW"
    assert reshaped(tokens, (2, 8, 24), (2, 8, 6, 4)).letters == "BC??"


@pytest.mark.parametrize(
    ("new", "letters"), [((2, 8, 1, 4, 6), "BC1HW"), ((2, 2, 4, 4, 6), "BccHW"), ((2, 192), "BC"), ((16, 4, 6), "?HW")]
)
def test_what_becomes_of_the_axes_of_a_map(new: tuple[int, ...], letters: str) -> None:
    assert reshaped(Axes("BCHW"), (2, 8, 4, 6), new).letters == letters


def test_space_is_rows_columns_or_tokens() -> None:
    assert [Axes(letters).spatial for letters in ("BCHW", "BTC", "BC", "B?")] == [True, True, False, False]
