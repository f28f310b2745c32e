"""Attribution by its properties: pictures follow contributions, and stay in their place."""

from __future__ import annotations

import dataclasses
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from figures.methods import datasets, models, scan
from figures.methods.activations import activations, read
from figures.methods.attribution import RECIPE, _cut, _look, _offsets, _origins, attributions
from figures.methods.contributions import contributions
from figures.methods.feature_visualization.weighted import Climb, two_hues

sys.path.insert(0, str(Path(__file__).parents[1]))

import wide_networks

QUICK = dataclasses.replace(RECIPE, steps=6, picture_px=46)
PLACES = ((0, 8, 8), (1, 0, 15), (2, 6, 9), (3, 12, 3))


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


@pytest.fixture(scope="module")
def data() -> datasets.Dataset:
    return datasets.load("glyphs:24")


def split(model, data, unit: str, places=PLACES, layer: str = ""):
    image, y, x = np.array(places).T
    return contributions(model, data.images(image), model.unit(unit), np.stack([y, x], axis=1), layer)


@pytest.mark.parametrize("signed", [False, True])
def test_silence_gives_no_contribution_and_a_transparent_picture(model, data, signed):
    def build() -> torch.nn.Module:
        network = model.maker.build()
        with torch.no_grad():
            for branch in (network.mixed3a.ones, network.mixed3a.threes, network.mixed3a.fives):
                branch.conv.weight.zero_()
                branch.conv.bias.fill_(-1)
        return network

    silent = dataclasses.replace(model, maker=models.Maker(f"{model.digest} silent", build))
    found = attributions(silent, data, "mixed3b:188", PLACES[:2], signed=signed, recipe=QUICK)
    assert found.empty.all()
    assert not found.images[..., 3].any()
    assert found.total.tolist() == found.share.tolist() == [0, 0]
    assert found.rest == pytest.approx(found.value)


@pytest.mark.slow
@pytest.mark.parametrize("signed", [False, True])
def test_a_picture_is_the_same_alone_and_in_a_batch(model, data, signed):
    together = attributions(model, data, "mixed3b:188", PLACES, signed=signed, recipe=QUICK)
    for index in (1, 2):
        alone = attributions(model, data, "mixed3b:188", PLACES[index : index + 1], signed=signed, recipe=QUICK)
        assert np.abs(alone.images[0].astype(int) - together.images[index]).max() <= 1
        assert np.array_equal(alone.crops[0], together.crops[index])
        assert alone.value[0] == pytest.approx(together.value[index], abs=1e-5)
    other = attributions(model, data, "mixed3b:188", PLACES[:1], signed=signed, recipe=QUICK, seed=1)
    assert np.abs(other.images[0].astype(int) - together.images[0]).mean() > 2


def test_crops_are_those_of_the_scan_and_numbers_add_up(model, data):
    found = attributions(model, data, "mixed3b:188", PLACES, recipe=QUICK)
    image, y, x = np.array(PLACES).T
    cut = scan.crops(model, data, "mixed3b", image, y, x)
    assert np.array_equal(found.crops, cut.mul(255).round().to(torch.uint8).movedim(1, -1).numpy())
    z = activations(model, data.images(image), "mixed3b")[torch.arange(4), 188, y, x]
    assert found.value == pytest.approx(z.numpy(), abs=1e-5)
    assert found.driving + found.holding + found.rest == pytest.approx(found.value, abs=1e-4)
    assert (found.driving >= 0).all()
    assert (found.holding <= 0).all()
    assert ((found.share > 1 / 128) & (found.share <= 1)).all()


@pytest.mark.parametrize("place", [(8, 8), (0, 15), (15, 7), (3, 0)])
def test_what_is_climbed_in_loses_no_contribution_and_answers_as_the_whole_image_does(model, data, place):
    """At a border of the image too: it stays a border."""
    unit = model.unit("mixed3b:188")
    y, x = (np.array([at]) for at in place)
    maps = split(model, data, "mixed3b:188", ((0, *place),)).maps.abs()
    look = _look(model, "mixed3b", "mixed3a")
    assert look.local
    origin = _origins(model, unit.layer, look, y, x)
    cut = _cut(model, "mixed3a", look, maps, origin)
    assert float(cut.sum()) == pytest.approx(float(maps.sum()), rel=1e-6)
    whole = data.images(np.arange(1))
    (row, column), side = origin[0], look.side_px
    part = whole[:, :, row : row + side, column : column + side]
    here = read(model, part, ["mixed3a"], pre=False)["mixed3a"]
    there = _cut(model, "mixed3a", look, read(model, whole, ["mixed3a"], pre=False)["mixed3a"], origin)
    mattering = cut > 0
    assert mattering.any()
    assert here[mattering].numpy() == pytest.approx(there[mattering].numpy(), abs=1e-4)


def test_a_unit_that_answers_to_all_of_an_image_is_pictured_in_all_of_it_and_shown_where_it_looks(data):
    """The picture is the square of the whole one that the crop is of the image, pixel for pixel."""
    gated = wide_networks.load("gated")
    look = _look(gated, "2", "0")
    assert (look.side_px, look.field_px, look.whole, look.local) == (
        64,
        gated.receptive_field("2").size_px,
        True,
        False,
    )
    assert _look(wide_networks.load("plain"), "2", "0").local
    y, x = np.array([6, 9]), np.array([8, 5])
    rows, columns, side = scan.windows(gated, "2", y, x)
    offset = torch.tensor(_offsets(gated, "2", look, np.zeros((2, 2), dtype=int), y, x), dtype=torch.float32)
    recipe = dataclasses.replace(RECIPE, picture_px=side)
    look = dataclasses.replace(look, offset_px=offset)
    climb = Climb.start_at(gated, "0", torch.ones(2, 8, 32, 32), look, (0, 1), recipe)
    whole, shown = climb.inputs(), climb.portraits()
    for one, crop, r, c in zip(whole, shown, rows, columns, strict=True):
        assert torch.allclose(one[:, r : r + side, c : c + side], crop, atol=1e-5)
    made = attributions(gated, data, "2:3", ((0, 6, 8),), layer="0", recipe=QUICK)
    assert made.images.shape == (1, 46, 46, 4)


@pytest.mark.slow
def test_a_picture_lies_where_what_it_shows_does(model, data):
    """More of what was attributed comes back when the picture is put where its crop was than elsewhere."""
    recipe = dataclasses.replace(RECIPE, steps=24, picture_px=46)
    places = ((0, 8, 8), (5, 7, 9), (9, 6, 7), (11, 9, 8))
    found = attributions(model, data, "mixed3b:188", places, recipe=recipe)
    image, y, x = np.array(places).T
    rows, columns, side = scan.windows(model, "mixed3b", y, x)
    weights = split(model, data, "mixed3b:188", places).maps.abs()
    drawn = torch.from_numpy(found.images).movedim(-1, 1) / 255
    laid = drawn[:, :3] * drawn[:, 3:] + 0.5 * (1 - drawn[:, 3:])

    def answered(shift: int) -> torch.Tensor:
        canvas = torch.full((4, 3, 64, 64), 0.5)
        for one, picture, r, c in zip(canvas, laid, rows, columns, strict=True):
            one[:, r : r + side, c : c + side] = picture
        h = activations(model, canvas.roll((shift, shift), dims=(2, 3)), "mixed3a", pre=False)
        return (weights.cpu() * h).sum(dim=(1, 2, 3))

    here = answered(0)
    assert all((here > answered(shift)).all() for shift in (-8, 8))
    assert all((here > 1.05 * answered(shift)).sum() >= 3 for shift in (-4, 4))


def test_hues_tell_what_drives_from_what_holds_back():
    grey = torch.full((1, 4, 2, 2), 0.5)
    strong, weak, none = (torch.full((1, 1, 1, 1), one) for one in (2.0, 1.0, 0.0))
    green, red, mixed, nothing = (
        two_hues(grey, grey, *pair)[0, :, 0, 0] for pair in ((strong, none), (none, strong), (weak, weak), (none, none))
    )
    assert green[1] > 2 * green[0]
    assert red[0] > 2 * red[1]
    assert green[3] == red[3] == 0.5
    assert mixed[3] == 0.75
    assert mixed[:3].tolist() == pytest.approx(((green + red) / 2)[:3].tolist())
    assert nothing[3] == 0


def test_any_network_and_any_layer_of_it(data):
    other = models.load("torchvision/squeezenet1_1@none")
    unit = f"{other.main[2]}:1"
    found = attributions(other, data, unit, ((0, 3, 3),), recipe=dataclasses.replace(QUICK, steps=2))
    assert found.images.shape == (1, 46, 46, 4)
    assert found.value == pytest.approx(found.total + found.rest, abs=1e-5)


def test_what_holds_back_is_a_share_of_all_that_moves(model, data):
    found = attributions(model, data, "mixed3b:188", PLACES, recipe=QUICK)
    moving = found.driving - found.holding
    assert found.held_back == pytest.approx(-found.holding / moving)
    nothing = dataclasses.replace(found, driving=0 * found.driving, holding=0 * found.holding)
    assert nothing.held_back.tolist() == [0, 0, 0, 0]
