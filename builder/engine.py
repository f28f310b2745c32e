"""Who runs the requests: here, this process, with all missing units of a kind measured together.

This is the one bridge to the figure library, and it imports it only when something is missing.
Every missing figure starts in a thread of its own, one running at a time. A figure that needs
a measurement waits; when all wait, equal measurements are joined into one batch and computed
on the main thread, so that Ctrl-C works and torch is never entered twice.
"""

from __future__ import annotations

import datetime
import importlib
import importlib.metadata
import json
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from builder.closure import Sources
from builder.errors import Place, Problem
from builder.reporter import Reporter
from builder.request import Request
from builder.store import Entry, Store

KIND = "figure"
ABSENT = "is not in the store, and this build may not measure"
PACKAGES = ("torch", "torchvision", "numpy", "altair", "vl-convert-python", "pillow")


@dataclass(frozen=True)
class Resolved:
    """The figures that are there, by key, and what stood in the way of the others."""

    entries: Mapping[str, Entry]
    problems: tuple[Problem, ...]
    measured: int


@dataclass
class Engine:
    """Resolves requests against a store, and runs those whose results are not there."""

    store: Store
    sources: Sources
    reporter: Reporter
    device: str = ""
    gallery: Path | None = None

    def resolve(self, requests: Iterable[Request], *, offline: bool = False, force: str = "") -> Resolved:
        """Find or make the artifact of every request, each key once."""
        unique = {request.key: request for request in requests}
        entries = {key: None if r.figure == force else self.store.get(KIND, key) for key, r in unique.items()}
        missing = [unique[key] for key, entry in entries.items() if entry is None]
        problems: list[Problem] = []
        if missing and offline:
            problems = [Problem(r.place, f"{r.figure} {ABSENT}") for r in missing]
        elif missing:
            problems = self._run(missing, force)
            entries.update((request.key, self.store.get(KIND, request.key)) for request in missing)
        there = {key: entry for key, entry in entries.items() if entry is not None}
        return Resolved(there, tuple(problems), len([r for r in missing if r.key in there]))

    def _run(self, missing: Sequence[Request], force: str) -> list[Problem]:
        # Threads that spin while they wait stop each other where another program shares the cores.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        from figures import lab as labs

        if self.gallery is not None:
            _extend_gallery(self.gallery)
        task = self.reporter.begin("figures", len(missing))
        lab = labs.Lab(
            device=self.device or labs.best_device(),
            store=_Forgetful(self.store) if force else self.store,
            closure=self.sources.of,
            progress=self.reporter,
        )
        try:
            with labs.using(lab):
                return _Rendezvous(self, lab, missing, lambda: self.reporter.advance(task, 1)).run()
        finally:
            self.reporter.end(task)

    def make(self, request: Request, lab) -> None:
        """Run one figure and keep its artifact with the record of how it was made."""
        from figures import artifact as artifacts

        start = time.perf_counter()
        function = getattr(importlib.import_module(request.module), request.function)
        artifact = function(**_arguments(request))
        record, objects = artifacts.pack(artifact)
        record["units"] = artifacts.units_of(artifact.parts)
        traces = lab.take_traces()
        provenance = _provenance(request, lab.device, traces, time.perf_counter() - start)
        meta = {"artifact": record, "provenance": provenance, "parts": request.parts}
        self.store.put(KIND, request.key, meta, objects)


def _arguments(request: Request) -> dict[str, object]:
    plain = {name: tuple(v) if isinstance(v, list) else v for name, v in request.parameters.items()}
    return {**plain, **request.paths}


def _provenance(request: Request, device: str, traces: Sequence, seconds: float) -> dict[str, object]:
    measured = {t.key: t for t in traces}.values()
    versions = {"python": sys.version.split()[0], **{name: _version(name) for name in PACKAGES}}
    return {
        "figure": request.figure,
        "parameters": {k: v for k, v in request.parameters.items() if k not in request.paths},
        "models": request.parts["models"],
        "datasets": request.parts["datasets"],
        "seed": request.parameters.get("seed"),
        "measurements": [{"name": t.measurement, "key": t.key, "seconds": t.seconds} for t in measured],
        "seconds": sum(t.seconds for t in measured),
        "drawing_seconds": max(seconds - sum(t.seconds for t in measured if not t.found), 0.0),
        "device": device,
        "versions": versions,
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "key": request.key,
    }


def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""


def _extend_gallery(folder: Path) -> None:
    """Let scripts in a site's own folder be imported as part of the gallery."""
    from figures import gallery

    if folder.is_dir() and str(folder) not in gallery.__path__:
        gallery.__path__.append(str(folder))


def forget_figures() -> None:
    """Drop the figure library from memory, so that edited scripts are read again."""
    for name in [n for n in sys.modules if n == "figures" or n.startswith("figures.")]:
        del sys.modules[name]
    importlib.invalidate_caches()


@dataclass
class _Forgetful:
    """A store that finds only what was put into it since it was made."""

    store: Store
    fresh: set[tuple[str, str]] = field(default_factory=set)

    def get(self, kind: str, key: str) -> Entry | None:
        return self.store.get(kind, key) if (kind, key) in self.fresh else None

    def put(self, kind: str, key: str, meta: Mapping[str, object], objects: Mapping[str, bytes]) -> None:
        self.fresh.add((kind, key))
        self.store.put(kind, key, meta, objects)


@dataclass(frozen=True)
class _Call:
    """A measurement that a figure waits for."""

    measurement: object
    arguments: dict[str, object]
    missing: tuple[object, ...]


class _Job(threading.Thread):
    """One figure; it runs only while the main thread waits for it."""

    def __init__(self, engine: Engine, lab, request: Request, events: queue.SimpleQueue) -> None:
        super().__init__(daemon=True, name=request.figure)
        self.engine, self.lab, self.request, self.events = engine, lab, request, events
        self.answer: queue.SimpleQueue = queue.SimpleQueue()
        self.failure: BaseException | None = None

    def run(self) -> None:
        self.answer.get()
        try:
            self.engine.make(self.request, self.lab)
        except BaseException as error:  # noqa: BLE001 - every failure of a script becomes a problem with a place
            self.failure = error
        self.events.put(None)

    def ask(self, call: _Call) -> list:
        self.events.put(call)
        answer = self.answer.get()
        if isinstance(answer, BaseException):
            raise answer
        return answer


class _Rendezvous:
    """Runs jobs until all wait, then measures for all of them at once."""

    def __init__(self, engine: Engine, lab, requests: Sequence[Request], done) -> None:
        self.lab, self.done = lab, done
        self.events: queue.SimpleQueue = queue.SimpleQueue()
        self.jobs = [_Job(engine, lab, request, self.events) for request in requests]
        self.calls: list[tuple[_Job, _Call]] = []
        lab.schedule = self._schedule

    def _schedule(self, measurement, arguments, missing):
        job = threading.current_thread()
        if not isinstance(job, _Job):
            return measurement.compute(self.lab, arguments, missing)
        return job.ask(_Call(measurement, arguments, tuple(missing)))

    def run(self) -> list[Problem]:
        for job in self.jobs:
            job.start()
        for job in self.jobs:
            self._step(job, None)
        while self.calls:
            calls, self.calls = self.calls, []
            answers = [answer for group in _groups(self.lab, calls) for answer in self._measured(group)]
            for job, answer in answers:
                self._step(job, answer)
        return [problem for job in self.jobs if job.failure is not None for problem in _problems(job)]

    def _step(self, job: _Job, answer: object) -> None:
        """Let one job go on until it ends or waits again."""
        job.answer.put(answer)
        call = self.events.get()
        if call is None:
            self.done()
        else:
            self.calls.append((job, call))

    def _measured(self, group: Sequence[tuple[_Job, _Call]]) -> list[tuple[_Job, object]]:
        """Compute once what all calls of a group miss; pair every job with its answer."""
        first = group[0][1]
        union = list(dict.fromkeys(value for _, call in group for value in call.missing))
        try:
            results = dict(zip(union, first.measurement.compute(self.lab, first.arguments, union), strict=True))
            answers = [[results[value] for value in call.missing] for _, call in group]
        except Exception as error:  # noqa: BLE001 - it is raised again inside each figure that waits for it
            answers = [error for _ in group]
        return [(job, answer) for (job, _), answer in zip(group, answers, strict=True)]


def _groups(lab, calls: Sequence[tuple[_Job, _Call]]) -> list[list[tuple[_Job, _Call]]]:
    """Join the calls that differ at most in the units they miss."""
    groups: dict[str, list[tuple[_Job, _Call]]] = {}
    for job, call in calls:
        groups.setdefault(call.measurement.key(lab, call.arguments), []).append((job, call))
    return list(groups.values())


def _problems(job: _Job) -> list[Problem]:
    """Say what a script did wrong: at the lines of the file it names, or at the directive.

    An error that has `file` and `problems`, as (line, message), is about a file of the author's.
    """
    error, request = job.failure, job.request
    path = next((p for p in request.paths.values() if p.name == getattr(error, "file", None)), None)
    if path is not None:
        beside = _beside(path, request.place)
        return [Problem(Place(beside, line), f"{request.figure}: {message}") for line, message in error.problems]
    frames = traceback.extract_tb(error.__traceback__)
    scripts = [f for f in frames if "figures" in Path(f.filename).parts and Path(f.filename).name != "measurement.py"]
    where = f" ({'/'.join(Path(scripts[-1].filename).parts[-3:])}:{scripts[-1].lineno})" if scripts else ""
    kind = "" if isinstance(error, ValueError) else f"{type(error).__name__}: "
    return [Problem(request.place, f"{request.figure}: {kind}{error}{where}")]


def _beside(path: Path, place: Place) -> Path:
    """Name a file the way the article that stands beside it is named."""
    folder = str(place.path.parent)
    return Path(str(path)[str(path).rfind(f"/{folder}/") + 1 :]) if f"/{folder}/" in str(path) else path


def describe(parts: Mapping[str, object], before: Mapping[str, object] | None) -> list[str]:
    """Say in words which parts of a key differ from what they were."""
    if before is None:
        return ["it was not there in the last build"]
    changes = []
    for name, part in parts.items():
        old = before.get(name, {})
        if isinstance(part, Mapping) and isinstance(old, Mapping):
            changes += [_change(name, key, old, part) for key in sorted({*part, *old}) if old.get(key) != part.get(key)]
        elif part != old:
            changes.append(f"{name}: {json.dumps(old)} became {json.dumps(part)}")
    return changes


def _change(part: str, key: str, old: Mapping[str, object], new: Mapping[str, object]) -> str:
    if part == "parameters":
        return f"parameter {key}: {json.dumps(old.get(key))} became {json.dumps(new.get(key))}"
    verb = "was added" if key not in old else "is no longer used" if key not in new else "changed"
    return f"{_KINDS.get(part, part)} {key.replace(':', ', ') if part == 'sources' else key} {verb}"


_KINDS = {"files": "file", "models": "weights of", "datasets": "data set", "sources": "source"}
