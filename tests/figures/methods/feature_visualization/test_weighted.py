"""Two pictures in two hues, each as opaque as what it shows is strong."""

import pytest
import torch

from figures.methods.feature_visualization.weighted import two_hues

GREY = torch.cat([torch.full((1, 3, 4, 4), 0.5), torch.full((1, 1, 4, 4), 0.8)], dim=1)


def strength(*values: float) -> torch.Tensor:
    return torch.tensor(values, dtype=torch.float32)[:, None, None, None]


def test_what_drives_alone_is_green_and_what_holds_back_is_red() -> None:
    green, red = two_hues(GREY, GREY, strength(2), strength(0)), two_hues(GREY, GREY, strength(0), strength(3))
    assert (green[:, 1] > green[:, 0]).all()
    assert (red[:, 0] > red[:, 1]).all()
    assert green[:, 3].flatten().tolist() == pytest.approx([0.8] * 16)
    assert red[:, 3].flatten().tolist() == pytest.approx([0.8] * 16)


def test_two_of_equal_strength_are_mixed_in_the_middle_and_cover_more() -> None:
    green, red = two_hues(GREY, GREY, strength(1), strength(0)), two_hues(GREY, GREY, strength(0), strength(1))
    both = two_hues(GREY, GREY, strength(1), strength(1))
    assert torch.allclose(both[:, :3], (green[:, :3] + red[:, :3]) / 2, atol=1e-6)
    assert torch.allclose(both[:, 3], torch.tensor(1 - 0.2**2))


def test_nothing_is_clear() -> None:
    mixed = two_hues(GREY, GREY, strength(0), strength(0))
    assert (mixed == 0).all()
