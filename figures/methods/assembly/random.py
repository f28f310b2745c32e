"""Networks with random weights, drawn from a seed and equal on every machine."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

_aten = torch.ops.aten
_FILLS = frozenset(
    {_aten.uniform_.default, _aten.normal_.default, _aten.erfinv_.default, _aten.random_.default, _aten.clamp_.default}
)
_TOKEN_SD = 0.02


class _Unfilled(TorchDispatchMode):
    """Leave tensors as they are where a network would fill them at random, and remember which."""

    def __init__(self) -> None:
        super().__init__()
        self.left: list[torch.Tensor] = []

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        if func in _FILLS and args[0].numel() > 1:
            if func is not _aten.clamp_.default:
                self.left.append(args[0])
            return args[0]
        return func(*args, **(kwargs or {}))


@contextmanager
def own_generator(seed: int) -> Iterator[None]:
    """Draw from `seed` inside, and leave the generator outside as it was."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        yield


def unfilled(build: Callable[[], nn.Module]) -> nn.Module:
    """Build a network whose random weights hold anything yet: they will be read from a file."""
    with own_generator(0), _Unfilled():
        return build()


def skeleton(build: Callable[[], nn.Module]) -> nn.Module:
    """Build a network whose weights have shapes but hold nothing, so that even the largest runs in no time."""
    return unfilled(build).to("meta")


def drawn(build: Callable[[], nn.Module], seed: int) -> nn.Module:
    """Build a network and draw its weights.

    Convolutions and linear layers after He et al. (2015, "Delving deep into rectifiers"), normal
    with variance 2 / inputs, biases 0; other weights that the network would draw, such as class
    tokens and tables of positions, normal with a standard deviation of 0.02; norms and scales as
    they are built. The network's own way of drawing is skipped, as some take half a minute. Each
    tensor has a generator of its own, so that weights do not depend on the order of modules.
    """
    with own_generator(seed):
        mode = _Unfilled()
        with mode:
            network = build()
        left = {tensor.untyped_storage().data_ptr() for tensor in mode.left}
        with torch.no_grad():
            for name, tensor in [*network.named_parameters(), *network.named_buffers()]:
                if tensor.untyped_storage().data_ptr() in left:
                    _fill(network, name, tensor, seed)
    return network


def _fill(network: nn.Module, name: str, tensor: torch.Tensor, seed: int) -> None:
    owner, _, own = name.rpartition(".")
    module = network.get_submodule(owner)
    generator = torch.Generator().manual_seed(_seed(seed, name))
    if isinstance(module, nn.Conv2d | nn.Linear):
        if own == "bias":
            tensor.zero_()
        else:
            nn.init.kaiming_normal_(tensor, nonlinearity="relu", generator=generator)
    else:
        tensor.normal_(std=_TOKEN_SD, generator=generator)


def _seed(seed: int, name: str) -> int:
    return int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:7], "big")
