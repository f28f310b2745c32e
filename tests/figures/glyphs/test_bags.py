"""Networks that see patches: how large these are, and that nothing beside them counts."""

import pytest
import torch

from figures.glyphs.bags import FIELDS_PX, Bag
from figures.glyphs.kinds import built
from figures.glyphs.network import Glyphs, fold, initialise
from figures.methods.receptive_field import measured_box

HEADS = {"shape": 16, "texture": 16}


@pytest.fixture(scope="module", params=[9, 33])
def network(request) -> Bag:
    return initialise(Bag(HEADS, field_px=request.param), seed=0, conv1_gain=1.0).eval()


def test_a_place_sees_its_patch_and_nothing_beside(network):
    field = network.config["field_px"]
    with torch.enable_grad():
        rows, columns = measured_box(lambda image: network.maps(image)[0, :, 2, 3].sum(), torch.rand(1, 3, 64, 64))
    assert (rows, columns) == ((8, 8 + field - 1), (12, 12 + field - 1))


def test_an_answer_is_the_mean_of_what_places_say(network):
    images = torch.rand(2, 3, 64, 64)
    with torch.no_grad():
        maps = network.maps((images - 0.45) / 0.25)
        votes = torch.einsum("kc,nchw->nkhw", network.heads["shape"].weight, maps)
        mean = votes.mean(dim=(2, 3)) + network.heads["shape"].bias
        torch.testing.assert_close(network(images)["shape"], mean, rtol=1e-5, atol=1e-5)


def test_patches_of_other_sizes_are_refused_with_those_that_there_are():
    assert FIELDS_PX == (9, 17, 25, 33, 41)
    with pytest.raises(ValueError, match="patches of 10 px; expected one of 9, 17, 25"):
        Bag(HEADS, field_px=10)


def test_a_configuration_says_which_kind_it_is(network):
    again = built(network.config)
    assert isinstance(again, Bag)
    assert again.config == network.config
    assert isinstance(built(Glyphs().config), Glyphs)


def test_folding_changes_no_answer(network):
    images = torch.rand(2, 3, 64, 64)
    with torch.no_grad():
        torch.testing.assert_close(fold(network)(images), network(images), rtol=1e-4, atol=1e-4)
