"""What runs on a worker: one task is opened there, measured, and its results sent back.

A task names its measurement by module and name. Networks and data sets travel by name and are
opened again on the worker; what the results depend on is digested there once more, so that other
weights, other images or other code on the worker are an error and never a wrong result. A
worker keeps nothing: a measurement that asks for another sends back what it needs, and is begun
again with it; one that measures `over` many is left to the process that gave it out.
"""

from __future__ import annotations

import dataclasses
import functools
import importlib
import io
import pickle
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

from figures import lab as labs
from figures.measurement import Call, Measurement

Frame = tuple[str, int, str]
Record = tuple[str, str, Mapping[str, Any], Mapping[str, bytes]]


@dataclass(frozen=True)
class Task:
    """A call to be made on a worker; `known` are records that the measurement will ask for, by key."""

    call: bytes
    parts: Mapping[str, object]
    known: Mapping[str, tuple[Mapping[str, object], Mapping[str, bytes]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Done:
    """The records to keep, those of what was missing first and in its order: (kind, key, meta, objects)."""

    records: tuple[Record, ...]


@dataclass(frozen=True)
class Needs:
    """The call that must be made before the task can be."""

    call: bytes


@dataclass(frozen=True)
class Gathers:
    """The measurement is one over many, which only the process that gave it out can spread."""


@dataclass(frozen=True)
class Failed:
    """What went wrong: the error's class (none for a ValueError) and text, where, and a file's lines at fault."""

    kind: str
    message: str
    frames: tuple[Frame, ...] = ()
    file: str = ""
    problems: tuple[tuple[int, str], ...] = ()


Outcome = Done | Needs | Gathers | Failed


class TaskError(Exception):
    """An error that a measurement raised on a worker."""

    def __init__(self, failed: Failed) -> None:
        super().__init__(failed.message)
        self.kind, self.frames = failed.kind, failed.frames
        self.file, self.problems = failed.file or None, failed.problems


class Bound(Exception):
    """A call whose arguments cannot travel to another process."""


def pack(call: Call) -> bytes:
    """Write a call for another process; raises Bound where that cannot be."""
    measurement = call.measurement
    where = measurement.function.__module__, measurement.function.__qualname__
    try:
        if _find(*where) is not measurement:
            raise Bound(f"{measurement.name} cannot be imported by name")
        buffer = io.BytesIO()
        _Pickler(buffer, protocol=5).dump((*where, dict(call.arguments), call.missing))
    except (ImportError, AttributeError, TypeError, pickle.PicklingError) as error:
        raise Bound(str(error)) from error
    return buffer.getvalue()


def unpack(data: bytes) -> Call:
    """Read what `pack` wrote, opening networks and data sets in the current lab."""
    module, name, arguments, missing = pickle.loads(data)
    return Call(_find(module, name), arguments, missing)


def _find(module: str, name: str) -> Measurement:
    start: Any = importlib.import_module(module)
    return functools.reduce(getattr, name.split("."), start)


class _Pickler(pickle.Pickler):
    """Writes networks and data sets by name, and files with their content."""

    def reducer_override(self, value: Any):
        """Say how to make a value again on the worker."""
        for module in ("figures.methods.models", "figures.methods.datasets"):
            if _is_opened_by(sys.modules.get(module), value):
                return _opened, (module, value.name)
        if isinstance(value, Path) and value.is_file():
            return _file, (value.name, value.read_bytes())
        return NotImplemented


def _is_opened_by(module: ModuleType | None, value: object) -> bool:
    """Tell whether loading a value's name gives an equal one again."""
    name, digest = getattr(value, "name", None), getattr(value, "digest", None)
    if module is None or not isinstance(name, str) or not isinstance(digest, str):
        return False
    known = module.__name__, name, digest
    if known not in _reopened:
        try:
            again = module.load(name)
        except ValueError:
            return False
        _reopened[known] = again.digest == digest and type(again) is type(value)
    return _reopened[known]


_reopened: dict[tuple[str, str, str], bool] = {}


def _opened(module: str, name: str) -> object:
    return importlib.import_module(module).load(name)


def _file(name: str, content: bytes) -> Path:
    path = Path(tempfile.mkdtemp(prefix="microscribe-")) / name
    path.write_bytes(content)
    return path


class _Signal(BaseException):
    """A task cannot go on here; not an error that a figure's script may catch."""

    def __init__(self, outcome: Needs | Gathers) -> None:
        self.outcome = outcome


@dataclass
class _Known:
    """The store of one task: finds what came with it, and collects what it gives."""

    known: Mapping[str, tuple[Mapping[str, object], Mapping[str, bytes]]]
    records: list[Record] = field(default_factory=list)

    def record(self, kind: str, key: str) -> object | None:
        return self.known.get(key)

    def get(self, kind: str, key: str) -> labs.Entry | None:
        return _Entry(*self.known[key]) if key in self.known else None

    def put(self, kind: str, key: str, meta: Mapping[str, object], objects: Mapping[str, bytes]) -> None:
        self.records.append((kind, key, meta, objects))


@dataclass(frozen=True)
class _Entry:
    meta: Mapping[str, object]
    objects: Mapping[str, bytes]

    def read(self, digest: str) -> bytes:
        return self.objects[digest]


class _Elsewhere:
    """Stands for workers where there are none to have: what is to be measured over many is left to others."""

    def measure(self, lab: labs.Lab, calls: Sequence[Call]) -> list[Any]:
        raise _Signal(Gathers())

    def in_order(self, lab: labs.Lab, measurement: object, several: Sequence[object]) -> Iterator[dict[str, Any]]:
        raise _Signal(Gathers())


def _need(call: Call) -> list:
    raise _Signal(Needs(pack(call)))


def perform(lab: labs.Lab, data: bytes, *, named: Callable[[str], str] = str) -> bytes:
    """Do a task in a lab and return its outcome; `named` gives the names that files have for the author."""
    task: Task = pickle.loads(data)
    store = _Known(task.known)
    own = dataclasses.replace(
        lab, store=store, schedule=_need, workers=_Elsewhere(), progress=labs.Silent(), own=threading.local()
    )
    with labs.using(own):
        return pickle.dumps(_outcome(own, task, store, named))


def _outcome(lab: labs.Lab, task: Task, store: _Known, named: Callable[[str], str]) -> Outcome:
    try:
        call = unpack(task.call)
        _check(task.parts, call.measurement.parts(lab, call.arguments))
        call.measurement.compute(lab, call.arguments, call.missing)
    except _Signal as signal:
        return signal.outcome
    except Exception as error:  # noqa: BLE001 - it is raised again where the task came from
        return failed(error, named)
    return Done(tuple(store.records))


def _check(here: Mapping[str, Any], there: Mapping[str, Any]) -> None:
    """Raise ValueError where a worker would measure something else."""
    if here["closure"] != there["closure"]:
        raise ValueError(
            f"{there['measurement']}: the worker has other code for it; "
            "expected the same version of Microscribe, and scripts that did not change since the build began"
        )
    for name, digest in here["arguments"].items():
        if there["arguments"].get(name) != digest:
            raise ValueError(f"{name}: the worker has another one of this name; expected the same content")


def lost(message: str) -> bytes:
    """Write the outcome of a task that no worker could do."""
    return pickle.dumps(Failed("", message))


def failed(error: BaseException, named: Callable[[str], str] = str) -> Failed:
    """Say what went wrong in a form that travels."""
    frames = traceback.extract_tb(error.__traceback__)
    file, problems = getattr(error, "file", None), getattr(error, "problems", ())
    return Failed(
        kind="" if isinstance(error, ValueError) else type(error).__name__,
        message=str(error),
        frames=tuple((named(f.filename), f.lineno or 0, f.name) for f in frames),
        file=file if isinstance(file, str) else "",
        problems=tuple(problems) if isinstance(file, str) else (),
    )
