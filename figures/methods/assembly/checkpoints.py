"""Files of weights: read without running code, all of their tensors by name."""

from __future__ import annotations

import functools
import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path

import torch
from safetensors.torch import load_file

from figures.methods.assembly import stand_ins, weight_files

State = Mapping[str, torch.Tensor]
_DEEPEST = 12
_SHOWN = 5
_PARAMETERS, _BUFFERS, _MODULES = "_parameters", "_buffers", "_modules"


def read(path: Path) -> State:
    """Read all tensors of a file, by dotted path from its outermost dictionary; nothing in it is run.

    Whole networks and other objects that were pickled are looked into as if they were dictionaries.
    Raises ValueError, saying what the file is, for one without tensors by name.
    """
    kind = weight_files.kind(path)
    try:
        found = load_file(path) if kind == weight_files.SAFETENSORS else stand_ins.load(path)
    except Exception as error:  # a file that is not what it seems may raise anything
        raise ValueError(f"{path}: cannot be read as weights ({_reason(error)}); expected tensors by name") from error
    try:
        tensors = dict(_tensors(found, (), _DEEPEST))
    except ValueError as error:
        raise ValueError(f"{path}: {error}") from None
    if not tensors:
        keys = f", only {', '.join(map(str, [*found][:_SHOWN]))}" if isinstance(found, Mapping) and found else ""
        raise ValueError(f"{path}: holds no tensors by name{keys}; expected the state_dict of a network")
    return tensors


def _reason(error: Exception) -> str:
    """Return the first sentence of an error, of torch's long ones what it found."""
    text = str(error).strip()
    if "Can only" in text:
        return "objects of classes of its own lie beside the weights; save its state_dict alone"
    if "Unsupported operand" in text:
        return "it was saved with another pickle_protocol than torch's own, 2"
    return text.rpartition("WeightsUnpickler error: ")[2].strip().split("\n")[0].split(". ")[0]


def _tensors(found: object, above: tuple[str, ...], depth: int) -> Iterator[tuple[str, torch.Tensor]]:
    if isinstance(found, torch.Tensor) and above:
        yield ".".join(above), _dense(found.detach(), ".".join(above))
    elif isinstance(found, tuple | list) and depth:
        for number, inside in enumerate(found):
            yield from _tensors(inside, (*above, str(number)), depth - 1) if isinstance(inside, Mapping) else ()
    elif isinstance(found, Mapping) and depth:
        for name, inside in _inside(found):
            yield from _tensors(inside, (*above, name), depth - 1)


def _dense(tensor: torch.Tensor, name: str) -> torch.Tensor:
    """Write out a tensor that is kept in another way; raises ValueError for one without numbers."""
    if tensor.is_meta:
        raise ValueError(f"{name} is a tensor of the meta device, which holds no numbers; save the weights themselves")
    if tensor.is_quantized:
        return tensor.dequantize()
    return tensor if tensor.layout is torch.strided else tensor.to_dense()


def _inside(found: Mapping[object, object]) -> Iterator[tuple[str, object]]:
    """Yield what a dictionary holds by name, of a module what is kept of it."""
    if {_PARAMETERS, _BUFFERS, _MODULES} <= found.keys():
        fleeting = found.get("_non_persistent_buffers_set")
        passing = fleeting if isinstance(fleeting, set) else ()
        kinds = [one for kind in (_PARAMETERS, _BUFFERS, _MODULES) if isinstance(one := found[kind], Mapping)]
        yield from ((str(name), one) for kind in kinds for name, one in kind.items() if name not in passing)
    else:
        yield from ((str(name), one) for name, one in found.items())


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; the same file is not read twice."""
    stat = path.stat()
    return _digest(path, stat.st_size, stat.st_mtime_ns)


@functools.lru_cache(maxsize=64)
def _digest(path: Path, _size: int, _changed: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
