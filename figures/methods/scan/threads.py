"""Images decoded before, and answers tallied after, the network's own thread has them."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
import torch

from figures.methods.datasets import Dataset

_PIECE = 32
_MOST_THREADS = 16


def _threads(count: int, name: str) -> ThreadPoolExecutor:
    """Start threads that compute on one processor each, and leave this one as it was."""
    before, ready = torch.get_num_threads(), threading.Barrier(count + 1)

    def begin() -> None:
        torch.set_num_threads(1)
        ready.wait()

    pool = ThreadPoolExecutor(count, thread_name_prefix=name)
    for _ in range(count):
        pool.submit(begin)
    ready.wait()
    torch.set_num_threads(before)  # the number that later threads begin with is common to all
    return pool


class Ahead:
    """The images of a data set from first to last, decoded ahead; a context, since its threads end with it.

    What is to go to a GPU waits in memory that it reads by itself.
    """

    def __init__(self, dataset: Dataset, device: str = "cpu") -> None:
        self.dataset, self.device = dataset, device
        # half of the processors that computing may use: the network is to keep the others
        self.threads = max(1, min(_MOST_THREADS, torch.get_num_threads() // 2))
        self._pool = _threads(self.threads, "images")
        self._pieces: dict[int, Future[tuple[np.ndarray, torch.Tensor]]] = {}

    def __enter__(self) -> Ahead:
        return self

    def __exit__(self, *_error: object) -> None:
        self._pool.shutdown(cancel_futures=True)

    def take(self, some: slice) -> tuple[np.ndarray, torch.Tensor]:
        """Return which images of a slice can be decoded, and those, on the device; images before it are forgotten."""
        first, last = some.start // _PIECE, -(-some.stop // _PIECE)
        self._begin(first, 2 * last - first + self.threads)
        self._pieces = {index: piece for index, piece in self._pieces.items() if index >= first}
        pieces = [self._pieces[index].result() for index in range(first, last)]
        indices = np.concatenate([one for one, _ in pieces])
        images = torch.cat([one.to(self.device, non_blocking=True) for _, one in pieces])
        wanted = (indices >= some.start) & (indices < some.stop)
        if wanted.all():
            return indices, images
        return indices[wanted], images[torch.from_numpy(wanted).to(images.device)]

    def _begin(self, first: int, last: int) -> None:
        for index in range(first, min(last, -(-len(self.dataset) // _PIECE))):
            if index not in self._pieces:
                some = range(_PIECE * index, min(_PIECE * (index + 1), len(self.dataset)))
                self._pieces[index] = self._pool.submit(self._read, some)

    def _read(self, some: range) -> tuple[np.ndarray, torch.Tensor]:
        indices, images = self.dataset.usable(some)
        images = images.contiguous(memory_format=torch.channels_last)
        return indices, images.pin_memory() if torch.device(self.device).type == "cuda" else images


class Behind:
    """Work on answers in another thread, one piece after the other; at most one waits."""

    def __init__(self) -> None:
        self._pool = _threads(1, "answers")
        self._under_way: list[Future[None]] = []

    def __enter__(self) -> Behind:
        return self

    def __exit__(self, error: type[BaseException] | None, *_rest: object) -> None:
        try:
            while self._under_way and error is None:
                self._under_way.pop(0).result()
        finally:
            self._pool.shutdown(cancel_futures=True)

    def do(self, work: Callable[..., None], *arguments: object) -> None:
        """Hand over a piece of work; raises what an earlier one raised."""
        while len(self._under_way) > 1:
            self._under_way.pop(0).result()
        self._under_way.append(self._pool.submit(work, *arguments))
