"""A transfer of style brings statistics closer, step by step, each picture by itself."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods import models
from figures.methods.cues import transfer
from figures.methods.cues.transfer import Goal, Pair, Recipe
from tests.figures import small_networks

LAYERS = {"style_layers": ("0", "1"), "content_layers": ("3",)}


@pytest.fixture(scope="module")
def encoder() -> models.Model:
    return small_networks.model(small_networks.convolutional)


def pair(seed: int) -> Pair:
    content, style = (small_networks.picture(each).numpy() for each in (seed, seed + 10))
    return Pair(content, style * 0.4)


@pytest.mark.parametrize("method", ["gram", "moments"])
def test_the_loss_falls_and_style_comes_closer(encoder, method):
    made = transfer.stylised(encoder, (pair(0),), Recipe(method, 30, **LAYERS))
    assert made.loss.shape == made.style.shape == (1, 30)
    assert made.loss[0, -1] < 0.6 * made.loss[0, 0]
    assert made.style[0, -1] < 0.6 * made.style[0, 0]
    assert 0 <= made.pictures.min() <= made.pictures.max() <= 1


def test_without_steps_a_picture_stays_as_it_is(encoder):
    one = pair(0)
    made = transfer.stylised(encoder, (one,), Recipe(steps=1, **LAYERS))
    assert np.abs(made.pictures[0] - one.content).max() == pytest.approx(transfer.RATE, rel=0.01)


def test_a_picture_knows_nothing_of_those_beside_it(encoder):
    recipe = Recipe(steps=5, **LAYERS)
    together = transfer.stylised(encoder, (pair(0), pair(1)), recipe)
    alone = transfer.stylised(encoder, (pair(1),), recipe)
    np.testing.assert_allclose(together.pictures[1], alone.pictures[0], atol=1e-3)


def test_the_seed_decides(encoder):
    pictures = [
        transfer.stylised(models.load("glyphs"), (glyph_pair(),), Recipe(steps=3, seed=seed, **GLYPHS)).pictures
        for seed in (0, 0, 1)
    ]
    np.testing.assert_array_equal(pictures[0], pictures[1])
    assert np.abs(pictures[0] - pictures[2]).max() > 1e-4


GLYPHS = {"style_layers": ("conv1",), "content_layers": ("conv2",)}


def glyph_pair() -> Pair:
    random = np.random.default_rng(0)
    return Pair(*random.random((2, 3, 64, 64), dtype=np.float32))


@pytest.mark.parametrize("method", ["gram", "moments"])
def test_the_slope_of_the_loss_is_that_of_finite_differences(encoder, method):
    content, style = (torch.from_numpy(getattr(pair(0), name))[None] for name in ("content", "style"))
    goal = Goal(encoder, content, style, Recipe(method, **LAYERS))
    picture = (0.8 * content + 0.1).requires_grad_()
    (slope,) = torch.autograd.grad(goal.errors(picture, (0, 0)).loss.sum(), picture)
    way = torch.sign(slope) * 1e-3
    with torch.no_grad():
        rise = goal.errors(picture + way, (0, 0)).loss - goal.errors(picture - way, (0, 0)).loss
    assert rise.item() == pytest.approx(2 * (slope * way).sum().item(), rel=0.05)


def test_equal_pictures_are_one_pair():
    assert pair(0) == pair(0)
    assert len({pair(0), pair(0), pair(1)}) == 2
    assert pair(0) != Pair(pair(0).style, pair(0).content)


def test_moving_mirrors_what_comes_in():
    row = torch.arange(5.0).view(1, 1, 1, 5).expand(1, 1, 5, 5)
    assert transfer.moved(row, (0, 2))[0, 0, 0].tolist() == [2, 1, 0, 1, 2]
    assert transfer.moved(row, (1, -1))[0, 0, 0].tolist() == [1, 2, 3, 4, 3]
    assert transfer.moved(row, (0, 0)) is row


def test_usual_layers_see_little_for_style_and_more_for_content():
    recipe = Recipe().of(models.load("efficientnet-lite0"))
    assert recipe.style_layers == ("stem", *(f"block{number}" for number in range(1, 7)))
    assert recipe.content_layers == ("block5", "block8")
    with pytest.raises(ValueError, match="no layer 'conv9'.*did you mean"):
        Recipe(style_layers=("conv9",)).of(models.load("glyphs"))


def test_roughness_is_the_mean_step_between_neighbours():
    checks = torch.tensor([[0.0, 1.0], [1.0, 0.0]])[None, None]
    assert transfer.roughness(checks).tolist() == [2.0]
    assert transfer.roughness(torch.full((1, 3, 4, 4), 0.3)).tolist() == [0.0]


def test_the_number_of_threads_does_not_matter():
    before, pictures = torch.get_num_threads(), []
    for threads in (1, 2):
        torch.set_num_threads(threads)
        recipe = Recipe(steps=3).of(models.load("glyphs"))
        pictures.append(transfer.stylised(models.load("glyphs"), (glyph_pair(),), recipe).pictures)
        assert torch.get_num_threads() == threads
    torch.set_num_threads(before)
    np.testing.assert_array_equal(*pictures)
