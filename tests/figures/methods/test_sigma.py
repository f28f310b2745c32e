"""The measure in which responses are drawn."""

from types import SimpleNamespace

import numpy as np
import pytest

from figures.methods import datasets, models, scan, sigma


def test_the_spread_below_zero_follows_from_the_scan() -> None:
    values = np.random.Generator(np.random.Philox(0)).normal(0.3, 1, 1000)
    above, below = np.maximum(values, 0), np.maximum(-values, 0)
    moments = SimpleNamespace(
        mean=values.mean(), std=values.std(), rectified_mean=above.mean(), rectified_std=above.std()
    )
    cases = ((False, True, above), (False, False, values), (True, True, below), (True, False, values))
    for negative, cut, expected in cases:
        assert sigma.deviation(moments, negative, cut) == pytest.approx(expected.std())


def test_units_that_a_rectifier_ends_are_measured_after_it_and_others_as_they_are() -> None:
    network, data = models.load("glyphs-untrained"), datasets.load("glyphs:24")
    both = sigma.of(network, data, ("mixed3a:3", "shape:2"))
    moments = scan.by_layer(network, data, ("mixed3a", "shape"))
    assert both.values == pytest.approx([moments["mixed3a"].rectified_std[3], moments["shape"].std[2]])
    assert not both.rectified
    assert sigma.of(network, data, ("mixed3a:3",)).rectified
    assert (both.dataset, both.images, both.broken) == ("glyphs:24", 24, ())
