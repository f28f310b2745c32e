"""What is said of a distribution is what the record holds."""

from dataclasses import replace

import numpy as np
import pytest

from figures.methods.distribution import Distribution, Tail
from figures.words import distribution as words
from tests.figures.unit_scans import unit_scan

VALUES = np.random.default_rng(0).normal(0.5, 2, 1000)


def seen(*, rectified: bool = True, **tails: Tail) -> Distribution:
    return Distribution("mixed3a:5", unit_scan(VALUES), rectified, tails)


def test_the_share_of_positions_and_the_spread_are_quoted() -> None:
    said = words.distribution(seen())
    assert said.values["share_firing"] == pytest.approx((VALUES >= 0).mean())
    assert said.values["sigma"] == pytest.approx(VALUES.std())
    assert said.values["positions"] == 1000
    far = (np.abs(VALUES - VALUES.mean()) >= 2 * VALUES.std()).mean()
    assert 0 < said.values["share_beyond_2_sigma"] <= far
    assert said.values["share_beyond_2_sigma"] == pytest.approx(far, abs=0.03)
    assert f"fires at {(VALUES >= 0).mean():.1%} of 1000 positions" in said.alt
    assert words.heading(seen()) == f"fires at {(VALUES >= 0).mean():.1%} of positions, σ = {VALUES.std():.3g}"


def test_sigma_is_of_the_activation_before_the_rectifier_where_there_is_one() -> None:
    (note,) = words.distribution(seen()).notes
    assert "activation before the rectifier over all positions of made-up:1" in note
    assert words.axis(seen()) == "activation before the rectifier"
    (note,) = words.distribution(seen(rectified=False)).notes
    assert "rectifier" not in note + words.axis(seen(rectified=False)) + words.alt(seen(rectified=False))


def test_tails_are_quoted_where_there_are_any() -> None:
    said = words.distribution(seen(positive=Tail(1.0, 4.0, 1.5, 0.2, 0.99)))
    assert (said.values["positive_scale"], said.values["positive_r2"]) == (1.5, 0.99)
    assert (said.values["positive_from"], said.values["positive_to"]) == (1.0, 4.0)
    assert "positive tail scale 1.5" in said.alt
    assert "negative_scale" not in said.values


def test_images_that_cannot_be_read_are_named() -> None:
    broken = Distribution("mixed3a:5", replace(unit_scan(VALUES), broken=("a.png",)), True, {})
    assert words.distribution(broken).notes[-1].endswith("a.png.")
