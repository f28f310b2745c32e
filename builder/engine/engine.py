"""Who runs the requests: this process, several processes, or a Dask cluster.

This is the one bridge to the figure library, and it imports it only when something is missing.
What is missing of the same measurement is measured together for all figures of an article; one pass over a
data set, and workers, measure for all articles.
"""

from __future__ import annotations

import importlib
import os
import re
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.engine import artifacts
from builder.engine.artifacts import FigureEntry, Resolved
from builder.engine.setup import Setup, extend_gallery, has_own_scripts, open_modules
from builder.errors import Problem, UsageError
from builder.plan.closure import Sources
from builder.plan.request import Request
from builder.reporter import Reporter
from builder.store import FIGURE, Entry, Store

if TYPE_CHECKING:
    from figures.lab import Lab, Pool, Workers
    from figures.specs import Site

Told = Callable[[Mapping[str, FigureEntry]], None]
ABSENT = "is not in the store, and this build may not measure"
DEVICE = re.compile(r"cpu|mps|cuda(:\d+)?")


@dataclass
class Engine:
    """Resolves requests against a store, and runs those whose results are not there.

    `kind` is local, processes or dask; `workers` how many there are to be, 0 to choose; `dask` the
    address of a scheduler; `site` what the settings say of networks and data sets; `costs` the file that
    remembers how long figures took.
    """

    store: Store
    sources: Sources
    reporter: Reporter
    device: str = ""
    gallery: Path | None = None
    kind: str = "local"
    workers: int = 0
    dask: str = ""
    precision: str = "float32"
    site: Site | None = None
    costs: Path | None = None

    def resolve(
        self,
        requests: Iterable[Request],
        *,
        offline: bool = False,
        force: Collection[str] = (),
        together: Sequence[Sequence[Request]] = (),
        there: Told | None = None,
    ) -> Resolved:
        """Find or make the artifact of every request, each key once; those of the keys in `force` are made again.

        Of the requests that belong `together`, those of an article, what misses least is made first, and what
        belongs to none last. As long as something is missing, `there` is told what is there: first all that the
        store has, then each figure as it is drawn.
        Raises UsageError for a device, workers or a cluster that are not there.
        """
        self.check_device()
        unique = {request.key: request for request in requests}
        entries = {key: None if key in force else artifacts.find(self.store, key) for key in unique}
        missing = [unique[key] for key, entry in entries.items() if entry is None]
        problems: list[Problem] = []
        if missing and offline:
            problems = [Problem(r.place, f"{r.figure} {ABSENT}") for r in missing]
        elif missing:
            tell = _Teller(self.store, there, len(missing))
            tell.there({key: entry for key, entry in entries.items() if entry is not None})
            problems = self._run(missing, bool(force), _turns(together, {request.key for request in missing}), tell)
            entries.update((request.key, artifacts.find(self.store, request.key)) for request in missing)
        found = {key: entry for key, entry in entries.items() if entry is not None}
        return Resolved(found, tuple(problems), len([r for r in missing if r.key in found]))

    @contextmanager
    def measuring(self) -> Iterator[Lab]:
        """Open a lab for what is no figure; raises UsageError as `resolve` does."""
        from builder.engine import interrupts

        self.check_device()
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        with interrupts.stopping(), self._lab(False) as lab:
            yield lab

    def check_device(self) -> None:
        """Raise UsageError for what is no name of a device."""
        if self.device and not DEVICE.fullmatch(self.device):
            raise UsageError(f"no device {self.device!r} (expected cpu, cuda, cuda:1 or mps)")

    def _run(self, missing: Sequence[Request], force: bool, turns: Mapping[str, int], tell: _Teller) -> list[Problem]:
        from builder.engine import forecast, interrupts
        from builder.engine.artists import artists as artists_for
        from builder.engine.rendezvous import Rendezvous

        # Threads that spin while they wait stop each other where another program shares the cores.
        os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
        start = time.monotonic()
        kinds = {request.key: request.figure for request in missing}
        foreseen = forecast.Forecast(
            kinds, lambda: time.monotonic() - start, forecast.read(self.costs) if self.costs else {}
        )
        task = self.reporter.begin("figures", len(missing), foreseen.left_s)

        def ended(request: Request) -> None:
            foreseen.end(request.key)
            self.reporter.advance(task, 1)
            tell.ended(request)

        try:
            with interrupts.stopping(), artists_for(len(missing)) as drawing, self._lab(force) as lab, self._trusting():
                return Rendezvous(self.make, lab, missing, ended, turns, drawing, foreseen).run()
        finally:
            self.reporter.end(task)
            if self.costs is not None:
                forecast.write(self.costs, foreseen.costs)

    @contextmanager
    def _lab(self, force: bool) -> Iterator[Lab]:
        """Open a lab, and its workers where there are to be any."""
        from figures import lab as labs

        if self.gallery is not None:
            extend_gallery(self.gallery)
        if self.site is not None:
            open_modules(self.site.root)
        with self._workers() as workers:
            lab = labs.Lab(
                device=labs.best_device() if self.kind == "dask" else self._checked_device(),
                store=_Forgetful(self.store) if force else self.store,
                closure=self.sources.of,
                progress=self.reporter,
                workers=None if workers is None else _dispatched(workers),
                precision=self.precision,
                site=self.site or labs.Site(),
            )
            with labs.using(lab):
                yield lab

    def _trusting(self) -> AbstractContextManager[None]:
        """Leave charts unchecked where all scripts are ours; an author is told what is wrong with one of theirs."""
        if self.gallery is not None and has_own_scripts(self.gallery):
            return nullcontext()
        try:
            from figures.charts import vega
        except ImportError:  # to measure, nothing need be drawn
            return nullcontext()
        return vega.unchecked()

    def _checked_device(self) -> str:
        from figures import lab as labs

        try:
            return labs.checked_device(self.device)
        except ValueError as error:
            raise UsageError(str(error)) from error

    @contextmanager
    def _workers(self) -> Iterator[Pool | None]:
        setup = Setup(self.site, self.gallery, self.device, self.precision)
        if self.kind == "processes":
            from builder.engine.workers import processes

            with processes(setup, self.workers, self._checked_device()) as workers:
                yield workers
        elif self.kind == "dask":
            from builder.engine.cluster import cluster

            with cluster(setup, self.workers, self.dask, self.reporter) as workers:
                yield workers
        else:
            yield None

    def make(self, request: Request, lab: Lab) -> None:
        """Run one figure and keep its artifact with the record of how it was made."""
        from figures import provenance
        from figures.artifact import pack

        start = time.perf_counter()
        function = getattr(importlib.import_module(request.module), request.function)
        with lab.working() as work:
            artifact = function(**_arguments(request))
            traces = lab.take_traces()
        record, objects = pack(artifact)
        made = provenance.record(
            figure=request.figure,
            parameters={k: v for k, v in request.parameters.items() if k not in request.paths},
            models=request.parts["models"],
            datasets=request.parts["datasets"],
            traces=traces,
            drawing_seconds=time.perf_counter() - start - work.waited_s,
            device=lab.device,
            key=request.key,
            random=request.random,
            licences=request.licences,
            source=provenance.source(function, lab),
        )
        self.store.put(FIGURE, request.key, {"artifact": record, "provenance": made, "parts": request.parts}, objects)


def _turns(together: Sequence[Sequence[Request]], missing: Set[str]) -> dict[str, int]:
    """Say when each figure that is missing is made: first what completes the article that misses least."""
    groups = [{request.key for request in some} & missing for some in together]
    turns: dict[str, int] = {}
    for turn, keys in enumerate(sorted(groups, key=len)):
        turns = dict.fromkeys(keys, turn) | turns
    return {key: turns.get(key, len(groups)) for key in missing}


@dataclass
class _Teller:
    """Tells what is there, as long as something is missing."""

    store: Store
    told: Told | None
    missing: int

    def there(self, entries: Mapping[str, FigureEntry]) -> None:
        if self.told is not None and self.missing:
            self.told(entries)

    def ended(self, request: Request) -> None:
        self.missing -= 1
        entry = artifacts.find(self.store, request.key) if self.told is not None and self.missing else None
        if entry is not None:
            self.there({request.key: entry})


def _dispatched(pool: Pool) -> Workers:
    """Let a pool measure for a lab; where there are no workers, what this needs is never imported."""
    from figures.dispatch import Dispatcher

    return Dispatcher(pool)


def _arguments(request: Request) -> dict[str, object]:
    plain = {name: tuple(v) if isinstance(v, list) else v for name, v in request.parameters.items()}
    return {**plain, **request.paths}


@dataclass
class _Forgetful:
    """A store that finds only what was put into it since it was made."""

    store: Store
    fresh: set[tuple[str, str]] = field(default_factory=set)

    def record(self, kind: str, key: str) -> object | None:
        return self.store.record(kind, key) if (kind, key) in self.fresh else None

    def get(self, kind: str, key: str) -> Entry | None:
        return self.store.get(kind, key) if (kind, key) in self.fresh else None

    def put(self, kind: str, key: str, meta: Mapping[str, object], objects: Mapping[str, bytes]) -> None:
        self.fresh.add((kind, key))
        self.store.put(kind, key, meta, objects)
