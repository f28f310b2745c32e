"""Batch norms folded into convolutions: nothing is lost but passes over memory."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from figures.methods import activations, models
from figures.methods.insides import graphs
from tests.figures.methods.library_networks import small


class Chain(nn.Module):
    """Two convolutions with norms; the second convolution is called twice, once without its norm."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.norm = nn.Conv2d(3, 4, 3, bias=False), nn.BatchNorm2d(4, eps=1e-3)
        self.second, self.later = nn.Conv2d(4, 4, 3, padding=1), nn.BatchNorm2d(4)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.norm(self.first(x)).relu()
        return self.later(self.second(x)) + self.second(x)


@pytest.fixture
def chain() -> nn.Module:
    torch.manual_seed(0)
    network = Chain()
    for norm in (network.norm, network.later):
        norm.running_mean, norm.running_var = torch.randn(4), torch.rand(4) + 0.1
        nn.init.normal_(norm.weight)
        nn.init.normal_(norm.bias)
    return network.eval().requires_grad_(False)


def kinds(part: nn.Module) -> list[str]:
    return sorted(type(one).__name__ for one in part.modules() if not list(one.children()))


def read(network: nn.Module, *layers: str):
    traced = graphs.trace(network)
    return traced.cut({name: traced.layers[name] for name in layers})


def test_a_part_has_no_norms_and_the_same_answers(chain):
    part, images = read(chain, "later"), torch.rand(2, 3, 9, 9)
    assert kinds(part) == ["Conv2d", "Conv2d"]
    expected = chain.later(chain.second(chain.norm(chain.first(images)).relu()))
    assert torch.allclose(part(images)["later"], expected, atol=1e-5)


def test_the_network_itself_stays_as_it_was(chain):
    images = torch.rand(2, 3, 9, 9)
    before, modules = chain(images), kinds(chain)
    read(chain, "later")
    assert kinds(chain) == modules
    assert torch.equal(chain(images), before)


def test_a_convolution_that_is_read_itself_keeps_its_norm(chain):
    images, part = torch.rand(2, 3, 9, 9), read(chain, "first", "norm")
    assert kinds(part) == ["BatchNorm2d", "Conv2d"]
    assert torch.equal(part(images)["first"], chain.first(images))


def test_a_convolution_that_is_called_without_its_norm_stays_for_that_call(chain):
    traced, images = graphs.trace(chain), torch.rand(2, 3, 9, 9)
    part = traced.cut({"answer": traced.heads["logits"]})
    assert kinds(part) == ["Conv2d", "Conv2d", "Conv2d"]
    assert torch.allclose(part(images)["answer"], chain(images), atol=1e-5)


@pytest.mark.parametrize("change", ["hook", "training", "no statistics", "weight norm"])
def test_what_is_not_a_bare_norm_in_evaluation_is_left_alone(chain, change):
    if change == "hook":
        chain.norm.register_forward_hook(lambda module, args, output: output + 1)
    elif change == "training":
        chain.norm.train()
    elif change == "no statistics":
        chain.norm = nn.BatchNorm2d(4, track_running_stats=False).eval()
    else:
        nn.utils.parametrizations.weight_norm(chain.first)
    images, part = torch.rand(2, 3, 9, 9), read(chain, "norm")
    assert "BatchNorm2d" in kinds(part)
    assert torch.allclose(part(images)["norm"], chain.norm(chain.first(images)), atol=1e-5)


@pytest.mark.parametrize("name", ["resnet18", "densenet121", "mobilenet_v3_small"])
def test_networks_of_the_library_answer_the_same(name):
    model = small(name)
    images = torch.rand(2, 3, model.input_size, model.input_size)
    with torch.inference_mode():
        expected = model.network(images)
    found = activations.logits(model, images, next(iter(model.heads)))
    assert torch.allclose(found, expected.cpu(), atol=1e-4 * expected.abs().max().item())


def test_a_part_made_while_nothing_is_recorded_still_passes_gradients(chain):
    model = models.made("chain", lambda: chain, size_px=9)
    with torch.inference_mode():
        activations.read(model, torch.rand(1, 3, 9, 9), ["norm"])
    image = torch.rand(1, 3, 9, 9, requires_grad=True)
    activations.read(model, image, ["norm"])["norm"].sum().backward()
    assert image.grad.abs().sum() > 0
