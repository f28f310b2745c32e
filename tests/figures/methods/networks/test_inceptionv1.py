"""TensorFlow's InceptionV1 by name: its layers, its input, its weights."""

from __future__ import annotations

import pytest
import torch

from figures import specs
from figures.methods import activations, models, networks
from figures.methods.architectures.inceptionv1 import BLOCKS, CLASSES, InceptionV1
from figures.methods.assembly import build, literature, random
from figures.methods.assembly.blueprint import MissingWeights


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("inceptionv1@none")


def test_mixed_layers_have_the_channels_of_the_original(model):
    widths = [model.layers[name] for name in literature.MIXED]
    assert widths == [256, 480, 508, 512, 512, 528, 832, 832, 1024]
    assert tuple(BLOCKS) == literature.MIXED
    assert model.main == ("conv2d0", "conv2d1", "conv2d2", *literature.MIXED)
    assert len(model.heads["logits"]) == CLASSES


@pytest.mark.parametrize(
    ("layer", "size", "stride"),
    [("conv2d0", 7, 2), ("conv2d2", 19, 4), ("mixed3a", 59, 8), ("mixed3b", 91, 8), ("mixed4a", 171, 16)],
)
def test_receptive_fields_are_those_of_curve_detectors(model, layer, size, stride):
    field = model.receptive_field(layer)
    assert (field.size_px, field.stride_px) == (size, stride)
    assert model.part(layer).height == 224 // stride


def test_pre_relu_names_of_lucid_lead_to_convolutions(model):
    assert str(model.unit("mixed3b_3x3_pre_relu:5")) == "mixed3b_3x3_pre_relu_conv:5"
    image = torch.rand(1, 3, 224, 224)
    names = ["mixed3b_1x1", "mixed3b_3x3", "mixed3b_5x5", "mixed3b_pool_reduce"]
    found = activations.read(model, image, ["mixed3b", *(f"{name}_pre_relu" for name in names)])
    joined = torch.cat([found[f"{name}_pre_relu"] for name in names], dim=1)
    assert torch.equal(found["mixed3b"], joined)
    assert found["mixed3b"].min() < 0


def test_pixels_lie_between_minus_117_and_138(model):
    seen = []
    handle = model.network.inner.register_forward_pre_hook(lambda _module, inputs: seen.append(inputs[0]))
    model.network(torch.stack([torch.zeros(3, 224, 224), torch.ones(3, 224, 224)]))
    handle.remove()
    assert seen[0][0].unique().tolist() == pytest.approx([-117])
    assert seen[0][1].unique().tolist() == pytest.approx([138])


def test_a_checkpoint_loads_from_where_the_author_has_it(tmp_path):
    network = random.drawn(InceptionV1, 5)
    torch.save(network.state_dict(), tmp_path / "inception5h.pth")
    with_table = specs.Site(tmp_path, {"inceptionv1": {"weights": "inception5h.pth"}})
    for name, site in ((f"inceptionv1@{tmp_path / 'inception5h.pth'}", None), ("inceptionv1", with_table)):
        found = build.build(networks.read(name, site)).inner.state_dict()
        assert all(torch.equal(found[one], tensor) for one, tensor in network.state_dict().items())


def test_without_its_checkpoint_a_message_says_what_to_write(tmp_path):
    with pytest.raises(MissingWeights, match=r"write inceptionv1@path/to/inception5h\.pth"):
        models.load("inceptionv1")
    with pytest.raises(MissingWeights, match=r"no weights at .*nowhere\.pth"):
        models.load(f"inceptionv1@{tmp_path}/nowhere.pth")
