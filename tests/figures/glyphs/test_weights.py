"""Gates on the weights that come with the package, measured on the files themselves."""

import pytest
import torch

from figures.glyphs import storage
from figures.glyphs.dataset import cue_conflict
from figures.glyphs.evaluation import accuracies, curves_in, shape_bias
from figures.glyphs.network import LAYERS, Glyphs, fold, initialise
from figures.glyphs.recipes import RECIPES
from figures.methods import datasets, models
from figures.methods.curve_families import curve_family
from figures.methods.curves import CEILING_IMAGES


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Small convolutions gain little from more, and lose much on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.slow
@pytest.mark.parametrize("name", RECIPES)
def test_a_stored_network_is_as_accurate_as_recorded(name):
    network, record = storage.load(name), storage.read_record(name)
    measured = accuracies(network, 2000, variant=RECIPES[name].variant)
    assert measured == pytest.approx(record["accuracy"], abs=0.02)


def test_the_default_network_recognizes_shapes():
    assert storage.read_record("glyphs")["accuracy"]["shape"] >= 0.8


@pytest.mark.parametrize("name", RECIPES)
def test_a_record_describes_its_file(name):
    record = storage.read_record(name)
    assert record["name"] == name
    assert {known["name"]: known["channels"] for known in record["layers"]} == LAYERS
    assert record["architecture"]["folded"]
    assert record["architecture"]["heads"] == {head["name"]: len(head["classes"]) for head in record["heads"]}


def test_the_default_network_has_curve_units_all_around():
    found = curves_in(storage.load("glyphs"))
    assert len(found.units) >= 20
    assert min(found.bins()) >= 1


def test_record_and_page_name_the_same_curve_units():
    record = storage.read_record("glyphs")["curve_units"]
    assert record["images"] == CEILING_IMAGES
    shown = curve_family(models.load("glyphs"), datasets.load("glyphs:400"), record["layer"])
    assert record["units"] == shown.units.tolist() == list(curves_in(storage.load("glyphs")).units)
    assert record["count"] == len(record["units"])
    assert record["preferred_deg"] == pytest.approx(shown.preferred_deg.tolist(), abs=0.01)


def test_an_untrained_network_has_none():
    control = fold(initialise(Glyphs(), seed=0))
    assert curves_in(control).units == ()


@pytest.mark.slow
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
