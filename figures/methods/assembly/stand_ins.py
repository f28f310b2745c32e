"""Pickled files of weights, read without any of the code that they name: inert stand-ins take its place."""

from __future__ import annotations

import pickletools
import threading
import zipfile
from _compat_pickle import IMPORT_MAPPING, NAME_MAPPING
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any, cast

import torch
from torch.serialization import safe_globals

_PICKLES = 4
"""How many pickles an old file of torch has one after the other: a number, a version, the machine, the content."""
_LOADING = threading.Lock()


class StandIn(dict[Any, Any]):
    """Whatever class or function a file names: it takes anything, does nothing, and keeps what it is given by name.

    So a pickled module keeps its tensors, also within what wraps it.
    """

    def __init__(self, *args: object, **_kwargs: object) -> None:
        super().__init__()
        self.__setstate__(args)

    def __setstate__(self, state: object) -> None:
        for each in state if isinstance(state, tuple) else (state,):
            if isinstance(each, Mapping):
                self.update(each)

    __hash__ = object.__hash__  # type: ignore[assignment]  # it may be the key of a dictionary


def _attribute(*_args: object) -> type[StandIn]:
    return StandIn


def _mapping(*_args: object) -> OrderedDict[object, object]:
    return OrderedDict()


def _sequence(*_args: object) -> list[object]:
    return []


_OTHERS = {
    "builtins.getattr": _attribute,
    "collections.defaultdict": _mapping,
    "collections.deque": _sequence,
}
"""What must be of another kind than a stand-in, because torch calls it, or sets items of it, or appends to it."""


def load(path: Path) -> object:
    """Read what `torch.save` wrote; raises whatever torch does for a file that it did not write."""
    known: list[Any] = [(_OTHERS.get(name, StandIn), name) for name in set(_named(path))]
    with _LOADING, safe_globals(known), path.open("rb") as file:  # torch would go by the ending of a path
        return torch.load(file, map_location="cpu", weights_only=True)


def _named(path: Path) -> Iterator[str]:
    """Yield the classes and functions that a file names."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                if name.endswith("data.pkl"):
                    yield from _globals(archive.open(name), 1)
    else:
        with path.open("rb") as file:
            yield from _globals(file, _PICKLES)


def _globals(file: IO[bytes], count: int) -> Iterator[str]:
    for _ in range(count):
        for operation, argument, _ in pickletools.genops(file):
            if operation.name == "GLOBAL":
                yield _today(*cast(str, argument).split(" ", 1))


def _today(module: str, name: str) -> str:
    """Return the full name of what Python 2 called otherwise; protocol 2 writes its names."""
    module, name = NAME_MAPPING.get((module, name), (IMPORT_MAPPING.get(module, module), name))
    return f"{module}.{name}"
