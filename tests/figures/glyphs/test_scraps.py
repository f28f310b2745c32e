"""Scraps of texture: how many, that they have their image's texture, and that they say nothing of the shape."""

from dataclasses import replace

import pytest
import torch

from figures.glyphs.dataset import CONFLICT, LINKED, masks, render
from figures.glyphs.scraps import with_scraps

#: Two tones and nothing else: the figure's and the ground's.
PLAIN = replace(LINKED, texture_contrast=(0.0, 0.0), noise_sd_max=0.0, blur_share=0.0)


def torn(images, plain):
    return (images != plain).flatten(1).any(1)


def test_a_share_of_the_images_are_scraps_and_the_others_stay_as_they_were():
    indices = torch.arange(160)
    plain, truth = render(indices, variant=CONFLICT)
    images, known = with_scraps(indices, 0.25, variant=CONFLICT)
    scraps = torn(images, plain)
    assert float(scraps.float().mean()) == pytest.approx(0.25, abs=0.1)
    assert torch.equal(known.shape, truth.shape)
    alone, _ = with_scraps(indices[40:50], 0.25, variant=CONFLICT)
    assert torch.equal(alone, images[40:50])
    assert not torn(with_scraps(indices, 0.0, variant=CONFLICT)[0], plain).any()


def test_a_scrap_has_the_colours_of_its_image_and_not_its_outline():
    images, truth = with_scraps(torch.arange(64), 1.0, variant=PLAIN)
    figure = (images - truth.figure_rgb[:, :, None, None]).abs().amax(1) < 1e-5
    ground = (images - truth.ground_rgb[:, :, None, None]).abs().amax(1) < 1e-5
    assert (figure | ground).float().mean() > 0.9
    inside = masks(truth) < -1
    shares = [float(figure[where].float().mean()) for where in (inside, ~inside)]
    assert shares[0] == pytest.approx(shares[1], abs=0.1)


def test_a_scrap_wears_the_texture_of_its_image():
    indices, quiet = torch.arange(64), replace(PLAIN, texture_contrast=(0.5, 0.5))
    images, truth = with_scraps(indices, 1.0, variant=quiet)

    def alike(textures):
        full, _ = render(indices, variant=replace(quiet, scale=(6.0, 6.0)), shape=[0] * 64, texture=textures)
        return float(((images - full).abs().amax(1) < 1e-5).float().mean())

    assert alike(truth.texture) > 0.4 > 2 * alike((truth.texture + 1) % 16)
