"""Pictures whose red says the shape and whose green the texture, and networks that go by one of the two."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch
from PIL import Image
from torch import nn

from figures.methods import models

SIDE = 8
CLASSES = ("cat", "dog")
HEADER = "subj,session,trial,rt,object_response,category,condition,imagename\n"
NAMES = ("cat1-dog1", "cat2-dog1", "dog1-cat1", "dog2-cat3", "cat3-cat1")


def painted(name: str) -> Image.Image:
    """Draw what a name says: red for the shape of a dog, green for the texture of one."""
    shape, texture = (field.startswith("dog") for field in name.split("-")[:2])
    return Image.fromarray(np.full((SIDE, SIDE, 3), (255 * shape, 255 * texture, 128), np.uint8))


def folder(root: Path, names: Sequence[str] = NAMES) -> Path:
    """Write pictures, each in the folder of its shape."""
    for name in names:
        place = root / "conflicts" / name.split("-")[0].rstrip("0123456789")
        place.mkdir(parents=True, exist_ok=True)
        painted(name).save(place / f"{name}.png")
    return root / "conflicts"


def network(cue: str, classes: Sequence[str] = CLASSES, numbers: tuple[int, int] = (0, 1)) -> models.Model:
    """Make a network that names the `shape` or the `texture`; `numbers` are its classes of a cat and of a dog."""

    def make() -> nn.Module:
        last = nn.Linear(3, len(classes))
        nn.init.zeros_(last.weight)
        nn.init.zeros_(last.bias)
        with torch.no_grad():
            last.bias[numbers[0]], last.weight[numbers[1], 0 if cue == "shape" else 1] = 10, 20
        return nn.Sequential(nn.Conv2d(3, 3, 1, groups=3), nn.AdaptiveAvgPool2d(1), nn.Flatten(), last).apply(_passing)

    name = f"{cue}-{len(classes)}-{numbers[0]}-{numbers[1]}"
    return models.made(name, make, size_px=SIDE, heads={"logits": classes})


def _passing(module: nn.Module) -> None:
    if isinstance(module, nn.Conv2d):
        nn.init.ones_(module.weight)
        nn.init.zeros_(module.bias)


def table(subject: str, answers: Sequence[tuple[str, str]], rt: str = "NaN") -> str:
    """Write published answers, (stimulus, answer)."""
    rows = [
        f"{subject},1,{n},{rt},{answer},{stimulus.split('-')[0].rstrip('0123456789')},0,{n:04d}_x_s_0_c_00_{stimulus}.png\n"
        for n, (stimulus, answer) in enumerate(answers, 1)
    ]
    return HEADER + "".join(rows)
