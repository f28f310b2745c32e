"""Where measuring happens: the device, the store, the progress line.

The current lab is the one piece of global state beside the registry. Without a store
(in a notebook, in a test) a measurement simply runs.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol, TypeVar

T = TypeVar("T")


class Entry(Protocol):
    """What the store gives back for a key: a JSON description and the bytes it names."""

    meta: Mapping[str, object]

    def read(self, digest: str) -> bytes: ...


class Store(Protocol):
    """The content-addressed place where measurements are kept."""

    def get(self, kind: str, key: str) -> Entry | None: ...

    def put(self, kind: str, key: str, meta: Mapping[str, object], objects: Mapping[str, bytes]) -> None: ...


class Progress(Protocol):
    """A line that shows how far the work has come."""

    def begin(self, description: str, total: int | None) -> object: ...

    def advance(self, task: object, steps: int) -> None: ...

    def end(self, task: object) -> None: ...


class Silent:
    """Show nothing."""

    def begin(self, description: str, total: int | None) -> object:
        return None

    def advance(self, task: object, steps: int) -> None:
        return None

    def end(self, task: object) -> None:
        return None


@dataclass(frozen=True)
class Trace:
    """One measurement that a figure used: its name, key, cost in seconds, and whether it was found."""

    measurement: str
    key: str
    seconds: float
    found: bool


@dataclass
class Lab:
    """A device, and optionally a store, the digest of sources, and a progress line.

    `schedule` runs the body of a measurement: the engine puts its own here to gather the
    missing units of several figures into one batch.
    """

    device: str = "cpu"
    store: Store | None = None
    closure: Callable[[Callable[..., object]], str] | None = None
    progress: Progress = field(default_factory=Silent)
    schedule: Callable[[object, dict[str, object], Sequence[object]], list[Mapping[str, object]]] | None = None
    traces: threading.local = field(default_factory=threading.local)

    def trace(self, event: Trace) -> None:
        """Remember that the figure now drawn used a measurement."""
        self.traces.__dict__.setdefault("events", []).append(event)

    def take_traces(self) -> list[Trace]:
        """Return and forget what this thread's figure has used."""
        return self.traces.__dict__.pop("events", [])


_current = Lab()


def current() -> Lab:
    """Return the lab in use."""
    return _current


def device() -> str:
    """Name the device to measure on, as torch writes it: `cpu`, `cuda`, `cuda:1`, `mps`."""
    return _current.device


def best_device() -> str:
    """Name the fastest device of this machine."""
    import torch

    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


@contextmanager
def using(lab: Lab) -> Iterator[Lab]:
    """Make `lab` the current one for a while."""
    global _current
    before, _current = _current, lab
    try:
        yield lab
    finally:
        _current = before


def track(items: Iterable[T], description: str, total: int | None = None, steps: int = 1) -> Iterator[T]:
    """Pass items on, one `steps` of progress for each; `total` counts steps."""
    if total is None and hasattr(items, "__len__"):
        total = len(items) * steps
    progress = _current.progress
    task = progress.begin(description, total)
    try:
        for item in items:
            yield item
            progress.advance(task, steps)
    finally:
        progress.end(task)
