"""Small networks, made once."""

from __future__ import annotations

import pytest
import torch

from figures.methods import models
from tests.figures.methods.insides.toy_networks import SIZE, Deciding, Toy, model


@pytest.fixture(scope="module")
def toy() -> models.Model:
    return model(Toy)


@pytest.fixture(scope="module")
def deciding() -> models.Model:
    return model(Deciding)


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    return torch.rand(3, 2, SIZE, SIZE, generator=torch.Generator().manual_seed(1))
