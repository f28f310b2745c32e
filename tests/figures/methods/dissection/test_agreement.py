"""Units agree with what they are made for, random ones with nothing."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from figures.methods.datasets.held import Held
from figures.methods.dissection import concepts
from figures.methods.dissection.agreement import agreement, auc, enlargement, looked, orthogonal
from figures.methods.dissection.dissected import named
from tests.figures.small_networks import convolutional, model

SIDE = 8


def test_auc_is_how_often_a_unit_is_higher_for_the_concept():
    member = np.repeat([[True], [False]], 5, axis=0)
    rising = np.arange(10.0)
    values = np.stack([-rising, rising, np.zeros(10), np.where(rising == 0, 6.5, -rising)], axis=1)
    assert auc(values, member)[:, 0].tolist() == [1.0, 0.0, 0.5, 1.0]
    assert np.isnan(auc(values, member[:, :0].sum(axis=1, keepdims=True) > 0)).all()


def test_a_random_direction_is_chosen_for_what_it_does_not_keep():
    random = np.random.default_rng(0)
    values, member = random.normal(size=(2, 100, 200)), random.random((2, 100, 12)) < 0.3
    chance = named(np.stack([auc(values[k], member[k]) for k in (0, 1)]))
    assert chance.chosen.mean() > 0.58
    assert chance.held.mean() == pytest.approx(0.5, abs=0.02)
    assert not chance.names(0.9).any()


def test_turning_keeps_lengths_and_depends_on_the_seed():
    turn = orthogonal(6, 3)
    assert torch.allclose(turn @ turn.T, torch.eye(6), atol=1e-5)
    assert torch.equal(turn, orthogonal(6, 3))
    assert not torch.allclose(turn, orthogonal(6, 4))


def test_maps_are_enlarged_between_the_middles_of_what_positions_see():
    net = model(convolutional)
    down, across = enlargement(net, "0", SIDE)
    assert down.shape == across.shape == (SIDE, 4)
    assert torch.allclose(down.sum(1), torch.ones(SIDE))
    assert down[0].argmax() == 0
    assert down[-1].argmax() == 3
    middle = net.receptive_field("0").place_px(2)
    assert (down[int(middle)] == torch.eye(4)[2]).all()


def test_halves_are_of_one_size_and_of_all_that_is_looked_at():
    seen = looked(100, 21, seed=0)
    assert len(set(seen.images.tolist())) == 21
    assert (np.diff(seen.images) > 0).all()
    assert sorted(np.bincount(seen.half).tolist()) == [10, 11]
    assert looked(5, 21, seed=0).images.tolist() == [0, 1, 2, 3, 4]


def coloured() -> nn.Module:
    """Two units: how red a pixel is, and how blue."""
    network = nn.Sequential(nn.Conv2d(3, 2, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    with torch.no_grad():
        network[0].weight[:] = torch.tensor([[1.0, -1, -1], [-1, -1, 1]])[:, :, None, None]
    return network


def pictures() -> Held:
    """Grey pictures with a red or a blue quarter, that wanders."""
    images = torch.full((40, 3, SIDE, SIDE), 0.5)
    noise = 0.02 * torch.rand(images.shape, generator=torch.Generator().manual_seed(0))
    for number, image in enumerate(images):
        top, left = 4 * (number % 2), 4 * (number // 2 % 2)
        image[:, top : top + 4, left : left + 4] = torch.tensor([0.9, 0, 0] if number % 3 else [0, 0, 0.9])[
            :, None, None
        ]
    return Held(
        "coloured", images + noise, tuple(map(str, range(40))), tuple("red" if n % 3 else "blue" for n in range(40))
    )


@pytest.mark.parametrize(("measure", "family"), [("iou", "colour"), ("auc", "label")])
def test_units_of_colours_are_named_so(measure, family):
    data, seen = pictures(), looked(40, 40, seed=0)
    known = concepts.of(data, seen.images, (family,))
    record = agreement(model(coloured), data, ("0",), looked=seen, concepts=known, measure=measure, top=0.08, turned=1)
    scores = record["scores"][0]
    best = named(scores[:, :2])
    assert [known.names[number] for number in best.concept] == ["red", "blue"]
    assert (best.held > (0.25 if measure == "iou" else 0.99)).all()
    assert scores.shape == (2, 4, len(known.names))
    assert record["image"][0].shape == (4, 16)
    assert all(number % 3 for number in record["image"][0][0])


def test_as_many_pixels_as_the_concept_has_make_the_overlap_whole():
    data, seen = pictures(), looked(40, 40, seed=0)
    known = concepts.of(data, seen.images, ("colour",))
    red = known.names.index("red")
    record = agreement(
        model(coloured), data, ("0",), looked=seen, concepts=known, measure="iou", top=26 / 40 / 4, turned=None
    )
    assert record["area"][0][red] == pytest.approx(26 / 40 / 4, abs=0.1)
    few = agreement(model(coloured), data, ("0",), looked=seen, concepts=known, measure="iou", top=0.5, turned=None)
    assert (record["scores"][0][:, 0, red] >= few["scores"][0][:, 0, red]).all()


def test_a_unit_that_answers_the_same_everywhere_is_never_on():
    data, seen = Held("grey", torch.full((20, 3, SIDE, SIDE), 0.5), ("",) * 20), looked(20, 20, seed=0)
    known = concepts.of(data, seen.images, ("colour",))
    record = agreement(model(coloured), data, ("0",), looked=seen, concepts=known, measure="iou", top=0.1, turned=None)
    assert (record["on"][0] == 0).all()
    assert np.nanmax(record["scores"][0]) == 0


def test_a_concept_that_too_few_images_have_is_not_judged():
    with pytest.raises(ValueError, match="expected more images"):
        named(np.full((2, 3, 4), np.nan))
