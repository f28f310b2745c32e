"""Where measuring happens: the device, the store, the workers, the progress line.

The current lab is the one piece of global state beside the registry. Without a store
(in a notebook, in a test) a measurement simply runs.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, ParamSpec, Protocol, TypeVar, cast

from figures import allocation
from figures.nearest import nearest
from figures.recent import Recent
from figures.specs import Site

T = TypeVar("T")
P = ParamSpec("P")
FLOAT32, BFLOAT16 = "float32", "bfloat16"
PRECISIONS = (FLOAT32, BFLOAT16)


class Entry(Protocol):
    """What the store gives back for a key: a JSON description and the bytes it names."""

    @property
    def meta(self) -> Mapping[str, Any]: ...

    def read(self, digest: str) -> bytes: ...


class Store(Protocol):
    """The content-addressed place where measurements are kept."""

    def record(self, kind: str, key: str) -> object | None:
        """Look a key up without reading the bytes that it names."""
        ...

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


class Pool(Protocol):
    """Other processes that measure: tasks go out, answers come back as each is finished."""

    @property
    def count(self) -> int: ...

    def run(self, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield (index of the task, its answer) in the order in which they are finished."""
        ...


class Workers(Protocol):
    """What gives measurements out to a pool: see `figures.dispatch`."""

    def measure(self, lab: Lab, calls: Sequence[Any]) -> list[Any]:
        """Make calls of measurements; return for each its results, or what stopped it."""
        ...

    def in_order(self, lab: Lab, measurement: Any, several: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """Measure once for each set of arguments; yield each once its results are in the store."""
        ...


@dataclass(frozen=True)
class Trace:
    """One measurement that a figure used: its name, key, cost in seconds, and whether it was found.

    `where` says on what it was measured: its device, its precision.
    """

    measurement: str
    key: str
    seconds: float
    found: bool
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Work:
    """What a measurement under way has spent so far on others that it asked for, and how it computes.

    `asked_s` is what those others cost to measure, `waited_s` how long it waited for them. `finished` keeps what is
    ready of several results.
    """

    asked_s: float = 0.0
    waited_s: float = 0.0
    where: dict[str, str] = field(default_factory=dict)
    finished: Callable[[Sequence[object], object], None] | None = None


@dataclass
class Lab:
    """A device, and optionally a store, the digest of sources, workers, and a progress line.

    `schedule` makes a measurement's missing results: the engine puts its own here to gather
    the missing units of several figures into one batch. `draw` does work of drawing, a function with its arguments,
    in another process. `site` says what the names of networks and data sets mean. `precision` is in what pictures
    climb, `float32` or `bfloat16`. `answers` is what `once` keeps,
    `recent` what was read from the store lately.
    """

    device: str = "cpu"
    store: Store | None = None
    closure: Callable[[Callable[..., object]], str] | None = None
    progress: Progress = field(default_factory=Silent)
    schedule: Callable[[Any], list[Any]] | None = None
    draw: Callable[..., Any] | None = None
    site: Site = field(default_factory=Site)
    workers: Workers | None = None
    precision: str = FLOAT32
    own: threading.local = field(default_factory=threading.local)
    answers: dict[object, Any] = field(default_factory=dict)
    recent: Recent[Any] = field(default_factory=Recent)

    @property
    def kept_in(self) -> Store:
        """The store of a lab that remembers; raises ValueError where there is none."""
        if self.store is None:
            raise ValueError("this lab keeps nothing; expected one with a store")
        return self.store

    def once(self, work: Callable[..., T], *arguments: object) -> T:
        """Return what a function answers, asked once for all figures of this lab."""
        question = work, arguments
        if question not in self.answers:
            self.answers[question] = work(*arguments)
        return cast(T, self.answers[question])

    def trace(self, event: Trace) -> None:
        """Remember that the figure now drawn used a measurement."""
        self.own.__dict__.setdefault("events", []).append(event)

    def take_traces(self) -> list[Trace]:
        """Return and forget what this thread's figure has used."""
        return self.own.__dict__.pop("events", [])

    @contextmanager
    def working(self) -> Iterator[Work]:
        """Count what the measurement begun here asks of others, and keep that off the figure's own list."""
        own = self.own.__dict__
        events, before = own.pop("events", []), own.get("work")
        work = own["work"] = Work(where={"device": self.device, "precision": FLOAT32})
        try:
            yield work
        finally:
            own.update(events=events, work=before)

    def asked(self, seconds: float, waited: float) -> None:
        """Tell the measurement under way, if there is one, what another cost and how long it took to come."""
        work = self.own.__dict__.get("work")
        if work is not None:
            work.asked_s += seconds
            work.waited_s += waited

    def note(self, **where: str) -> None:
        """Record how the measurement under way computes, for example `precision="bfloat16"`."""
        work = self.own.__dict__.get("work")
        if work is not None:
            work.where.update(where)

    def finished(self, values: Sequence[object], record: object) -> None:
        """Keep the results of some units at once, as the measurement under way would return them: a stop comes later.

        Nothing where nothing is kept, and on workers, whose results travel together.
        """
        work = self.own.__dict__.get("work")
        if work is not None and work.finished is not None:
            work.finished(values, record)


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


def devices() -> list[str]:
    """List the devices of this machine, as torch writes them."""
    import torch

    mps = ["mps"] if torch.backends.mps.is_available() else []
    return ["cpu", *(f"cuda:{index}" for index in range(torch.cuda.device_count())), *mps]


def checked_device(text: str) -> str:
    """Return a device of this machine, the best for an empty text; raises ValueError for one that is not there."""
    if not text:
        return best_device()
    if text == "cpu":
        return text
    there = devices()
    known = [*there, *(["cuda"] if "cuda:0" in there else [])]
    if text not in known:
        raise ValueError(f"no device {text!r} on this machine{nearest(text, known)} (there are: {', '.join(there)})")
    return text


def use_threads(count: int) -> None:
    """Let an operation on a CPU use so many threads in this process."""
    os.environ["OMP_NUM_THREADS"] = str(count)  # for a torch that is still to be imported
    if "torch" in sys.modules:
        sys.modules["torch"].set_num_threads(count)


@contextmanager
def using(lab: Lab) -> Iterator[Lab]:
    """Make `lab` the current one for a while; the memory that it kept for the next layer goes back then."""
    global _current
    before, _current = _current, lab
    try:
        yield lab
    finally:
        _current = before
        allocation.release()


def beside(work: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """Do a part of drawing that needs nothing of this process, in another one where the lab has one.

    The function is one of a module, and all that goes in and comes out can be pickled.
    """
    draw = _current.draw
    return work(*arguments, **named) if draw is None else cast(T, draw(work, *arguments, **named))


def track(items: Iterable[T], description: str, total: int | None = None, steps: int = 1) -> Iterator[T]:
    """Pass items on, one `steps` of progress for each; `total` counts steps."""
    if total is None and isinstance(items, Sized):
        total = len(items) * steps
    progress = _current.progress
    task = progress.begin(description, total)
    try:
        for item in items:
            yield item
            progress.advance(task, steps)
    finally:
        progress.end(task)
