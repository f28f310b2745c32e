"""Gates on the weights that come with the package, measured on the files themselves."""

import math

import pytest
import torch

from figures.glyphs import storage
from figures.glyphs.dataset import cue_conflict
from figures.glyphs.evaluation import accuracies, curves_in, shape_bias
from figures.glyphs.kinds import built
from figures.glyphs.network import Glyphs, fold, initialise
from figures.glyphs.recipes import RECIPES
from figures.methods.curves import CEILING_IMAGES

#: Some of those that the record counts, so few that the test is quick: they may be off by four binomial deviations.
FEW_IMAGES = 200


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    """Small convolutions gain little from more, and lose much on a busy machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


BAGS = [name for name in RECIPES if RECIPES[name].field_px]


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in RECIPES if name not in BAGS])
def test_a_stored_network_is_as_accurate_as_recorded(name):
    network, record = storage.load(name), storage.read_record(name)
    measured = accuracies(network, FEW_IMAGES, variant=RECIPES[name].variant)
    assert measured.keys() == record["accuracy"].keys()
    for head, share in record["accuracy"].items():
        assert measured[head] == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / FEW_IMAGES))


@pytest.mark.slow
def test_networks_that_see_patches_are_about_as_accurate_as_recorded():
    for name in BAGS:
        measured = accuracies(storage.load(name), 200, variant=RECIPES[name].variant)
        assert measured == pytest.approx(storage.read_record(name)["accuracy"], abs=0.1)


def test_shapes_need_larger_patches():
    by_field = {RECIPES[name].field_px: storage.read_record(name)["accuracy"]["shape"] for name in BAGS}
    smallest, middle, largest = (by_field[field_px] for field_px in sorted(by_field))
    assert smallest <= middle <= largest
    assert largest - smallest > 0.1


def test_the_default_network_recognizes_shapes():
    assert storage.read_record("glyphs")["accuracy"]["shape"] >= 0.8


@pytest.mark.parametrize("name", RECIPES)
def test_a_record_describes_its_file(name):
    record = storage.read_record(name)
    assert record["name"] == name
    assert {known["name"]: known["channels"] for known in record["layers"]} == built(record["architecture"]).layers
    assert record["architecture"]["folded"]
    assert record["architecture"]["heads"] == {head["name"]: len(head["classes"]) for head in record["heads"]}


def test_the_default_network_has_curve_units_all_around():
    record = storage.read_record("glyphs")["curve_units"]
    assert record["count"] == len(record["units"]) >= 20
    assert record["images"] == CEILING_IMAGES
    assert min(record["bins"]) >= 1


@pytest.mark.slow
def test_an_untrained_network_has_none():
    # The fewer images, the lower the ceiling, and the more units may pass.
    assert curves_in(fold(initialise(Glyphs(), seed=0)), images=40).units == ()


@pytest.mark.slow
def test_the_pair_goes_by_different_cues():
    images, shapes, textures = cue_conflict(2)
    by_shape = shape_bias(storage.load("glyphs-shape"), images, shapes, textures)
    by_texture = shape_bias(storage.load("glyphs-texture"), images, shapes, textures)
    assert by_shape.bias >= 0.9
    assert by_texture.bias <= 0.2
    assert min(by_shape.coverage, by_texture.coverage) >= 0.8


@pytest.mark.parametrize("name", ["glyphs-shape", "glyphs-texture"])
def test_every_seed_of_the_pair_knows_its_own_pictures_and_answers_conflicts_by_a_cue(name):
    runs = storage.read_record(name)["runs"]
    assert [run["seed"] for run in runs] == [0, 1, 2]
    assert min(run["accuracy"]["shape"] for run in runs) >= 0.95
    coverage = [run["coverage"] for run in runs]
    assert min(coverage) >= 0.84
    assert sum(coverage) / len(coverage) >= 0.85


def test_the_weights_are_small():
    total = sum(path.stat().st_size for path in storage.WEIGHTS.iterdir())
    assert total < 6_000_000
