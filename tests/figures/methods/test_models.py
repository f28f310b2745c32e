"""Networks by name: what is known without building them, and that they are what they claim."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
import torch

import figures
from builder.plan.closure import Sources
from figures import lab
from figures.methods import datasets, models, networks
from figures.units import Unit


@pytest.fixture(scope="module")
def glyphs() -> models.Model:
    return models.load("glyphs")


def test_a_model_knows_its_layers_before_it_is_built(glyphs, monkeypatch):
    monkeypatch.setattr(models, "instance", lambda *_: pytest.fail("the network was built"))
    monkeypatch.setattr(models.build, "anatomy_of", lambda *_: pytest.fail("the network was built"))
    assert glyphs.layers["mixed3b"] == glyphs.size("mixed3b")
    assert len(glyphs.heads["shape"]) == 16
    assert glyphs.unit("mixed3b:17") == Unit("mixed3b", 17)
    assert str(glyphs.unit(" mixed3b:17 ")) == "mixed3b:17"


def test_the_network_is_frozen_and_folded(glyphs):
    assert not any(parameter.requires_grad for parameter in glyphs.network.parameters())
    assert not any(isinstance(module, torch.nn.BatchNorm2d) for module in glyphs.network.modules())
    assert not glyphs.network.training


def test_a_network_first_built_in_inference_mode_still_passes_gradients(glyphs):
    models.instance.cache_clear()
    with torch.inference_mode():
        network = glyphs.network
    image = torch.rand(1, 3, 64, 64, requires_grad=True)
    network(image)["shape"].sum().backward()
    assert image.grad.abs().sum() > 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("mixd3b:1", "did you mean 'mixed3b'"),
        ("mixed3b:256", "mixed3b of glyphs has units 0 to 255"),
        ("mixed3b", "expected layer:index"),
        ("mixed3b:-1", "expected layer:index"),
        ("shape:16", "units 0 to 15"),
        ("mixed3b:1@16,0", "rows 0 to 15 and columns 0 to 15"),
        ("mixed3b:1@4", "expected layer:index"),
        ("shape:1@0,0", "a class of shape has no places"),
        ("shape.pre:1", "ends in no nonlinearity"),
    ],
)
def test_a_wrong_unit_names_what_was_expected(glyphs, text, message):
    with pytest.raises(ValueError, match=message):
        glyphs.unit(text)


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("mixed3b:17@4,15", Unit("mixed3b", 17, (4, 15))),
        ("mixed3b:17-", Unit("mixed3b", 17, None, True)),
        ("mixed3b:17@4,5-", Unit("mixed3b", 17, (4, 5), True)),
        ("mixed3b.pre:17", Unit("mixed3b.pre", 17)),
    ],
)
def test_a_unit_may_have_a_place_and_a_direction(glyphs, text, unit):
    assert glyphs.unit(text) == unit
    assert str(unit) == text


def test_a_wrong_model_names_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'glyphs'"):
        models.load("glyps")


def test_units_of_heads_have_labels(glyphs):
    assert glyphs.label(glyphs.unit("shape:0")) == glyphs.heads["shape"][0]
    assert glyphs.label(glyphs.unit("conv1:0")) == ""


def test_equal_digests_share_one_network(glyphs):
    assert models.load("glyphs").network is glyphs.network
    moved = dataclasses.replace(glyphs, maker=models.Maker("other", glyphs.maker.build))
    assert moved.network is not glyphs.network


@pytest.mark.parametrize("make", [lambda: models.load("glyphs"), lambda: datasets.load("glyphs:5")])
def test_in_a_lab_that_remembers_the_code_counts(make):
    """The network's and the images' code decides results that are kept under these digests."""

    def digest(version: str) -> str:
        with lab.using(lab.Lab(closure=lambda code: f"{code.__module__}.{code.__name__} {version}")):
            return make().digest

    assert digest("old") == digest("old") != digest("new")
    assert make().digest not in (digest("old"), digest("new"))


def test_the_closure_of_a_network_reaches_its_layers_and_that_of_a_data_set_its_shapes():
    sources = Sources({"figures": Path(figures.__file__).parent})
    [code] = networks.code_of(networks.read("glyphs"))
    network = sources.parts(*code)
    assert {"figures.glyphs.network:Mixed", "figures.glyphs.storage:load"} <= set(network)
    assert "figures.glyphs.shapes:SHAPES" in sources.parts("figures.glyphs.dataset", "render")


def test_a_data_set_is_addressed_by_index():
    data = datasets.load("glyphs:50")
    assert len(data) == 50
    assert torch.equal(data.images([7, 3])[1], data.images([3])[0])
    assert int(data.parameters([3]).shape[0]) == int(data.parameters(range(10)).shape[3])


@pytest.mark.parametrize(
    ("text", "message"),
    [("glyps:10", "did you mean 'glyphs'"), ("glyphs:none", "at least 1"), ("glyphs:0", "at least 1")],
)
def test_a_wrong_data_set_names_what_was_expected(text, message):
    with pytest.raises(ValueError, match=message):
        datasets.load(text)


def test_an_index_outside_a_data_set_is_refused():
    with pytest.raises(ValueError, match="images 0 to 49, not 50"):
        datasets.load("glyphs:50").images([0, 50])
