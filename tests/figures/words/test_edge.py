"""An edge is told by what it weighs, where, and how its ends go together."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.walks.pairs import Pairs
from figures.words import edge as words
from tests.figures.walked import edge


def test_prose_may_quote_what_an_edge_weighs() -> None:
    values = words.edge(edge()).values
    assert (values["weight"], values["share"], values["rank"], values["images"]) == (1.25, 0.5, 1, 4)
    assert values["correlation"] == pytest.approx(1)


def test_what_does_not_vary_has_no_correlation() -> None:
    said = words.edge(edge(pairs=Pairs(np.arange(2), np.ones(2), np.arange(2.0))))
    assert "correlation" not in said.values
    assert "correlated" not in said.alt
    assert "correlated by 1.00" in words.edge(edge()).alt


def test_notes_tell_of_a_place_an_empty_edge_and_how_a_path_was_gone() -> None:
    assert "at row 3, column 4 of its map" in words.edge(edge(place=(3, 4))).notes[0]
    assert "50.0% of all absolute weights, rank 1" in words.edge(edge()).notes[0]
    assert any("edge is empty" in note for note in words.edge(edge(signed=0.0)).notes)
    assert any("the gradient was taken" in note for note in words.edge(edge(rules=("guided", words.MIXED))).notes)
    assert any("no rectifiers" in note for note in words.edge(edge(rules=("gradient", "gradient"))).notes)
