"""What a network answers inside: activations of its layers, computed no further than needed."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch

from figures import lab
from figures.methods.models import Model
from figures.units import PRE

#: Share of red, green and blue in grey (ITU-R BT.601).
_GREY = (0.299, 0.587, 0.114)
_COLOURS = 3


def read(model: Model, images: torch.Tensor, layers: Sequence[str], *, pre: bool = True) -> dict[str, torch.Tensor]:
    """Run the part of the network that `layers` need, on its own device; return {layer: maps}.

    Differentiable. Maps are (batch, channel, height, width) whatever the layer's own layout:
    class tokens are left out, and vectors, such as the logits of a head, have one position.
    With `pre`, a layer that ends in a rectifier gives what enters it; a name that ends in `.pre`
    gives what enters its last nonlinearity, whichever that is. Grey images serve a network for
    colours and the other way round; raises ValueError for other numbers of channels.
    """
    # Numbers too small for full precision make a CPU ten times slower, and small networks are full of them.
    torch.set_flush_denormal(True)
    keys = {layer: key(model, layer, pre) for layer in layers}
    found = model.reader(tuple(dict.fromkeys(keys.values())))(fitted(images, model.channels))
    return {layer: as_maps(model, layer, found[wanted]) for layer, wanted in keys.items()}


def key(model: Model, layer: str, pre: bool) -> tuple[str, bool]:
    """Return the module or head that a reader is asked for, and whether before its last nonlinearity."""
    name = model.layer(layer)
    if name in model.heads:
        return name, False
    part = model.part(name)
    return part.module, name not in model.layers and name.endswith(PRE) or (pre and part.rectified)


def as_maps(model: Model, layer: str, output: torch.Tensor) -> torch.Tensor:
    """Return what a reader gives for a layer or head as maps (batch, channel, height, width)."""
    name = model.layer(layer)
    return output[:, :, None, None] if name in model.heads else model.part(name).as_maps(output)


def prepared(images: np.ndarray | torch.Tensor, device: str, channels: int | None = None) -> torch.Tensor:
    """Bring images (n, channel, height, width) in [0, 1] to a device as float32, channels last.

    With `channels`, they are made grey or given colours as a network of so many needs.
    """
    tensor = torch.as_tensor(images).to(device=device, dtype=torch.float32)
    tensor = tensor if channels is None else fitted(tensor, channels)
    return tensor.contiguous(memory_format=torch.channels_last)


def fitted(images: torch.Tensor, channels: int) -> torch.Tensor:
    """Return images (n, channel, height, width) with `channels` channels: grey from colours, or colours from grey.

    Raises ValueError where they have neither one channel nor three, nor what is asked for.
    """
    has = images.shape[1]
    if has == channels:
        return images
    if has == 1:
        return images.expand(-1, channels, -1, -1)
    if (has, channels) == (_COLOURS, 1):
        weights = torch.tensor(_GREY, dtype=images.dtype, device=images.device)
        return (images * weights[:, None, None]).sum(dim=1, keepdim=True)
    others = f"1 or {_COLOURS}" if channels == 1 else f"1 or {channels}"
    raise ValueError(f"images of {has} channels; expected {others}")


def activations(
    model: Model, images: np.ndarray | torch.Tensor, layer: str, *, pre: bool = True, batch: int = 64
) -> torch.Tensor:
    """Return one layer's maps for images (n, channel, height, width) in [0, 1], on the CPU.

    float32, (n, channel, height, width), before the rectifier by default; a head gives its
    logits as (n, classes, 1, 1). No gradients are kept.
    """
    model.size(layer)
    return _shown(model, images, batch, lambda part: read(model, part, [layer], pre=pre)[layer])


def window(
    model: Model, images: np.ndarray | torch.Tensor, layer: str, rows: slice, columns: slice, *, batch: int = 64
) -> torch.Tensor:
    """Return what `activations` gives at some rows and columns of a layer, and compute no more than these need."""
    model.size(layer)
    return _shown(model, images, batch, lambda part: read_window(model, part, layer, rows, columns))


def read_window(
    model: Model, images: torch.Tensor, layer: str, rows: slice, columns: slice, *, pre: bool = True
) -> torch.Tensor:
    """Return what `read` gives at some rows and columns of a layer, and compute no more than these need."""
    torch.set_flush_denormal(True)  # as in `read`
    images = fitted(images, model.channels)
    answer = model.window(key(model, layer, pre), images, rows, columns)
    return read(model, images, [layer], pre=pre)[layer][:, :, rows, columns] if answer is None else answer(images)


def _shown(
    model: Model, images: np.ndarray | torch.Tensor, batch: int, look: Callable[[torch.Tensor], torch.Tensor]
) -> torch.Tensor:
    """Show images a few at a time; return what is seen of all, on the CPU."""
    with torch.inference_mode():
        several = (images[start : start + batch] for start in range(0, len(images), batch))
        return torch.cat([look(prepared(one, lab.device(), model.channels)).float().cpu() for one in several])


def logits(model: Model, images: np.ndarray | torch.Tensor, head: str, *, batch: int = 64) -> torch.Tensor:
    """Return a head's logits (n, classes) for images (n, channel, height, width) in [0, 1]."""
    if head not in model.heads:
        raise ValueError(f"{model.name} has no head {head!r} (it has {', '.join(model.heads)})")
    return activations(model, images, head, batch=batch)[:, :, 0, 0]


def center(model: Model, layer: str) -> tuple[int, int]:
    """Return the (y, x) of the position that looks at the middle of an image.

    Where the middle falls between two positions, the later one.
    """
    if model.layer(layer) in model.heads:
        return 0, 0
    field, middle_px = model.receptive_field(layer), (model.input_size - 1) / 2
    index = int(np.floor((middle_px - field.place_px(0)) / field.stride_px + 0.5))
    return index, index
