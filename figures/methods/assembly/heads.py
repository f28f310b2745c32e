"""How many classes a network has whose weights an author brings along: as many as its file says."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import replace

from torch import nn

from figures.methods.assembly import checkpoints, fitting, random
from figures.methods.assembly.checkpoints import State
from figures.specs import NetworkSpec

Make = Callable[[NetworkSpec], nn.Module]
Tidy = Callable[[State], State]


def counted(spec: NetworkSpec, make: Make, usual: int, tidy: Tidy = dict) -> int:
    """Return the number of classes in the author's file of weights, 0 where that is the `usual` one or is not told.

    `make` makes the network with the usual number. What is wrong with the file is said where it is read.
    """
    file = spec.file
    if file is None or not file.is_file() or spec.classes:
        return 0
    return _counted(
        replace(spec, name="", mean=None, std=None, aliases=()), checkpoints.digest(file), make, usual, tidy
    )


@functools.lru_cache(maxsize=64)
def _counted(spec: NetworkSpec, _sha256: str, make: Make, usual: int, tidy: Tidy) -> int:
    assert spec.file is not None
    network = random.unfilled(functools.partial(make, spec))
    try:
        state = fitting.fitted(checkpoints.read(spec.file), network, tidy, spec.entry).state
    except ValueError:
        return 0
    own = network.state_dict()
    heads = [name for name, tensor in own.items() if tensor.shape[:1] == (usual,) and name in state]
    counts = {state[name].shape[0] for name in heads if state[name].shape[1:] == own[name].shape[1:]}
    return counts.pop() if len(counts) == 1 and counts != {usual} else 0
