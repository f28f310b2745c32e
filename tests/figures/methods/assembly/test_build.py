"""Networks are made as their blueprints say, and take images in [0, 1]."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import nn

from figures.methods import models, networks
from figures.methods.assembly import build
from figures.methods.assembly.blueprint import Blueprint
from figures.specs import NetworkSpec, Site


def plan(mean: float = 0.0, std: float = 1.0, **more: object) -> Blueprint:
    return Blueprint(lambda: nn.Conv2d(1, 2, 3), 8, 1, (mean,), (std,), **more)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch):
    """Build a network of a blueprint, with random weights."""

    def of(blueprint: Blueprint) -> nn.Module:
        monkeypatch.setattr(networks, "blueprint", lambda spec: blueprint)
        return build.build(NetworkSpec("net", "own", "net", weights="none", seed=5))

    return of


def test_images_are_normalised_before_they_enter(made) -> None:
    images = torch.rand(2, 1, 8, 8)
    plain, scaled = made(plan()), made(plan(0.5, 0.25))
    assert torch.allclose(scaled(images), plain((images - 0.5) / 0.25), atol=1e-5)


def test_what_a_source_completes_itself_is_taken_as_it_is(made) -> None:
    own = nn.Conv2d(1, 2, 3).eval()
    assert made(plan(complete=lambda: own)) is own
    images = torch.rand(1, 1, 8, 8)
    assert torch.allclose(made(plan(0.5, complete=lambda: own))(images), own(images - 0.5), atol=1e-6)


def test_networks_that_draw_themselves_do_so_from_their_seed(made) -> None:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(5)
        expected = nn.Conv2d(1, 2, 3).weight
    assert torch.equal(made(plan(drawn_by_itself=True)).inner.weight, expected)
    assert not torch.equal(made(plan()).inner.weight, expected)


def test_embedded_networks_take_images_as_they_are_unless_a_table_says_otherwise(tmp_path: Path) -> None:
    table = {"bright": {"factory": "glyphs", "mean": -0.25}}
    bright = models.of(networks.read("bright", Site(tmp_path, table)))
    images = torch.rand(2, 3, 64, 64)
    plain = models.load("glyphs")
    assert bright.main == plain.main
    assert bright.digest != plain.digest
    assert torch.allclose(bright.network(images)["shape"], plain.network(images + 0.25)["shape"], atol=1e-4)


def test_a_network_that_does_not_take_its_images_says_so() -> None:
    with pytest.raises(ValueError, match="2 x 8 x 8"):
        build.anatomy(Blueprint(lambda: nn.Conv2d(1, 2, 3), 8, 2, (0.0,) * 2, (1.0,) * 2))
