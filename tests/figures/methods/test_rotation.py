"""Turned images keep what they are, and shifts bring back the angles that a hand-made network has."""

from __future__ import annotations

import math
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods import models, rotation, stimuli, tuning, tuning_curves

sys.path.insert(0, str(Path(__file__).parents[1]))

import wide_networks

PREFERRED = (20.0, 65.0, 150.0, 271.0)
SIZE, FIELD = 33, 21


class Matched(nn.Module):
    """Filters that are dark arcs of known directions."""

    def __init__(self) -> None:
        super().__init__()
        ink = 1 - stimuli.arcs(PREFERRED, 6.0, size_px=FIELD, length_px=15, width_px=2)
        self.edges = nn.Conv2d(3, len(ink), FIELD, padding=FIELD // 2, bias=False)
        self.edges.weight = nn.Parameter(ink.mean(dim=(1, 2, 3), keepdim=True) - ink)

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"logits": self.edges(x).mean(dim=(2, 3))}


@pytest.fixture
def matched() -> models.Model:
    return models.made("matched", Matched, size_px=SIZE, layers=["edges"])


@pytest.fixture
def arcs(matched, monkeypatch):
    """A data set of arcs of random directions, and a scan that knows where they are."""
    directions = np.random.default_rng(0).uniform(0, 360, 24)
    images = stimuli.arcs(directions, 6.0, size_px=SIZE, length_px=15, width_px=2)
    data = SimpleNamespace(name="arcs", sized=lambda *_: SimpleNamespace(images=lambda some: images[some]))
    at, blank = np.arange(24).reshape(4, 6), np.full((4, 6), SIZE // 2)
    top = rotation.scan.Positions(at, blank, blank, np.ones(at.shape))
    scanned = SimpleNamespace(end=lambda unit: top[unit.index], images=24, broken=("a.png",))
    monkeypatch.setattr(rotation.scan, "of", lambda *_, **__: scanned)
    return data


def spot(size: int = SIZE, field: int = FIELD) -> rotation.Spot:
    middle = size / 2
    return rotation.Spot((middle, middle), tuning.View(size, (middle, middle), (0, 0), 0, field))


@pytest.mark.parametrize("angle", [0, 30, 137, 270])
def test_a_turned_arc_is_the_arc_of_that_direction(angle):
    drawn = stimuli.arcs([10.0, 10.0 + angle], 6.0, size_px=SIZE, length_px=15, width_px=2)
    made = rotation.turned(drawn[0], spot(), [float(angle)])[0]
    assert (made - drawn[1]).abs().mean() < 0.006
    assert (made - drawn[1]).abs().max() < 0.3


def test_no_angle_is_sharper_than_another():
    noise = torch.rand(3, 48, 48, generator=torch.Generator().manual_seed(0))
    angles = np.arange(0, 360, 7.5)
    disc = rotation.turned(noise, spot(48, 40), angles)[:, :, 14:34, 14:34]
    spread = disc.var(dim=(1, 2, 3))
    assert float(spread.max() / spread.min()) < 1.25


def test_outside_the_disc_nothing_moves():
    noise = torch.rand(3, 48, 48, generator=torch.Generator().manual_seed(0))
    made = rotation.turned(noise, spot(48, 40), [0.0, 33.0, 200.0])
    far = torch.hypot(*torch.meshgrid(torch.arange(48) - 23.5, torch.arange(48) - 23.5, indexing="ij")) > 21
    outside = made[:, :, far]
    assert (outside - outside[:1, :, :1]).abs().max() < 1e-6


@pytest.mark.slow
def test_alignment_recovers_the_directions_of_a_hand_made_network(matched, arcs):
    units = tuple(f"edges:{i}" for i in range(4))
    got = rotation.rotated_responses(matched, arcs, units, units, examples=6, step_deg=3)
    assert (got.images.tolist(), got.broken.tolist()) == ([24] * 4, [["a.png"]] * 4)
    values = got.pre_activation.reshape(24, 120, 4)
    assert not np.isnan(values).any()
    for chosen in range(4):
        moved, shifts = rotation.aligned(values, chosen, to_deg=PREFERRED[chosen])
        assert len(shifts) == 24
        peaks = [tuning_curves.preferred_deg(tuning_curves.rectify(moved[:, :, i]).mean(axis=0)) for i in range(4)]
        assert [rotation.apart_deg(a, b) for a, b in zip(PREFERRED, peaks, strict=True)] == pytest.approx(
            [0] * 4, abs=3
        )
        assert rotation.same_order(PREFERRED, peaks)


def test_what_the_chosen_unit_ignores_is_left_out():
    curves = np.full((3, 36, 2), -1.0)
    curves[0, 4, 0], curves[2, 30, 0] = 1, 2
    curves[2, 33, 1] = 5
    moved, shifts = rotation.aligned(np.concatenate([curves, np.full((1, 36, 2), np.nan)]), 0, to_deg=100)
    assert moved.shape == (2, 36, 2)
    assert (moved[:, :, 0].argmax(axis=1) == 10).all()
    assert moved[1, :, 1].argmax() == 13
    assert shifts.tolist() == [60, 160]
    assert rotation.aligned(curves, 1)[0].shape[0] == 1
    assert rotation.aligned(curves[:2], 1)[0].shape[0] == 0


def test_order_goes_round_the_circle():
    assert rotation.same_order([350, 10, 100], [340, 20, 90])
    assert not rotation.same_order([350, 10, 100], [340, 90, 20])
    assert rotation.same_order([350, math.nan, 100], [20, 5, 90])


@pytest.mark.parametrize(("units", "step", "what"), [
    (("edges:0", "logits:1"), 3, "logits:1 is not of edges; expected units of one layer"),
    (("edges:0@1,1",), 3, "edges:0@1,1 is one position; expected a whole channel"),
    (("edges:0",), 0, "step 0 degrees; expected more than 0, at most 45"),
])  # fmt: skip
def test_what_cannot_be_turned_is_an_error(matched, arcs, units, step, what):
    with pytest.raises(ValueError, match=what):
        rotation.rotated_responses(matched, arcs, units, units, examples=2, step_deg=step)


def test_of_an_image_that_moves_a_unit_as_a_whole_as_much_is_turned_as_can_be():
    plain, gated = (rotation.spot(wide_networks.load(name), "2", 8, 8) for name in ("plain", "gated"))
    assert plain.center_px == gated.center_px
    assert plain.radius_px == plain.seen.field_px / 2
    assert gated.seen.size_px == 64
    assert gated.radius_px == min(*gated.seen.center_px, *(64 - at for at in gated.seen.center_px))
    image = torch.rand(3, 64, 64, generator=torch.Generator().manual_seed(0))
    assert rotation.turned(image, gated, np.array([0.0, 90.0])).shape == (2, 3, 64, 64)
