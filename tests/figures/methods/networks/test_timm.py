"""Networks of timm, where it is installed, and what is said where it is not."""

from __future__ import annotations

import sys

import pytest
import torch

from figures import specs
from figures.methods import activations, models, networks
from figures.methods.assembly.blueprint import MissingWeights
from tests.figures.methods.library_networks import spec


def test_without_timm_a_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "timm", None)
    with pytest.raises(ValueError, match=r"pip install 'microscribe\[timm\]'"):
        models.load("timm/resnet18@none")


@pytest.fixture
def timm():
    pytest.importorskip("timm")


@pytest.mark.usefixtures("timm")
def test_a_transformer_reads_as_maps():
    model = models.of(spec("timm/vit_tiny_patch16_224@none"))
    assert model.part("blocks.3").layout == "tokens"
    assert (model.part("blocks.3").prefix, model.main[0]) == (1, "patch_embed")
    maps = activations.read(model, torch.rand(1, 3, 224, 224), ["blocks.0"])["blocks.0"]
    assert maps.shape == (1, 192, 14, 14)


@pytest.mark.usefixtures("timm")
def test_other_numbers_of_channels(tmp_path):
    table = {"bands": {"factory": "timm/resnet18", "weights": "none", "channels": 5, "input_size": 64}}
    model = models.of(networks.read("bands", specs.Site(tmp_path, table)))
    assert activations.read(model, torch.rand(1, 5, 64, 64), ["layer1"])["layer1"].shape == (1, 64, 16, 16)
    with pytest.raises(ValueError, match="images of 3 channels; expected 1 or 5"):
        activations.read(model, torch.rand(1, 3, 64, 64), ["layer1"])


@pytest.mark.usefixtures("timm")
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("timm/resnt18", "timm has no network 'resnt18'; did you mean 'resnet18'"),
        ("timm/resnet18@a1_in2k", "did you mean 'a1_in1k'"),
    ],
)
def test_a_wrong_name_names_the_nearest(name, message):
    with pytest.raises(ValueError, match=message):
        models.load(name)


@pytest.mark.usefixtures("timm")
def test_missing_weights_are_not_fetched():
    with pytest.raises(MissingWeights, match="run `microscribe models pull timm/test_resnet@r160_in1k`"):
        models.load("timm/test_resnet@r160_in1k")
