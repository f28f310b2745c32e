"""Layers of networks are read for two cues, beside the same untrained and the pictures themselves."""

from __future__ import annotations

import pytest

from figures.methods import models
from figures.methods.probes import linear_probes as methods
from tests.figures.probed import Flat, probes
from tests.figures.small_networks import convolutional, model

HOW = {"kind": "pooled", "folds": 3, "control": False, "seed": 0}


def test_what_lies_in_the_pictures_is_read_from_them_and_from_what_passes_it_on() -> None:
    made = model(convolutional)
    seen = methods.of([made], Flat(), list(made.layers)[:1], **HOW)
    assert min(one.mean for one in (*seen.raw, *seen.readings)) > 0.8
    assert [(one.cue, one.result.accuracy.shape) for one in seen.readings] == [("shape", (3,)), ("texture", (3,))]
    assert dict(seen.chance) == {"shape": 1 / 3, "texture": 1 / 3}


def test_the_table_has_a_row_for_every_fold() -> None:
    columns = probes(("m", "n")).columns()
    assert {len(column) for column in columns.values()} == {2 * 2 * 2 * 2 * 2 + 4}
    row = {name: column[0] for name, column in columns.items()}
    assert (row["model"], row["layer"], row["target"], row["features"], row["chance"]) == (
        "m",
        "a",
        "shape",
        "pooled",
        0.0625,
    )
    assert row["accuracy"] == pytest.approx(0.15)
    assert columns["features"][-1] == "pixels"


def test_layers_are_checked_and_named_once() -> None:
    glyphs = models.load("glyphs")
    assert methods.chosen_layers(glyphs, ("conv2", "conv2")) == ("conv2",)
    assert methods.chosen_layers(glyphs, ()) == glyphs.main
    with pytest.raises(ValueError, match="did you mean 'conv2'"):
        methods.chosen_layers(glyphs, ("conv22",))


def test_a_network_stands_but_once() -> None:
    made = model(convolutional)
    with pytest.raises(ValueError, match="expected each once"):
        methods.of([made, made], Flat(), (), **HOW)
