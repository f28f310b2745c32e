"""What a network answers inside: activations of its layers, computed no further than needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
import torch
from torch import nn

from figures import lab
from figures.methods.models import Model


class _Reached(Exception):
    """All that was asked for is there; the rest of the network need not run."""


@contextmanager
def _watching(modules: Mapping[str, nn.Module], see: Callable[[str, torch.Tensor], None]) -> Iterator[None]:
    """Show `see` each module's output by name, for as long as the context lasts."""
    handles = [
        module.register_forward_hook(lambda _module, _inputs, output, name=name: see(name, output))
        for name, module in modules.items()
    ]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


def read(model: Model, images: torch.Tensor, layers: Sequence[str], *, pre: bool = True) -> dict[str, torch.Tensor]:
    """Run the network on its own device until `layers` are known; return {layer: maps}.

    Differentiable. Maps are (batch, channel, height, width); those of a head are its logits,
    (batch, classes, 1, 1). With `pre`, maps are taken before the rectifier where the layer
    keeps them (a child module `pre`).
    """
    # Numbers too small for full precision make a CPU ten times slower, and small networks are full of them.
    torch.set_flush_denormal(True)
    network = model.network
    found: dict[str, torch.Tensor] = {}
    wanted = {layer: _module(network, layer, pre) for layer in layers if layer not in model.heads}
    stops = len(wanted) == len(layers)

    def see(name: str, output: torch.Tensor) -> None:
        found[name] = output
        if stops and len(found) == len(wanted):
            raise _Reached

    with _watching(wanted, see):
        try:
            answers = network(images)
        except _Reached:
            answers = {}
    found.update((head, answers[head][:, :, None, None]) for head in layers if head in model.heads)
    return found


def _module(network: nn.Module, layer: str, pre: bool) -> nn.Module:
    module = network.get_submodule(layer)
    return getattr(module, "pre", module) if pre else module


def prepared(images: np.ndarray | torch.Tensor, device: str) -> torch.Tensor:
    """Bring images (n, channel, height, width) in [0, 1] to a device as float32, channels last."""
    tensor = torch.as_tensor(images).to(device=device, dtype=torch.float32)
    return tensor.contiguous(memory_format=torch.channels_last)


def activations(
    model: Model, images: np.ndarray | torch.Tensor, layer: str, *, pre: bool = True, batch: int = 64
) -> torch.Tensor:
    """Return one layer's maps for images (n, channel, height, width) in [0, 1], on the CPU.

    float32, (n, channel, height, width), before the rectifier by default; a head gives its
    logits as (n, classes, 1, 1). No gradients are kept.
    """
    model.size(layer)
    parts = []
    with torch.inference_mode():
        for start in range(0, len(images), batch):
            part = prepared(images[start : start + batch], lab.device())
            parts.append(read(model, part, [layer], pre=pre)[layer].float().cpu())
    return torch.cat(parts)


def logits(model: Model, images: np.ndarray | torch.Tensor, head: str, *, batch: int = 64) -> torch.Tensor:
    """Return a head's logits (n, classes) for images (n, channel, height, width) in [0, 1]."""
    if head not in model.heads:
        raise ValueError(f"{model.name} has no head {head!r} (it has {', '.join(model.heads)})")
    return activations(model, images, head, batch=batch)[:, :, 0, 0]


def center(model: Model, layer: str) -> tuple[int, int]:
    """Return the (y, x) of the position that looks at the middle of an image.

    Where the middle falls between two positions, the later one.
    """
    if layer in model.heads:
        return 0, 0
    field, middle_px = model.receptive_field(layer), (model.input_size - 1) / 2
    index = int(np.floor((middle_px - field.center_px(0)) / field.stride_px + 0.5))
    return index, index
