"""The names that papers give to layers lead to them."""

from __future__ import annotations

import pytest
import torch

from figures.methods import networks
from figures.methods.assembly import build, describing, literature, random


@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("alexnet", {"conv1": "features.1", "conv5": "features.11", "fc6": "classifier.2", "fc8": "classifier.6"}),
        ("vgg11", {"conv1_1": "features.1", "conv3_2": "features.9", "conv5_2": "features.19", "fc7": "classifier.4"}),
        ("vgg16_bn", {"conv1_2": "features.5", "conv5_3": "features.42", "pool5": "features.43"}),
    ],
)
def test_papers_name_layers_with_their_rectifiers(name, aliases):
    card = describing.describe(networks.read(f"torchvision/{name}@none"))
    assert {alias: card.layers[alias].module for alias in aliases} == aliases
    convolutions = [layer for alias, layer in card.layers.items() if alias.startswith("conv")]
    assert all(layer.rectified for layer in convolutions)
    pools = [layer.module for alias, layer in card.layers.items() if alias.startswith("pool")]
    network = random.unfilled(networks.blueprint(networks.read(f"torchvision/{name}@none")).build)
    assert {type(network.get_submodule(pool)) for pool in pools} == {torch.nn.MaxPool2d}


def test_every_alias_of_the_literature_leads_to_a_layer():
    for name in ("googlenet", "alexnet", "vgg11", "vgg13_bn", "vgg19"):
        layers = build.anatomy_of(networks.read(f"torchvision/{name}@none")).layers
        assert [alias for alias, path in literature.aliases(name) if path not in layers] == []
        assert len({alias for alias, _ in literature.aliases(name)}) == len(literature.aliases(name))
