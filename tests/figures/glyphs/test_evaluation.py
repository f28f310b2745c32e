"""Counting answers of networks that know what they will say."""

import math

import pytest
import torch
from torch import nn

from figures.glyphs.dataset import HELD_OUT, SHAPES, render
from figures.glyphs.evaluation import ShapeBias, accuracies, accuracy, predictions, shape_bias


class Says(nn.Module):
    """Answers an image whose first pixel is k / 255 by class k."""

    def forward(self, images: torch.Tensor) -> dict[str, torch.Tensor]:
        known = (images[:, 0, 0, 0] * 255).round().long()
        return {"shape": nn.functional.one_hot(known, 16).float()}


class Always(nn.Module):
    """Answers every image by the same classes."""

    def forward(self, images: torch.Tensor) -> dict[str, torch.Tensor]:
        like = torch.zeros(len(images), 16)
        return {"shape": like + torch.eye(16)[3], "texture": like + torch.eye(16)[5]}


def told(*answers: int) -> torch.Tensor:
    images = torch.zeros(len(answers), 3, 8, 8)
    images[:, 0, 0, 0] = torch.tensor(answers) / 255
    return images


def test_predictions_are_in_the_order_of_the_images_and_not_of_batches() -> None:
    answers = [index % 16 for index in range(230)]
    assert predictions(Says(), told(*answers))["shape"].tolist() == answers


def test_the_accuracy_of_one_answer_is_the_share_of_its_class() -> None:
    _, truth = render(HELD_OUT + torch.arange(250))
    measured = accuracies(Always(), 250)
    assert measured == {
        "shape": int((truth.shape == 3).sum()) / 250,
        "texture": int((truth.texture == 5).sum()) / 250,
    }
    assert accuracy(Always(), "texture", 250) == measured["texture"]
    assert 0 < measured["shape"] < 3 / len(SHAPES)


def test_only_answers_that_follow_a_cue_enter_the_bias() -> None:
    shapes, textures = torch.tensor([1, 2, 3, 4, 5, 6]), torch.tensor([7, 8, 9, 10, 11, 6])
    counted = shape_bias(Says(), told(1, 2, 9, 0, 5, 6), shapes, textures)
    assert counted == ShapeBias(shape=3, texture=1, other=1)
    assert counted.bias == pytest.approx(3 / 4)
    assert counted.coverage == pytest.approx(4 / 5)


def test_nothing_to_decide_by_is_not_a_number() -> None:
    assert math.isnan(ShapeBias(0, 0, 5).bias)
    assert ShapeBias(0, 0, 5).coverage == 0
    assert math.isnan(ShapeBias(0, 0, 0).coverage)
