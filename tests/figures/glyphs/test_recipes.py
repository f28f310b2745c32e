"""Recipes: how rates, curricula and attacks run, and how the networks differ."""

from dataclasses import replace

import pytest

from figures.glyphs.dataset import STANDARD
from figures.glyphs.recipes import RECIPES, Phase


def test_a_rate_warms_up_and_falls_to_nothing():
    phase = Phase(1000, peak_rate=1.0, warm_up=0.1)
    rates = [phase.rate(k / 100) for k in range(101)]
    assert max(rates) == rates[10] == pytest.approx(1.0)
    assert rates[0] < 0.05
    assert rates[100] == pytest.approx(0.0)


def test_the_curriculum_and_the_attack_run_their_shares():
    phase = Phase(1000, ease_share=0.5, attack=2.0, attack_ramp=0.2)
    assert [phase.eased(STANDARD, p).ease for p in (0.0, 0.25, 0.5, 1.0)] == [1.0, 0.5, 0.0, 0.0]
    assert [phase.length(p) for p in (0.0, 0.1, 0.2, 1.0)] == [0.0, 1.0, 2.0, 2.0]


def test_the_pair_differs_in_nothing_but_the_link():
    shape, texture = RECIPES["glyphs-shape"], RECIPES["glyphs-texture"]
    assert texture.variant.texture_link == 1.0
    assert replace(texture, variant=replace(texture.variant, texture_link=0.0)) == shape
