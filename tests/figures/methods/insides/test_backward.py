"""What rectifiers let back is what the rules say, however they are spelled."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import nn

from figures.methods.insides import backward, graphs
from tests.figures.small_networks import Spelled, picture

ENTERING = [-1.0, -1.0, 2.0, 2.0]
BACK = torch.tensor([3.0, -3.0, 3.0, -3.0])


def part_of(network: nn.Module, rule: str = "") -> tuple:
    traced = graphs.trace(network.eval())
    part = traced.cut({"answer": traced.heads["logits"]})
    return part, backward.switch(part, rule) if rule else 0


def let_back(rule: str, entering: list[float], rectifier: nn.Module) -> list[float]:
    part, _ = part_of(nn.Sequential(rectifier), rule)
    given = torch.tensor(entering, requires_grad=True)
    part(given)["answer"].backward(BACK)
    return given.grad.tolist()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [("", [0, 0, 3, -3]), ("deconvolution", [3, 0, 3, 0]), ("guided", [0, 0, 3, 0])],
)
@pytest.mark.parametrize("rectifier", [nn.ReLU(), nn.ReLU6()])
def test_four_numbers_come_back_as_the_rules_say(rule, expected, rectifier):
    assert let_back(rule, ENTERING, rectifier) == expected


@pytest.mark.parametrize("rule", ["", "deconvolution", "guided"])
def test_what_is_cut_off_at_six_stays_shut_above_it(rule):
    assert let_back(rule, [7.0, 7.0, 6.5, 5.0], nn.ReLU6())[:3] == [0, 0, 0]


def test_every_spelling_is_switched_and_answers_stay():
    network = Spelled()
    plain, _ = part_of(copy.deepcopy(network))
    images = picture()[None]
    for rule in ("guided", "deconvolution"):
        part, count = part_of(copy.deepcopy(network), rule)
        assert count == 6
        assert torch.equal(part(images)["answer"], plain(images)["answer"])


def test_a_rule_that_there_is_not():
    with pytest.raises(ValueError, match="expected guided or deconvolution"):
        part_of(nn.Sequential(nn.ReLU()), "guide")
