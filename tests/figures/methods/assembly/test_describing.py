"""Cards of networks: plain data, the layers worth listing, and every name of a layer."""

from __future__ import annotations

import json

import pytest

from figures import cards, lab, specs
from figures.cards import Input, LayerCard
from figures.methods import models, networks
from figures.methods.assembly import describing, literature
from figures.methods.assembly.describing import stages
from figures.methods.receptive_field import ReceptiveField
from tests.figures.methods.library_networks import small


@pytest.fixture(scope="module")
def resnet() -> models.Model:
    return small("resnet18")


def test_a_card_is_plain_data_in_forward_order():
    card = describing.describe(networks.read("torchvision/googlenet@none"))
    assert cards.read(json.loads(json.dumps(card.record))) == card
    assert list(card.main) == ["conv2d0", "conv2d1", "conv2d2", *literature.MIXED]
    assert card.layers["mixed3b"] == LayerCard(
        "inception3b", 480, 28, 28, receptive_field=(59, 8, -23), rectified=True, pre=True
    )
    assert card.aliases["inception3b"] == "mixed3b"
    assert card.layers["mixed4a_3x3"].channels == 208
    assert card.heads["logits"][:2] == ("tench", "goldfish")
    assert card.input == Input(224, 3, (0.5,) * 3, (0.5,) * 3)
    assert (card.random, card.weights.kind) == (True, "none")


def test_both_names_of_a_layer_are_one(resnet):
    vgg = small("vgg11")
    assert vgg.unit("features.1:3") == vgg.unit("conv1_1:3")
    assert str(vgg.unit("features.1.pre:3@2,2-")) == "conv1_1.pre:3@2,2-"
    assert vgg.receptive_field("features.1") == vgg.receptive_field("conv1_1") == ReceptiveField(3, 1, -1)
    with pytest.raises(ValueError, match="no layer 'conv11_1'; did you mean 'conv1_1'"):
        vgg.unit("conv11_1:0")
    assert resnet.main == ("conv1", "layer1", "layer2", "layer3", "layer4")


def test_classes_of_a_table_decide_how_many_there_are(tmp_path):
    table = {"mine": {"factory": "torchvision/resnet18", "weights": "none", "classes": ["cat", "dog"]}}
    with lab.using(lab.Lab(site=specs.Site(tmp_path, table))):
        model = models.load("mine")
    assert model.heads == {"logits": ("cat", "dog")}
    assert model.label(model.unit("logits:1")) == "dog"


def test_images_that_do_not_fit_are_said_to(tmp_path):
    table = {"odd": {"factory": "torchvision/vit_b_32", "weights": "none", "input_size": 50}}
    with pytest.raises(ValueError, match="odd: .*divisible by patch size"):
        describing.describe(networks.read("odd", specs.Site(tmp_path, table)))
    grey = {"grey": {"factory": "torchvision/resnet18", "weights": "none", "channels": 1}}
    with pytest.raises(ValueError, match="grey: 1 channels; resnet18 takes 3"):
        describing.describe(networks.read("grey", specs.Site(tmp_path, grey)))


def test_stages_are_opened_until_there_are_enough(resnet):
    layers = resnet.anatomy.layers
    assert stages(layers) == ["conv1", "layer1", "layer2", "layer3", "layer4"]
    inside = {name: layer for name, layer in layers.items() if name.startswith("layer3")}
    assert stages(inside)[:2] == ["layer3.0.conv1", "layer3.0.conv2"]
