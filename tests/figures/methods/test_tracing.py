"""Known splines must be found again; what cannot be traced says so."""

import numpy as np
import pytest
import torch

from figures.methods import models, strokes, tracing
from figures.methods.tracing import Search

UNITS = tuple(f"mixed3b:{index}" for index in (163, 188, 96, 175, 246, 154, 81, 194, 181, 164))
SHORT = Search(steps=48, starts=16, kept=2)


def drawn(truth: np.ndarray, width_px: float = 2.0) -> np.ndarray:
    return strokes.strokes(torch.tensor(truth, dtype=torch.float32)[None], size_px=64, width_px=width_px)[0].numpy()


def apart(knots: np.ndarray, truth: np.ndarray) -> float:
    one, other = (strokes.sampled(torch.tensor(each, dtype=torch.float32)[None]) for each in (knots, truth))
    return float(strokes.apart_px(one, other))


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_a_known_spline_is_recovered(seed: int) -> None:
    truth = tracing.curve(64, seed)
    found = tracing.trace(models.load("glyphs"), drawn(truth), UNITS, search=SHORT)
    assert found.knots.shape == (SHORT.steps + 1, SHORT.knots, 2)
    assert found.score.shape == (SHORT.steps + 1,)
    assert apart(found.knots[-1], truth) < 1.0
    assert apart(found.knots[-1], truth) < apart(found.knots[0], truth)
    assert 0.97 < found.score[-1] <= 1 + 1e-5
    assert found.score[-1] > found.score[0]


@pytest.mark.slow
def test_a_spline_is_recovered_from_noise_and_a_gap() -> None:
    truth = tracing.curve(64, 5)
    image = drawn(truth) + np.random.default_rng(0).normal(0, 0.15, (3, 64, 64)).astype(np.float32)
    x, y = truth[3].astype(int)
    image[:, y - 3 : y + 3, x - 3 : x + 3] = 1.0
    found = tracing.trace(models.load("glyphs"), image.clip(0, 1), UNITS, search=SHORT)
    assert apart(found.knots[-1], truth) < 2.0


def test_the_image_itself_scores_one() -> None:
    model = models.load("glyphs")
    goal = tracing.wanted(model, drawn(tracing.curve(64, 0))[None], UNITS)
    assert goal.layer == "mixed3a"
    assert float(goal.likeness(goal.hidden)) == pytest.approx(1)
    other = tracing.wanted(model, drawn(tracing.curve(64, 1))[None], UNITS)
    assert float(goal.likeness(other.hidden)) < 0.8


def test_the_same_seed_gives_the_same_tracing() -> None:
    model, image = models.load("glyphs"), drawn(tracing.curve(64, 4))
    few = Search(steps=3, starts=4, kept=1, seed=7)
    one, same = (tracing.trace(model, image, UNITS, search=few).knots for _ in range(2))
    np.testing.assert_array_equal(one, same)


def test_what_cannot_be_traced_says_so() -> None:
    model = models.load("glyphs")
    image = drawn(tracing.curve(64, 0))
    with pytest.raises(ValueError, match="units of mixed3b, mixed3a; expected units of one layer"):
        tracing.trace(model, image, ("mixed3b:1", "mixed3a:1"))
    with pytest.raises(ValueError, match="first layer"):
        tracing.trace(model, image, ("conv1:1",))
    with pytest.raises(ValueError, match="expected a whole channel"):
        tracing.trace(model, image, ("mixed3b:1@2,2",))
    with pytest.raises(ValueError, match="knots 1; expected at least 2"):
        Search(knots=1)


def test_the_curve_drawn_by_lot_stays_inside() -> None:
    for seed in range(20):
        curve = tracing.curve(64, seed)
        assert curve.min() > 8
        assert curve.max() < 56
    assert not np.array_equal(tracing.curve(64, 0), tracing.curve(64, 1))
