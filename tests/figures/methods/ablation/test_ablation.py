"""In a linear network everything that taking units out does can be worked out."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods.ablation.ablation import Ablation, ablation
from figures.methods.activations import activations
from figures.methods.datasets.held import Held
from tests.figures.small_networks import model, picture

IMAGES = torch.stack([picture(seed) for seed in range(6)])


def plain() -> nn.Module:
    return nn.Sequential(nn.Conv2d(3, 4, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4, 3))


def changed(sets, edit: str = "zero", doses: tuple[float, ...] = (0.0,), classes=(-1,) * 6, make=plain) -> Ablation:
    data, numbers = Held("pictures", IMAGES, tuple("abcdef")), np.arange(6)
    return ablation(
        model(make), data, images=numbers, classes=np.array(classes), layer="0", head="logits", sets=np.array(sets),
        edit=edit, doses=doses,
    )  # fmt: skip


NET = model(plain).network
WEIGHT, BIAS = NET[3].weight.double().numpy(), NET[3].bias.double().numpy()
HIDDEN = activations(model(plain), IMAGES, "0").double().numpy()


def test_taking_a_unit_out_takes_its_weight_times_its_activation():
    seen = changed([[1], [2]])
    expected = -WEIGHT[:, [1, 2]].T * HIDDEN.mean(axis=(0, 2, 3))[[1, 2], None]
    assert np.allclose(seen.logits[:, 0] - seen.logit, expected, atol=1e-6)


def test_without_all_units_the_bias_is_left():
    seen = changed([[0, 1, 2, 3]])
    assert np.allclose(seen.logits[0, 0], BIAS, atol=1e-6)
    assert np.allclose(seen.chances[0, 0], np.exp(BIAS) / np.exp(BIAS).sum(), atol=1e-6)
    assert seen.carried == pytest.approx([1.0])


def blind() -> nn.Module:
    network = plain()
    with torch.no_grad():
        network[3].weight[:, 2] = 0
    return network


def test_a_unit_that_nothing_reads_changes_nothing():
    seen = changed([[2], [1]], make=blind)
    assert np.array_equal(seen.logits[0, 0], seen.logit)
    assert seen.moved[0, 0] == 0 < seen.moved[1, 0]


def test_a_push_is_linear_in_the_standard_deviation_of_each_unit():
    seen = changed([[0, 3]], "push", (0.5, 1.0, 2.0))
    slope = WEIGHT[:, [0, 3]] @ HIDDEN.std(axis=(0, 2, 3))[[0, 3]]
    assert np.allclose(seen.logits[0] - seen.logit, np.array([[0.5], [1.0], [2.0]]) * slope, atol=1e-5)


def test_units_held_at_their_mean_leave_the_mean_logits_of_a_linear_network():
    seen = changed([[0], [1]], "mean")
    assert np.allclose(seen.logits[:, 0], seen.logit, atol=1e-6)
    assert (seen.moved > 0).all()


def test_images_are_counted_by_their_class_or_by_what_the_network_answers():
    own = changed([[0]])
    assert own.own_hits.sum() == own.images.sum() == 6
    labelled = changed([[0]], classes=(0, 0, 1, 1, 1, 2))
    assert labelled.images.tolist() == [2, 3, 1]
    assert (labelled.hits <= labelled.images).all()


class Deciding(nn.Module):
    """A network whose graph cannot be written down."""

    def __init__(self) -> None:
        super().__init__()
        self.net = plain()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x) if bool((x.sum() > -1).item()) else self.net(-x)


def test_a_network_without_a_graph_is_told():
    with pytest.raises(ValueError, match="cannot be written down"):
        changed([[0]], make=Deciding)
