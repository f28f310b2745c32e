"""What each corruption does to pictures, by properties that can be worked out."""

from __future__ import annotations

import pytest
import torch

from figures.methods.robustness.corruptions import CORRUPTIONS, blurred, corrupted, noisy, paled, turned

IMAGES = torch.rand(3, 3, 16, 16, generator=torch.Generator().manual_seed(0))


@pytest.mark.parametrize("kind", CORRUPTIONS)
def test_the_harmless_strength_changes_nothing(kind: str):
    assert corrupted(IMAGES, kind, CORRUPTIONS[kind].harmless) is IMAGES


@pytest.mark.parametrize(("kind", "strength"), [("noise", 0.3), ("blur", 9.0), ("contrast", 0.2), ("rotation", 33.0)])
def test_images_stay_images(kind: str, strength: float):
    changed = corrupted(IMAGES, kind, strength)
    assert changed.shape == IMAGES.shape
    assert changed.min() >= 0
    assert changed.max() <= 1 + 1e-6
    assert not torch.equal(changed, IMAGES)


def test_noise_has_its_deviation_and_belongs_to_its_image():
    grey = torch.full((2, 1, 64, 64), 0.5)
    strong, weak = noisy(grey, 0.1, [4, 7], 0), noisy(grey, 0.05, [4, 7], 0)
    assert strong.std() == pytest.approx(0.1, rel=0.05)
    assert (strong - 0.5) == pytest.approx(2 * (weak - 0.5), abs=1e-5)
    assert torch.equal(noisy(grey[:1], 0.1, [7], 0)[0], strong[1])
    assert not torch.equal(noisy(grey[:1], 0.1, [7], 1)[0], strong[1])


def test_blur_keeps_what_is_even_and_spreads_a_point_as_a_gaussian():
    assert blurred(torch.full((1, 3, 16, 16), 0.3), 2.0) == pytest.approx(0.3, abs=1e-5)
    point = torch.zeros(1, 1, 41, 41)
    point[..., 20, 20] = 1
    spread = blurred(point, 3.0)[0, 0]
    assert float(spread.sum()) == pytest.approx(1, abs=1e-4)
    variance = float((spread.sum(dim=0) * (torch.arange(41) - 20) ** 2).sum())
    assert variance**0.5 == pytest.approx(3, rel=0.03)


def test_contrast_scales_deviations_from_the_mean_of_each_picture():
    pale = paled(IMAGES, 0.25)
    assert pale.mean(dim=(1, 2, 3)) == pytest.approx(IMAGES.mean(dim=(1, 2, 3)), abs=1e-6)
    assert float(pale.std()) < 0.3 * float(IMAGES.std())
    assert paled(paled(IMAGES, 0.5), 0.5) == pytest.approx(pale, abs=1e-6)


def test_four_quarter_turns_lead_back_and_one_is_that_of_arrays():
    assert turned(IMAGES, 90) == pytest.approx(torch.rot90(IMAGES, 1, dims=(2, 3)), abs=1e-4)
    assert turned(IMAGES, 360) == pytest.approx(IMAGES, abs=1e-4)


def test_a_corruption_that_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'noise'"):
        corrupted(IMAGES, "noize", 1.0)
