"""Classes are found in whatever a network answers."""

from __future__ import annotations

from collections import OrderedDict, namedtuple
from dataclasses import dataclass
from types import SimpleNamespace

import pytest
import torch
from torch import nn

from figures.methods import models
from figures.methods.insides.answers import classifying, heads_of

Named = namedtuple("Named", "logits aux")


@dataclass
class Output:
    loss: torch.Tensor | None = None
    logits: torch.Tensor | None = None
    hidden: tuple | None = None


class Net(nn.Module):
    def __init__(self, answer) -> None:
        super().__init__()
        self.conv, self.fc, self.answer = nn.Conv2d(1, 3, 3), nn.Linear(3, 2), answer

    def forward(self, images):
        maps = self.conv(images)
        return self.answer(self.fc(maps.mean((2, 3))), maps)


@pytest.mark.parametrize(("answer", "head"), [
    (lambda logits, maps: logits, "logits"),
    (lambda logits, maps: {"maps": maps, "out": logits}, "out"),
    (lambda logits, maps: {"out": {"logits": logits}}, "logits"),
    (lambda logits, maps: OrderedDict(loss=None, scores=logits), "scores"),
    (lambda logits, maps: (logits, logits), "logits"),
    (lambda logits, maps: [None, logits], "logits"),
    (lambda logits, maps: (maps, logits), "answer_2"),
    (lambda logits, maps: ({"logits": logits}, maps), "logits"),
    (lambda logits, maps: Named(logits, None), "logits"),
    (lambda logits, maps: Output(logits=logits, hidden=(maps, maps)), "logits"),
    (lambda logits, maps: SimpleNamespace(logits=logits), "logits"),
])  # fmt: skip
def test_the_classes_are_found_and_read(answer, head):
    network = Net(answer)
    model = models.made("net", lambda: network, size_px=8, channels=1, digest=str(id(answer)))
    assert {name: len(classes) for name, classes in model.heads.items()} == {head: 2}
    images = torch.rand(2, 1, 8, 8)
    read = model.reader(((head, False),))(images)[head, False]
    assert torch.allclose(read, network.fc(network.conv(images).mean((2, 3))), atol=1e-5)


@pytest.mark.parametrize("answer", [lambda logits, maps: maps, lambda logits, maps: None, lambda logits, maps: "x"])
def test_a_network_without_classes_says_so(answer):
    model = models.made("net", lambda: Net(answer), size_px=8, channels=1, digest=str(id(answer)))
    with pytest.raises(ValueError, match=r"net has no classes: nothing that it answers is \(images, classes\)"):
        model.head()


def test_usual_names_of_classes_come_first_and_all_can_be_written():
    heads = heads_of({"features": 1, "my names: x": 2, "logits": 3, 0: 4})
    assert list(heads.items()) == [("logits", 3), ("features", 1), ("my-names-x", 2), ("0", 4)]


def test_what_has_no_name_is_left_out_where_something_has():
    assert classifying({"logits": 5, "answer_2": 5}) == {"logits": 5}
    assert classifying({"answer_2": 5}) == {"answer_2": 5}
