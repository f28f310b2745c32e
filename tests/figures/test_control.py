"""A control stands beside its figure, and never in its way."""

from __future__ import annotations

import pytest

from figures.artifact import Artifact, Table
from figures.control import WORDS, with_control
from figures.methods import models


def plain(network: models.Model) -> Artifact:
    table = Table(("name",), ((network.name,),))
    return Artifact(f"A figure of {network.name}.", (), table, {"count": 1}, ("A note.",))


def picky(network: models.Model) -> Artifact:
    if network.random:
        raise ValueError("the unit answers nothing")
    return plain(network)


def test_a_control_is_drawn_where_it_is_asked_for_and_the_network_was_trained() -> None:
    glyphs, untrained = models.load("glyphs"), models.load("glyphs-untrained")
    assert with_control(plain, glyphs, False) == plain(glyphs)
    assert with_control(plain, untrained, True) == plain(untrained)
    both = with_control(plain, glyphs, True)
    assert [row[0] for row in both.table.rows] == ["figure", "control"]
    assert both.values == {"count": 1, "control_count": 1}
    assert both.notes == ("A note.",)
    assert WORDS in both.alt


def test_a_control_that_cannot_be_drawn_is_told_and_loses_nothing() -> None:
    made = with_control(picky, models.load("glyphs"), True)
    assert made.alt == "A figure of glyphs."
    assert made.notes == ("A note.", f"{WORDS}: the unit answers nothing.")


def test_what_is_wrong_with_the_figure_itself_is_an_error() -> None:
    with pytest.raises(ValueError, match="the unit answers nothing"):
        with_control(picky, models.load("glyphs-untrained"), True)
