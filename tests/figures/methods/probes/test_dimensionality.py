"""Layers of networks are scored on the same pairs, and the table tells layers and units."""

from __future__ import annotations

import pytest

from figures.methods.probes import dimensionality as methods
from tests.figures.probed import Flat, stages
from tests.figures.small_networks import convolutional, model

HOW = {"pairs": 100, "other": "independent", "seed": 0}


def test_colours_that_stand_for_cues_are_told_apart() -> None:
    made = model(convolutional)
    first = next(iter(made.layers))
    seen = methods.of([made], Flat(), (first,), **HOW)
    found = seen.stages[0].found
    assert len(found.rho_shape) == made.size(first)
    assert sum(seen.stages[0].kinds) == made.size(first)
    # Pictures are their two classes and nothing else: a pair that shares a class shares all of what it does to units.
    assert found.score_shape + found.score_texture == pytest.approx(1, abs=0.35)
    assert dict(seen.pairs) == {"shape": 36, "texture": 36}


def test_the_table_has_a_row_for_every_layer_and_every_unit() -> None:
    columns = stages(("m", "n")).columns()
    assert {len(column) for column in columns.values()} == {4 + 16}
    assert columns["unit"][:5] == [None, None, None, None, 0]
    assert columns["pairs_per_factor"][0] == 8
    assert columns["count_shape"][0] + columns["count_texture"][0] + columns["count_residual"][0] == 4


def test_units_are_shown_of_the_last_layer_or_of_those_asked_for() -> None:
    made = model(convolutional)
    names = list(made.layers)[:2]
    seen = methods.of([made], Flat(), names, **HOW)
    assert [one.layer for one in methods.shown([made], seen, ())] == names[1:]
    assert [one.layer for one in methods.shown([made], seen, names)] == names
    with pytest.raises(ValueError, match="not among the layers; expected one of"):
        methods.shown([made], seen, (list(made.layers)[2],))
    with pytest.raises(ValueError, match="expected each once"):
        methods.of([made, made], Flat(), names, **HOW)
