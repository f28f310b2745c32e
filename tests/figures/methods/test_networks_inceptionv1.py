"""TensorFlow's InceptionV1: names, shapes, receptive fields, borders, and local response normalisation."""

from __future__ import annotations

import numpy as np
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


def test_parameters_are_named_and_shaped_as_in_the_converted_checkpoint():
    """Names and shapes as in the checkpoint that others converted from TensorFlow's graph."""
    shapes = {name: tuple(tensor.shape) for name, tensor in random.unfilled(InceptionV1).state_dict().items()}
    assert len(shapes) == 2 * (3 + 6 * 9 + 1)
    expected = {
        "conv2d0_pre_relu_conv.weight": (64, 3, 7, 7),
        "conv2d1_pre_relu_conv.weight": (64, 64, 1, 1),
        "conv2d2_pre_relu_conv.weight": (192, 64, 3, 3),
        "mixed3a_1x1_pre_relu_conv.weight": (64, 192, 1, 1),
        "mixed3a_5x5_pre_relu_conv.bias": (32,),
        "mixed3b_3x3_pre_relu_conv.weight": (192, 128, 3, 3),
        "mixed4a_3x3_pre_relu_conv.weight": (204, 96, 3, 3),
        "mixed4b_3x3_bottleneck_pre_relu_conv.weight": (112, 508, 1, 1),
        "mixed4e_5x5_bottleneck_pre_relu_conv.weight": (32, 528, 1, 1),
        "mixed5a_5x5_pre_relu_conv.weight": (128, 48, 5, 5),
        "mixed5b_pool_reduce_pre_relu_conv.weight": (128, 832, 1, 1),
        "softmax2_pre_activation_matmul.weight": (1008, 1024),
        "softmax2_pre_activation_matmul.bias": (1008,),
    }
    assert {name: shapes[name] for name in expected} == expected


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


def test_borders_lie_after_the_image_as_tensorflow_lays_them():
    """By hand: SAME for 7 pixels and a stride of 2 on an even side pads 2 before and 3 after.

    With a kernel of ones on a row of ones, the windows that begin 2 pixels before the image hold
    5, then 7, ..., and the last one, which begins 3 pixels before its end, 4 + 0: n - 2(n/2 - 1) + 2.
    """
    network = InceptionV1().eval()
    conv = network.conv2d0_pre_relu_conv
    torch.nn.init.zeros_(conv.weight)
    torch.nn.init.zeros_(conv.bias)
    with torch.no_grad():
        conv.weight[0, 0, 3] = 1  # the middle row of the kernel
        answer = conv(network.conv2d0_pre_relu_conv_pad(torch.ones(1, 3, 16, 16)))[0, 0]
    assert answer.shape == (8, 8)
    assert answer[4].tolist() == [5, 7, 7, 7, 7, 7, 6, 4]


def test_pools_take_their_border_after_the_map():
    """By hand: SAME for 3 positions and a stride of 2 on an even side pads none before and one after."""
    row = torch.tensor([-5.0, -4, -3, -2, -1, -9, -8, -7])
    pooled = InceptionV1().maxpool0(row.expand(1, 1, 8, 8))
    assert pooled.shape == (1, 1, 4, 4)
    assert pooled[0, 0, 0].tolist() == [-3, -1, -1, -7]  # the border never is the largest
    inside = InceptionV1().mixed3a_pool(row.expand(1, 1, 8, 8))
    assert inside[0, 0, 0].tolist() == [-4, -3, -2, -1, -1, -1, -7, -7]


def test_local_response_normalisation_is_that_of_tensorflow():
    """x / (bias + alpha * sum of squares over 5 channels to each side) ** beta, alpha not divided by the window."""
    x = np.random.default_rng(0).normal(0, 100, (2, 64, 3, 3))
    expected = np.empty_like(x)
    for channel in range(64):
        window = x[:, max(0, channel - 5) : channel + 6]
        expected[:, channel] = x[:, channel] / (2 + 1e-4 * (window**2).sum(axis=1)) ** 0.5
    found = InceptionV1().localresponsenorm0(torch.from_numpy(x))
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-10)


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
