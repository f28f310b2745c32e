"""σ is never named without what it is the standard deviation of."""

import numpy as np
import pytest

from figures.methods.sigma import Sigma
from figures.words import sigma


@pytest.mark.parametrize(("what", "words"), [
    (sigma.before(True), "σ of the activation before the rectifier over all positions of glyphs:24"),
    (sigma.after(True), "σ of the rectified activation over all positions of glyphs:24"),
    (sigma.before(False), "σ of the activation over all positions of glyphs:24"),
])  # fmt: skip
def test_a_phrase_says_of_what_and_over_what(what: sigma.What, words: str) -> None:
    assert sigma.of(what, "glyphs:24") == words


def test_without_a_rectifier_there_is_one_activation() -> None:
    assert sigma.before(False) == sigma.after(False)


def test_the_two_activations_of_a_rectified_layer_are_told_apart_in_few_letters() -> None:
    assert len({sigma.short(what) for what in (sigma.before(True), sigma.after(True), sigma.after(False))}) == 3


def test_a_measure_names_its_data() -> None:
    assert sigma.measure(Sigma(np.ones(1), True, "glyphs:24")).endswith(
        "rectified activations over all positions of glyphs:24."
    )


def test_a_note_names_what_a_scan_keeps() -> None:
    assert sigma.spread(sigma.before(True), "photos") == (
        "σ is the standard deviation of the activation before the rectifier over all positions of photos."
    )
    assert sigma.activation(sigma.before(False)) == "the activation"
