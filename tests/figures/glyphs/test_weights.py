"""Gates on the weights that come with the package, measured on the files themselves."""

import pytest
import torch

from figures.glyphs import storage
from figures.glyphs.dataset import HELD_OUT, cue_conflict, render
from figures.glyphs.evaluation import accuracy, shape_bias
from figures.glyphs.network import LAYERS, Glyphs, fold, initialise
from figures.glyphs.recipes import RECIPES
from figures.methods.curves import curve_units, measure_tuning

CURVE_LAYER = "mixed3b"


def curves_in(network, layer):
    """Return the strict curve units of one layer."""

    def pre_activation(images):
        kept = []
        hook = getattr(network, layer).pre.register_forward_hook(lambda _m, _i, output: kept.append(output))
        network(images)
        hook.remove()
        return kept[0]

    images, _ = render(HELD_OUT + torch.arange(200))
    with torch.inference_mode():
        return curve_units(measure_tuning(pre_activation, images))


@pytest.mark.parametrize("name", RECIPES)
def test_a_stored_network_is_as_accurate_as_recorded(name):
    network, record = storage.load(name), storage.read_record(name)
    for head, recorded in record["accuracy"].items():
        measured = accuracy(network, head, 2000, variant=RECIPES[name].variant)
        assert measured == pytest.approx(recorded, abs=0.02)


def test_the_default_network_recognizes_shapes():
    assert storage.read_record("glyphs")["accuracy"]["shape"] >= 0.8


@pytest.mark.parametrize("name", RECIPES)
def test_a_record_describes_its_file(name):
    record = storage.read_record(name)
    assert record["name"] == name
    assert record["layers"] == LAYERS
    assert record["architecture"]["folded"]
    assert record["architecture"]["heads"] == {head: len(classes) for head, classes in record["heads"].items()}


def test_the_default_network_has_curve_units_all_around():
    found = curves_in(storage.load("glyphs"), CURVE_LAYER)
    assert len(found.units) >= 20
    assert min(found.bins()) >= 1


def test_an_untrained_network_has_none():
    control = fold(initialise(Glyphs(), seed=0))
    assert curves_in(control, CURVE_LAYER).units == ()


def test_the_pair_goes_by_different_cues():
    images, shapes, textures = cue_conflict(2)
    by_shape = shape_bias(storage.load("glyphs-shape"), images, shapes, textures)
    by_texture = shape_bias(storage.load("glyphs-texture"), images, shapes, textures)
    assert by_shape.bias >= 0.9
    assert by_texture.bias <= 0.4
    assert min(by_shape.coverage, by_texture.coverage) >= 0.5


def test_the_weights_are_small():
    total = sum(path.stat().st_size for path in storage.WEIGHTS.iterdir())
    assert total < 6_000_000
