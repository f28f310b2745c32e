"""Feature visualization and tuning beyond the embedded network: other layouts, sizes and channels, random weights."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest
import torch

from figures import lab
from figures.methods import activations, layers, models, stimuli, tuning, tuning_curves, views
from figures.methods.feature_visualization import Recipe, objectives, visualize
from figures.methods.feature_visualization.optimize import Ascent
from figures.specs import Site

QUICK = Recipe(steps=6, picture_px=48)
GENTLE = Recipe(steps=3, rate=1e-3, noise=0.0, jitter=0.0, rotation_deg=0.0, scaling=0.0)
TOYS = """
import torch
from torch import nn

def toy(channels, act=nn.ReLU):
    return nn.Sequential(nn.Conv2d(channels, 6, 5, 2, 2), act(), nn.Conv2d(6, 8, 3, padding=1), act(),
                         nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(8, 4))

class Gate(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.inner = nn.Conv2d(channels, channels, 1)

    def forward(self, x):
        return x * torch.sigmoid(9 * self.inner(x.mean((2, 3), keepdim=True)))

def gated():
    return nn.Sequential(nn.Conv2d(3, 6, 5, 2, 2), nn.ReLU(), Gate(6), nn.Conv2d(6, 8, 3, padding=1), nn.ReLU())

def grouped():
    return nn.Sequential(nn.Conv2d(3, 6, 5, 2, 2), nn.GroupNorm(2, 6), nn.ReLU(), nn.Conv2d(6, 8, 3, padding=1))

def grey(): return toy(1)
def four(): return toy(4)
def capped(): return toy(3, nn.ReLU6)
"""


@pytest.fixture(scope="module")
def toys(tmp_path_factory: pytest.TempPathFactory) -> Site:
    root: Path = tmp_path_factory.mktemp("site")
    (root / "toys.py").write_text(TOYS, encoding="utf-8")
    kinds = {"grey": 1, "four": 4, "capped": 3}
    tables = {
        name: {"factory": f"toys:{name}", "weights": "none", "input_size": 40, "channels": n}
        for name, n in kinds.items()
    }
    tables |= {name: {**tables["capped"], "factory": f"toys:{name}"} for name in ("gated", "grouped")}
    tables |= {f"odd-{name}": {**tables[name], "input_size": 41} for name in ("capped", "gated")}
    return Site(root, tables)


@pytest.fixture
def toy(toys: Site):
    with lab.using(lab.Lab(site=toys)):
        yield models.load


def ascent(model: models.Model, texts: tuple[str, ...], recipe: Recipe) -> Ascent:
    units = [model.unit(text) for text in texts]
    return Ascent.start(model, units, range(len(units) * recipe.diversity), recipe, torch.eye(model.channels))


@pytest.mark.slow
@pytest.mark.parametrize(("name", "texts"), [
    ("torchvision/googlenet@none", ("mixed3b:3", "mixed3b:7-")),
    ("torchvision/googlenet@none", ("mixed3b:3@5,9", "mixed3b:7@0,0-")),
    ("torchvision/resnet18@none", ("layer2:3", "layer2:9-")),
    ("torchvision/resnet18@none", ("logits:3", "logits:900-")),
])  # fmt: skip
def test_three_steps_raise_units_and_lower_those_with_a_minus(name, texts):
    climb = ascent(models.load(name), texts, GENTLE)
    before = climb.reached()
    assert not climb.run().any()
    gain = climb.reached() - before
    assert gain[0] > 0 > gain[1]


@pytest.mark.slow
def test_a_unit_of_tokens_can_be_raised():
    model = models.load("torchvision/vit_b_16@none")
    layer = "encoder.layers.encoder_layer_1"
    climb = ascent(model, (f"{layer}:3", f"{layer}:3-"), dataclasses.replace(GENTLE, steps=2))
    assert climb.look.side_px == 224
    before = climb.reached()
    climb.run()
    gain = climb.reached() - before
    assert gain[0] > 0 > gain[1]


def test_a_mixed_batch_gives_what_each_unit_gives_alone(toy):
    model, texts = toy("capped"), ("2:1", "2:1-", "2:1@4,5", "2:3@0,0-", "logits:2")
    together = visualize(model, texts, recipe=QUICK)
    for index, text in enumerate(texts):
        alone = visualize(model, (text,), recipe=QUICK)
        assert np.abs(alone.images[0].astype(int) - together.images[index]).max() <= 1
    assert together.activation[1] < together.activation[0]


def test_a_unit_at_a_position_is_read_there(toy):
    model = toy("capped")
    made = visualize(model, ("2:1@4,9",), recipe=QUICK)
    image = np.moveaxis(made.inputs, -1, 1) / 255
    again = activations.activations(model, image.astype(np.float32), "2")[0, 1, 4, 9]
    assert float(again) == pytest.approx(float(made.activation[0]), rel=0.05, abs=0.02)


@pytest.mark.parametrize(("name", "unit"), [
    ("capped", "2:1"), ("odd-capped", "0:2"), ("odd-capped", "2:1"), ("odd-capped", "2:3@4,9"), ("odd-capped", "logits:1"),
    ("gated", "3:1"), ("odd-gated", "3:5"), ("grouped", "3:1"), ("grouped", "1:4-"),
])  # fmt: skip
def test_a_picture_that_is_fed_back_gives_what_it_reached(toy, name, unit):
    model = toy(name)
    address = model.unit(unit)
    made = visualize(model, (unit,), recipe=QUICK)
    image = np.moveaxis(made.inputs, -1, 1).astype(np.float32) / 255
    y, x = address.position or activations.center(model, address.layer)
    again = activations.activations(model, image, address.layer)[0, address.index, y, x]
    assert float(again) == pytest.approx(float(made.activation[0]), rel=1e-3, abs=1e-5)


def test_a_picture_for_a_unit_that_answers_to_all_of_it_is_shown_whole(toy):
    for name, layer, whole in (("gated", "3", True), ("gated", "0", False), ("capped", "2", False)):
        look = objectives.look_at(toy(name), layer, "neuron")
        assert (look.whole, look.local) == (whole, not whole)
        assert (look.side_px == 40) == whole
    climb = ascent(toy("gated"), ("3:1",), dataclasses.replace(QUICK, picture_px=40))
    assert torch.allclose(climb.portraits(), climb.inputs(), atol=1e-5)


@pytest.mark.parametrize("name", ["grey", "four"])
def test_pictures_are_in_colour_whatever_the_channels(toy, name):
    model = toy(name)
    made = visualize(model, ("2:1", "logits:2"), recipe=QUICK)
    assert made.images.shape == (2, 48, 48, 3)
    assert made.images.dtype == np.uint8
    assert made.inputs.shape[-1] == model.channels
    if name == "grey":
        assert (made.images == made.images[..., :1]).all()


def test_colours_of_other_images_than_the_network_takes_leave_grey(toy):
    made = visualize(toy("four"), ("2:1",), recipe=QUICK, colours=np.eye(3))
    assert (made.images == made.images[..., :1]).all()


def test_a_network_of_a_fixed_size_says_so():
    model = models.load("torchvision/vit_b_16@none")
    with pytest.raises(ValueError, match="size 96 px; torchvision/vit_b_16@none takes only images of 224 px"):
        objectives.look_at(model, "encoder.layers.encoder_layer_0", "neuron", 96)
    assert layers.map_size(model, "encoder.layers.encoder_layer_0", 224) == (14, 14)


def test_a_view_as_large_as_a_field_answers_as_the_middle_of_an_image():
    model = models.load("torchvision/googlenet@none")
    look = objectives.look_at(model, "mixed3a", "neuron")
    assert look.local
    assert look.side_px < model.input_size
    field, (index, _) = model.receptive_field("mixed3a"), activations.center(model, "mixed3a")
    whole = torch.rand(1, 3, 224, 224, generator=torch.Generator().manual_seed(0))
    first = field.first_px(index) - field.first_px(look.position[0])
    cut = whole[:, :, first : first + look.side_px, first : first + look.side_px]
    there = activations.activations(model, whole, "mixed3a")[0, :, index, index]
    here = activations.activations(model, cut, "mixed3a")[0, :, *look.position]
    assert torch.allclose(here, there, rtol=1e-3, atol=float(there.abs().max()) * 1e-4)


def test_gradients_too_small_for_the_optimizer_are_made_larger(toy):
    model = toy("capped")
    colours = torch.eye(3)
    recipe = dataclasses.replace(QUICK, noise=0.0)
    climbs = [Ascent.start(model, [model.unit("2:1")], [0], recipe, colours) for _ in range(2)]
    faint = dataclasses.replace(climbs[1], signs=climbs[1].signs * 1e-12)
    climbs[0].run()
    faint.run()
    assert (faint.spectrum.decode() - climbs[0].spectrum.decode()).abs().max() < 0.05


@pytest.mark.parametrize("rectifier", [
    torch.nn.ReLU6(), torch.nn.Hardtanh(0.0, 6.0), torch.nn.functional.relu6, torch.nn.ReLU(inplace=True),
    torch.fx.symbolic_trace(torch.nn.Sequential(torch.nn.ReLU())),
    torch.fx.GraphModule({}, torch.fx.Tracer().trace(lambda x: torch.nn.functional.relu(x, inplace=True))),
])  # fmt: skip
def test_every_rectifier_is_redirected(rectifier):
    x = torch.tensor([[-1.0, -2.0], [-1.0, 2.0]], requires_grad=True)
    with objectives.redirected_rectifiers():
        (-rectifier(x * 1.0).sum()).backward()
    assert x.grad.tolist() == [[-1.0, -1.0], [0.0, -1.0]]


def test_a_rectifier_with_a_ceiling_lets_the_saturated_fall():
    x = torch.tensor([[7.0, 9.0]], requires_grad=True)
    with objectives.redirected_rectifiers():
        torch.nn.ReLU6()(x).sum().backward()
    assert x.grad.tolist() == [[1.0, 1.0]]


def test_arcs_have_the_networks_channels(toy):
    assert stimuli.arcs(0, 9, size_px=16, channels=4).shape == (1, 4, 16, 16)
    grey = stimuli.arcs(0, 9, size_px=16, channels=1, ink=(0.1, 0.2, 0.6))
    assert float(grey.min()) == pytest.approx(0.3, abs=0.05)
    for name in ("grey", "four"):
        got = tuning.arc_responses(toy(name), ("2:1", "logits:2"), orientations=4, radii_px=(4.0, 9.0))
        assert got.pre_activation.shape == (2, 4, 2)


def test_a_minus_turns_responses_round_and_a_position_is_read_alone(toy):
    model, same = toy("capped"), {"orientations": 4, "radii_px": (5.0,)}
    up, down = (tuning.arc_responses(model, (text,), reach=0, **same).pre_activation for text in ("2:1", "2:1-"))
    assert np.allclose(up, -down)
    index, _ = activations.center(model, "2")
    at = tuning.arc_responses(model, (f"2:1@{index},{index}",), **same)
    assert np.allclose(at.pre_activation, up, atol=1e-5)
    assert not at.offset.any()
    seen = views.placed(model, "2", (3, 12))
    image = tuning.draw(seen, 90.0, 5.0)
    answer = activations.activations(model, image, "2")[0, 1, 3, 12]
    there = tuning.arc_responses(model, ("2:1@3,12",), **same).pre_activation[0, 1, 0]
    assert float(answer) == pytest.approx(float(there), abs=1e-5)
    assert image[0, 0].argmin() // 40 < 20 < image[0, 0].argmin() % 40  # up, and to the right


def test_outputs_that_no_rectifier_follows_are_taken_as_they_are(toy):
    model = toy("capped")
    answer = np.array([[[-1.0, 2.0]], [[-1.0, 2.0]], [[-1.0, 2.0]]])
    kept = tuning.responses(model, ("3:1", "2:1", "logits:1"), answer)
    assert kept[:, 0, 0].tolist() == [0.0, -1.0, -1.0]


def test_tokens_and_classes_have_tuning_curves():
    model = models.load("torchvision/vit_b_16@none")
    units = ("encoder.layers.encoder_layer_0:5", "encoder.layers.encoder_layer_0:5@2,11-")
    got = tuning.arc_responses(model, units, orientations=4, radii_px=(40.0,))
    assert np.ptp(got.pre_activation, axis=1).min() > 0
    told = tuning_curves.summary(tuning.responses(model, units, got.pre_activation).mean(axis=2))
    assert told.peak.shape == (2,)
