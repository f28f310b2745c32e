"""A site that brings along a network, with its factory and its weights."""

from __future__ import annotations

from pathlib import Path

import torch
from safetensors.torch import save_file

from figures import lab, specs
from figures.methods import models, networks
from figures.methods.assembly import build

PARTS = """
from torch import nn

def conv(inputs, outputs):
    return nn.Sequential(nn.Conv2d(inputs, outputs, 3, 2, 1), nn.ReLU(inplace=True))
"""


FACTORY = """
from torch import nn
from ownlib.parts import conv

def net():
    return nn.Sequential(conv(1, 4), conv(4, 6), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, 2))

def number():
    return 3

def broken():
    raise KeyError("width")
"""


TABLE = {
    "factory": "ownnets:net", "weights": "nets/a.safetensors", "input_size": 24, "channels": 1,
    "mean": 0.5, "std": 0.25, "classes": ["no", "yes"], "aliases": {"early": "0", "late": "1"},
}  # fmt: skip


def written(root: Path, channels: int = 6) -> specs.Site:
    (root / "ownlib").mkdir(parents=True)
    (root / "ownlib" / "__init__.py").touch()
    (root / "ownlib" / "parts.py").write_text(PARTS)
    (root / "ownnets.py").write_text(FACTORY.replace("6", str(channels)))
    (root / "nets").mkdir()
    site = specs.Site(root, {"own": TABLE})
    state = build.build(networks.read("own@none", site)).inner.state_dict()
    save_file({name: torch.full_like(tensor, 0.125) for name, tensor in state.items()}, root / "nets/a.safetensors")
    return site


def load(site: specs.Site, name: str = "own") -> models.Model:
    with lab.using(lab.Lab(site=site)):
        return models.load(name)
