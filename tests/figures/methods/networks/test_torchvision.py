"""Networks of torchvision: their inputs, their weights, their names."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
import torchvision

from figures.methods import models, networks
from figures.methods.assembly import build, describing, random
from figures.methods.assembly.blueprint import MissingWeights
from tests.figures.methods.library_networks import spec


def test_the_input_of_googlenet_is_what_torchvision_makes_of_it():
    """Torchvision maps images from ImageNet's norm to [-1, 1] inside the network; we do it before."""
    model = models.of(spec("torchvision/googlenet@none", 64))
    theirs = torchvision.models.googlenet(
        weights=None, transform_input=True, aux_logits=True, init_weights=False
    ).eval()
    theirs.load_state_dict(model.network.inner.state_dict(), strict=False)
    images = torch.rand(2, 3, 64, 64)
    preset = torchvision.models.GoogLeNet_Weights.DEFAULT.transforms()
    normal = torchvision.transforms.functional.normalize(images, preset.mean, preset.std)
    assert torch.allclose(model.network(images), theirs(normal), atol=1e-4)


def test_weights_are_read_from_the_cache_of_torch(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    name = networks.read("torchvision/squeezenet1_1")
    with pytest.raises(MissingWeights, match="run `microscribe models pull torchvision/squeezenet1_1`"):
        models.of(name)
    assert describing.describe(name, weights=False).digest == ""
    file = networks.blueprint(name).file
    assert file.parent == tmp_path / "hub" / "checkpoints" == Path(torch.hub.get_dir()) / "checkpoints"
    file.parent.mkdir(parents=True)
    network = torchvision.models.squeezenet1_1(weights=None)
    torch.save(network.state_dict(), file)
    model = models.of(name)
    assert (model.random, model.card.weights.file) == (False, str(file))
    assert len(model.card.weights.sha256) == 64
    assert torch.equal(model.network.inner.features[0].weight, network.features[0].weight)
    assert model.digest != models.of(networks.read("torchvision/squeezenet1_1@none")).digest


@pytest.mark.slow
def test_auxiliary_classifiers_of_a_checkpoint_are_left_out(tmp_path):
    full = random.unfilled(lambda: torchvision.models.googlenet(weights=None, aux_logits=True, init_weights=False))
    torch.save({name: torch.zeros_like(one) for name, one in full.state_dict().items()}, tmp_path / "g.pth")
    network = build.build(networks.read(f"torchvision/googlenet@{tmp_path / 'g.pth'}"))
    assert not network.inner.conv1.conv.weight.any()


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("torchvision/googlnet", "torchvision has no network 'googlnet'; did you mean 'googlenet'"),
        ("torchvision/vgg11@IMAGENET1K_V9", "did you mean 'IMAGENET1K_V1'"),
        ("torchvision/deeplabv3_resnet50", "torchvision has no network"),
    ],
)
def test_a_wrong_network_names_the_nearest(name, message):
    with pytest.raises(ValueError, match=message):
        models.load(name)
