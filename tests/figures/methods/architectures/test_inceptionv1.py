"""TensorFlow's InceptionV1: parameters, borders, and local response normalisation."""

from __future__ import annotations

import numpy as np
import torch

from figures.methods.architectures.inceptionv1 import InceptionV1
from figures.methods.assembly import random


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
