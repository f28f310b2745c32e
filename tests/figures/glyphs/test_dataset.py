"""The data set: image i depends on nothing but (seed, i, variant), and its parameters are true."""

import math
from dataclasses import replace

import pytest
import torch

from figures.glyphs.dataset import (
    CLOSE_UP,
    CONFLICT,
    HELD_OUT,
    LINKED,
    SHAPES,
    SIZE_PX,
    STANDARD,
    TEXTURES,
    cue_conflict,
    masks,
    outline,
    render,
)

PLAIN = (1.0, 0.0, 0.0, 0.0)
SPARE = replace(STANDARD, filled_share=1.0, background_shares=PLAIN, noise_sd_max=0.0, blur_share=0.0, warp_px_max=0.0)


def test_an_image_is_the_same_alone_and_in_any_batch():
    together, truth = render(range(40))
    alone, own = render([17])
    shuffled, _ = render(torch.tensor([30, 17, 2]))
    assert torch.equal(alone[0], together[17])
    assert torch.equal(shuffled, together[[30, 17, 2]])
    assert all(torch.equal(value[0], getattr(truth, name)[17]) for name, value in vars(own).items())


def test_seed_and_index_both_change_the_image():
    images, _ = render([0, 1])
    other, _ = render([0], seed=1)
    assert not torch.equal(images[0], images[1])
    assert not torch.equal(images[0], other[0])


def test_images_are_in_range_and_every_class_is_drawn():
    images, truth = render(range(600))
    assert images.shape == (600, 3, SIZE_PX, SIZE_PX)
    assert images.dtype == torch.float32
    assert images.min() >= 0
    assert images.max() <= 1
    assert truth.shape.unique().numel() == len(SHAPES)
    assert truth.texture.unique().numel() == len(TEXTURES)


def test_orientations_cover_the_circle():
    _, truth = render(range(2000))
    counts = torch.histc(truth.angle_deg, bins=8, min=0, max=360)
    assert counts.min() > 180


def test_an_override_changes_nothing_else():
    plain, truth = render(range(8))
    same, _ = render(range(8), shape=truth.shape, texture=truth.texture)
    _, turned = render(range(8), shape=[3] * 8)
    assert torch.equal(plain, same)
    assert turned.shape.tolist() == [3] * 8
    assert torch.equal(turned.angle_deg, truth.angle_deg)


def test_a_full_link_ties_texture_to_shape_and_keeps_the_rest():
    _, linked = render(range(50), variant=LINKED)
    _, free = render(range(50), variant=CLOSE_UP)
    assert torch.equal(linked.texture, linked.shape)
    assert torch.equal(linked.shape, free.shape)
    assert not torch.equal(free.texture, free.shape)


def test_the_mask_of_a_disc_has_the_area_of_the_disc():
    _, truth = render(range(20), variant=SPARE, shape=[0] * 20)
    covered = (0.5 - masks(truth)).clamp(0, 1).sum(dim=(1, 2))
    radius = 0.85 * truth.scale_px
    torch.testing.assert_close(covered, math.pi * radius**2, rtol=0.03, atol=0)


def test_ink_has_the_figure_colour_and_ground_the_ground_colour():
    plain = replace(SPARE, texture_contrast=(0.0, 0.0))
    images, truth = render(range(64), variant=plain)
    distance = masks(truth)
    for k in range(64):
        assert (images[k][:, distance[k] < -1] - truth.figure_rgb[k][:, None]).abs().max() < 0.02
        assert (images[k][:, distance[k] > 1] - truth.ground_rgb[k][:, None]).abs().max() < 0.02


def test_a_stroke_is_as_wide_as_it_says():
    variant = replace(SPARE, filled_share=0.0, scale=(0.8, 0.8))
    _, truth = render(range(20), variant=variant, shape=[0] * 20)
    covered = (0.5 - masks(truth)).clamp(0, 1).sum(dim=(1, 2))
    length = 2 * math.pi * 0.85 * truth.scale_px
    torch.testing.assert_close(covered / length, truth.stroke_px, rtol=0.06, atol=0)


def test_the_outline_of_a_disc_is_a_circle():
    _, truth = render(range(10), variant=replace(SPARE, scale=(0.6, 0.85)), shape=[0] * 10)
    truth = replace(truth, aspect=torch.ones_like(truth.aspect))
    points, normals, curvature, real = outline(truth, 64)
    centre = torch.stack([truth.x_px, truth.y_px], dim=1)[:, None]
    radius = 0.85 * truth.scale_px[:, None]
    away = points - centre
    assert real.all()
    assert ((away.norm(dim=2) - radius).abs() < 0.15).all()
    assert ((away / away.norm(dim=2, keepdim=True) * normals).sum(2) > 0.98).all()
    assert (curvature * radius - 1).abs().median() < 0.1


def test_the_outline_is_concave_inside_a_crescent():
    _, truth = render([0], variant=replace(SPARE, scale=(0.85, 0.85)), shape=[2])
    _, _, curvature, real = outline(truth, 96)
    assert (curvature[real] < -0.02).sum() > 10
    assert (curvature[real] > 0.02).sum() > 10


def test_figures_stay_in_the_image_unless_zoomed():
    _, truth = render(range(200), variant=SPARE)
    inside = (masks(truth) < 0).sum(dim=(1, 2))
    assert inside.min() > 30
    assert (truth.x_px > 0).all()
    assert (truth.x_px < SIZE_PX).all()


def test_cue_conflicts_hold_every_pair_of_different_classes():
    images, shape_ids, texture_ids = cue_conflict(2)
    pairs = list(zip(shape_ids.tolist(), texture_ids.tolist(), strict=True))
    assert images.shape == (480, 3, SIZE_PX, SIZE_PX)
    assert len(set(pairs)) == 240
    assert all(s != t for s, t in pairs)


@pytest.mark.parametrize("name", SHAPES)
def test_every_shape_has_ink_and_ground(name):
    _, truth = render(range(6), variant=SPARE, shape=[SHAPES.index(name)] * 6)
    inked = (masks(truth) < 0).float().mean(dim=(1, 2))
    assert (inked > 0.01).all()
    assert (inked < 0.6).all()


@pytest.mark.parametrize("name", TEXTURES)
def test_every_texture_varies(name):
    variant = replace(SPARE, texture_contrast=(0.6, 0.6), scale=(3.0, 3.0))
    images, _ = render(range(6), variant=variant, shape=[0] * 6, texture=[TEXTURES.index(name)] * 6)
    assert (images.mean(1).std(dim=(1, 2)) > 0.04).all()


@pytest.mark.parametrize("seed", range(6))
def test_every_cue_conflict_shows_its_shape(seed: int) -> None:
    """The outline lies in the image, and the figure alone can be told from the ground."""
    shapes = torch.arange(len(SHAPES)).repeat(8)
    plain = replace(CONFLICT, texture_contrast=(0.0, 0.0))
    images, truth = render(HELD_OUT + torch.arange(len(shapes)), seed=seed, variant=plain, shape=shapes)
    distance, light = masks(truth), torch.einsum("nchw,c->nhw", images, torch.tensor([0.299, 0.587, 0.114]))
    assert (outline(truth)[3].sum(dim=1) >= 64).all()  # of 128 points
    inside, outside = (distance < -1).float(), (distance > 1).float()
    assert (outside.mean(dim=(1, 2)) > 0.2).all()
    figure, ground = ((light * where).sum((1, 2)) / where.sum((1, 2)) for where in (inside, outside))
    assert ((figure - ground).abs() > 0.05).all()
