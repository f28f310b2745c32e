"""Work through many things in batches that fit the device.

What is measured never depends on the size of a batch; only time and memory do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import torch

from figures import lab

T = TypeVar("T")
_GROWTH = 2
_SPARE = 0.8
_MOST = 64
"""How many times the first guess a batch may grow to."""


def in_batches(count: int, guess: int, body: Callable[[slice], T]) -> Iterator[T]:
    """Yield `body` of consecutive slices that together cover `count` things.

    Batches begin with `guess` things. One that a GPU has no memory for is halved and tried
    again, and later ones stay as small; until then they grow on a GPU as long as twice as much
    would fit into what is free. Nothing is left alone at the end that could have company: a lone thing goes
    through other kernels, which round otherwise, and where that must not be seen it is computed twice.
    Raises torch.OutOfMemoryError where not even one thing fits.
    """
    start, size, most = 0, max(1, guess), max(1, guess) * _MOST
    while start < count:
        stop = _stop(start, size, count)
        before = _settled()
        done = _tried(body, slice(start, stop), last=stop - start == 1)
        if done is None:
            size = most = (stop - start + 1) // 2
            torch.cuda.empty_cache()
            continue
        yield done[0]
        if stop - start == size and _fits(before):
            size = min(size * _GROWTH, most)
        start = stop


def _stop(start: int, size: int, count: int) -> int:
    """Return where a batch ends: one earlier where a single thing would be left."""
    stop = min(start + size, count)
    return stop - 1 if count - stop == 1 and size > 2 else stop


def _tried(body: Callable[[slice], T], some: slice, *, last: bool) -> tuple[T] | None:
    """Return the body's result in a tuple, or None where memory did not suffice."""
    try:
        return (body(some),)
    except torch.OutOfMemoryError:
        if last:
            raise
        return None


def _settled() -> int:
    """Return the bytes that tensors hold on the GPU now, and begin to watch for the most they hold."""
    device = torch.device(lab.device())
    if device.type != "cuda":
        return 0
    torch.cuda.reset_peak_memory_stats(device)
    return torch.cuda.memory_allocated(device)


def _fits(before: int) -> bool:
    """Tell whether a batch of twice the size of the last one would fit the GPU."""
    device = torch.device(lab.device())
    if device.type != "cuda":
        return False
    needed = torch.cuda.max_memory_allocated(device) - before
    free, _ = torch.cuda.mem_get_info(device)
    kept = torch.cuda.memory_reserved(device) - torch.cuda.memory_allocated(device)
    return needed * _GROWTH < _SPARE * (free + kept)
