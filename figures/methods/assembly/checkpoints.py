"""Files of weights: read without running code, and checked against the network they are for."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import nn

State = Mapping[str, torch.Tensor]
_WRAPPINGS = ("state_dict", "model_state_dict", "model", "net", "network")
_SHOWN = 3


def read(path: Path) -> State:
    """Read tensors by name from a `.safetensors`, `.pt` or `.pth` file; nothing in it is run.

    A dictionary of tensors inside another (`state_dict`, `model`) is found, and names that all
    begin with `module.` lose it. Raises ValueError for anything else.
    """
    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        found = torch.load(path, map_location="cpu", weights_only=True)
    except Exception as error:  # a file that is not what it seems may raise anything
        reason = str(error).strip().split("\n")[0].split(". ")[0]
        raise ValueError(f"{path}: cannot be read as weights ({reason}); expected tensors by name, no code") from error
    for name in _WRAPPINGS:
        if isinstance(found, Mapping) and isinstance(found.get(name), Mapping):
            found = found[name]
    if not isinstance(found, Mapping) or not found or not all(isinstance(one, torch.Tensor) for one in found.values()):
        raise ValueError(f"{path}: holds no tensors by name; expected the state_dict of a network")
    if all(name.startswith("module.") for name in found):
        found = {name.removeprefix("module."): tensor for name, tensor in found.items()}
    return found


def put(network: nn.Module, state: State, path: Path) -> None:
    """Give a network the weights of a file; raises ValueError that names what does not fit."""
    own = network.state_dict()
    wrong = [
        *(f"{name} is missing" for name in own if name not in state and not _counter(name)),
        *(_other(name, state[name], own[name]) for name in own if _unlike(own, state, name)),
        *(f"{name} {_shape(tensor)} belongs to no layer" for name, tensor in state.items() if name not in own),
    ]
    if wrong:
        more = f" and {len(wrong) - _SHOWN} more" if len(wrong) > _SHOWN else ""
        raise ValueError(f"{path}: not the weights of this network: {'; '.join(wrong[:_SHOWN])}{more}")
    network.load_state_dict(state, strict=False)


def _counter(name: str) -> bool:
    """Whether a name is the count of batches that old batch norms did not keep."""
    return name.endswith(".num_batches_tracked")


def _unlike(own: State, state: State, name: str) -> bool:
    return name in state and own[name].shape != state[name].shape


def _other(name: str, found: torch.Tensor, expected: torch.Tensor) -> str:
    return f"{name} is {_shape(found)}, expected {_shape(expected)}"


def _shape(tensor: torch.Tensor) -> str:
    return " x ".join(map(str, tensor.shape)) or "one number"


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; the same file is not read twice."""
    stat = path.stat()
    return _digest(path, stat.st_size, stat.st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
