"""Networks of libraries with random weights, on small images."""

from __future__ import annotations

import dataclasses

from figures import specs
from figures.methods import models, networks


def spec(name: str, size: int | None = None) -> specs.NetworkSpec:
    return dataclasses.replace(networks.read(name), input_size=size)


def small(name: str, size: int = 64) -> models.Model:
    return models.of(spec(f"torchvision/{name}@none", size))
