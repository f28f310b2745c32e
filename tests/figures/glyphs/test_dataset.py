"""The data set: image i depends on nothing but (seed, i, variant), and its parameters are true."""

from dataclasses import replace

import pytest
import torch

from figures.glyphs import dataset
from figures.glyphs.dataset import (
    CONFLICT,
    HELD_OUT,
    LINKED,
    SHAPES,
    SIZE_PX,
    TEXTURES,
    crossed,
    cue_conflict,
    masks,
    outline,
    render,
)
from tests.figures.glyphs.variants import SPARE


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


@pytest.mark.slow
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
    _, free = render(range(50), variant=CONFLICT)
    assert torch.equal(linked.texture, linked.shape)
    assert torch.equal(linked.shape, free.shape)
    assert not torch.equal(free.texture, free.shape)


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


def test_the_truth_is_known_without_drawing() -> None:
    indices = [0, 7, dataset.HELD_OUT + 3]
    known, drawn = dataset.known(indices, seed=5), dataset.render(indices, seed=5)[1]
    assert all(torch.equal(getattr(known, name), value) for name, value in vars(drawn).items())


def test_an_image_crossed_with_itself_is_the_image() -> None:
    images, truth = render(range(5), seed=2)
    same, known = crossed(range(5), range(5), range(5), seed=2)
    assert torch.equal(images, same)
    assert all(torch.equal(getattr(known, name), value) for name, value in vars(truth).items())


def test_a_crossed_figure_keeps_its_outline_whatever_it_wears() -> None:
    _, truth = crossed([0, 1, 2], [7, 7, 7], [8, 9, 8], variant=CONFLICT)
    seven, worn = render([7], variant=CONFLICT)[1], render([8, 9], variant=CONFLICT)[1]
    assert torch.equal(masks(truth), masks(seven).expand(3, -1, -1))
    assert truth.texture_period_px.tolist() == worn.texture_period_px[[0, 1, 0]].tolist()
    assert truth.figure_rgb.unique(dim=0).shape[0] == 3


def test_a_crossed_texture_is_the_same_on_every_figure_at_the_same_place() -> None:
    bare = replace(CONFLICT, scale=(6.0, 6.0), noise_sd_max=0.0, blur_share=0.0)
    discs = [SHAPES.index("disc")] * 2
    images, truth = crossed([3, 3], [4, 4], [5, 6], variant=bare, shape=discs, texture=[2, 2])
    again, _ = crossed([3], [4], [5], variant=bare, shape=discs[:1], texture=[2])
    assert torch.equal(images[0], again[0])
    assert not torch.equal(images[0], images[1])
    assert truth.texture.tolist() == [2, 2]
