"""A head is as large as the author's file says."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from figures.methods import networks
from figures.methods.assembly import heads
from figures.specs import NetworkSpec, Site


def make(spec: NetworkSpec) -> nn.Module:
    return nn.Sequential(nn.Linear(4, 6), nn.Linear(6, 10))


@pytest.mark.parametrize(("tensors", "count"), [
    ({"1.weight": torch.ones(3, 6), "1.bias": torch.ones(3)}, 3),
    ({"state_dict.module.1.weight": torch.ones(3, 6), "state_dict.module.1.bias": torch.ones(3)}, 3),
    ({"1.weight": torch.ones(10, 6), "1.bias": torch.ones(10)}, 0),
    ({"1.weight": torch.ones(3, 7), "1.bias": torch.ones(10)}, 0),
    ({"1.weight": torch.ones(3, 6), "1.bias": torch.ones(4)}, 0),
    ({}, 0),
])  # fmt: skip
def test_classes_are_counted_in_the_file(tmp_path, tensors, count):
    torch.save(tensors, tmp_path / "x.pt")
    spec = NetworkSpec("own", "own", "net", str(tmp_path / "x.pt"))
    assert heads.counted(spec, make, 10) == count


def test_nothing_is_counted_without_a_file():
    assert heads.counted(NetworkSpec("own", "own", "net", "none"), make, 10) == 0


def test_a_network_of_torchvision_has_as_many_classes_as_its_file(tmp_path):
    from torchvision import models

    torch.save(models.squeezenet1_1(num_classes=7).state_dict(), tmp_path / "x.pth")
    spec = networks.read("torchvision/squeezenet1_1@x.pth", Site(tmp_path))
    assert networks.blueprint(spec).build().state_dict()["classifier.1.bias"].shape == (7,)
