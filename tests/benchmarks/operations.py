"""How many operations work needs, and how many a processor can do: how much faster any machine could be.

Counted are multiplications and additions of convolutions and products of matrices, as they are computed: those of a
climb are the way to the layer and the way back to the picture, and none for weights. Fourier transforms, samplings,
rectifiers and poolings are not counted: they are what keeps even the best program below its peak.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import torch
from torch.utils.flop_counter import FlopCounterMode, conv_flop_count

from figures import lab
from figures.methods.activations import read
from figures.methods.feature_visualization import Recipe
from figures.methods.feature_visualization.colours import mixing
from figures.methods.feature_visualization.optimize import Ascent
from figures.methods.models import Model

_GIGA = 1e9
_MATRIX, _TIMES = 2048, 5


def counted(work: Callable[[], object]) -> float:
    """Do some work; return its GFLOP."""
    with FlopCounterMode(
        display=False, custom_mapping={torch.ops.mkldnn._convolution_pointwise: _rectified}
    ) as counter:
        work()
    return counter.get_total_flops() / _GIGA


def _rectified(
    entering: Sequence[int], weight: Sequence[int], *_: object, out_shape: Sequence[int], **__: object
) -> int:
    """Count a convolution that rectifies: the rectifier is free."""
    return conv_flop_count(list(entering), list(weight), list(out_shape))


def of_a_step(model: Model, layer: str, units: int, recipe: Recipe) -> float:
    """Return the GFLOP that a step of one picture needs, of so many made together."""
    recipe = replace(recipe, steps=1, redirected_steps=0)
    wanted = [model.unit(f"{layer}:{index}") for index in range(units)]
    climb = Ascent.start(model, wanted, range(units), recipe, mixing(model, recipe, None).to(lab.device()))
    return counted(climb.run) / units


def of_an_image(model: Model, layers: Sequence[str]) -> float:
    """Return the GFLOP that one image needs as far as some layers."""
    image = torch.rand(1, model.channels, model.input_size, model.input_size, device=lab.device())
    with torch.inference_mode():
        return counted(lambda: read(model, image.contiguous(memory_format=torch.channels_last), layers))


def peak() -> float:
    """Return the GFLOP per processor second of a product of matrices."""
    one, other = torch.rand(_MATRIX, _MATRIX), torch.rand(_MATRIX, _MATRIX)
    start = time.process_time()
    for _ in range(_TIMES):
        one @ other
    return 2 * _MATRIX**3 * _TIMES / (time.process_time() - start) / _GIGA
