"""All missing figures at once, and what they need of the same kind measured together.

Every figure starts in a thread of its own, one running at a time. A figure that needs a
measurement waits; when all wait, equal measurements are joined into one batch and computed
on the main thread, so that Ctrl-C works and torch is never entered twice.

Figures have turns: those of the first are done before others are measured for, so that what belongs together
is soon complete. Two things go before that: what one pass over a data set gives for all, and workers,
none of which is to be idle.

What a figure has drawn in another process it waits for in the same way, while others go on or are measured for.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent import futures
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

from builder.engine.forecast import Forecast
from builder.engine.problems import problems_of
from builder.errors import Problem
from builder.plan.request import Request
from builder.store import StoreError

if TYPE_CHECKING:
    from builder.engine.artists import Artists, Timed
    from figures.lab import Lab
    from figures.measurement import Call, Result

Drawing: TypeAlias = "futures.Future[Timed]"
Events: TypeAlias = "queue.SimpleQueue[Call | Drawing | None]"
Make = Callable[[Request, "Lab"], None]
MOST_DRAWN = 8
"""Figures that may wait to be drawn at once: what they hold stays in memory."""
LAYERS = "layers"
"""What a measurement is kept for each of that runs the network once over the data for all: one more costs little."""


class _Job(threading.Thread):
    """One figure; it runs only while the main thread waits for it. `key` is that of what it waits for."""

    def __init__(self, make: Make, lab: Lab, request: Request, events: Events, turn: int) -> None:
        super().__init__(daemon=True, name=request.figure)
        self.make, self.lab, self.request, self.events, self.turn = make, lab, request, events, turn
        self.answer: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.key = ""
        self.failure: BaseException | None = None

    def run(self) -> None:
        self.answer.get()
        try:
            self.make(self.request, self.lab)
        except BaseException as error:  # noqa: BLE001 - every failure of a script becomes a problem with a place
            self.failure = error
        self.events.put(None)

    def ask(self, event: Call | Drawing) -> Any:
        self.events.put(event)
        answer = self.answer.get()
        if isinstance(answer, BaseException):
            raise answer
        return answer


class Rendezvous:
    """Runs jobs until all wait, then measures for those whose turn it is at once.

    `turns` are by key, small ones first, 0 for what they do not name; `done` hears of each figure that has ended.
    `artists` draw what can be drawn elsewhere; `forecast` is told what takes how long.
    """

    def __init__(
        self, make: Make, lab: Lab, requests: Sequence[Request], done: Callable[[Request], None],
        turns: Mapping[str, int] | None = None, artists: Artists | None = None,
        forecast: Forecast | None = None,
    ) -> None:  # fmt: skip
        self.lab, self.done, self.artists = lab, done, artists
        self.forecast = forecast or Forecast({}, time.monotonic)
        self.events: Events = queue.SimpleQueue()
        jobs = [_Job(make, lab, request, self.events, (turns or {}).get(request.key, 0)) for request in requests]
        self.jobs = sorted(jobs, key=lambda job: job.turn)
        self.calls: list[tuple[_Job, Call]] = []
        self.drawn: list[tuple[_Job, Drawing]] = []
        lab.schedule = self._schedule
        if artists is not None:
            lab.draw = self._draw

    def _schedule(self, call: Call) -> list[Result]:
        job = threading.current_thread()
        return job.ask(call) if isinstance(job, _Job) else call.results(self.lab)

    def _draw(self, work: Callable[..., object], *arguments: object) -> object:
        """Have something drawn elsewhere; what goes wrong there goes wrong here, what is lost there is drawn here."""
        job, start = threading.current_thread(), time.perf_counter()
        if self.artists is None or not isinstance(job, _Job):
            return work(*arguments)
        drawing = self.artists.begin(work, arguments)
        if drawing is None:
            return work(*arguments)
        try:
            picture, seconds = job.ask(drawing)
        except BrokenProcessPool:
            return work(*arguments)
        self.lab.asked(0.0, time.perf_counter() - start - seconds)
        return picture

    def run(self) -> list[Problem]:
        """Run all jobs; return what went wrong. Raises StoreError where results cannot be kept."""
        for job in self.jobs:
            job.start()
        for job in self.jobs:
            self._step(job, None)
            self._go_on()
        while self.calls or self.drawn:
            self._go_on(idle=True)
            for groups in self._rounds():
                for job, answer in self._measured(groups):
                    self._step(job, answer)
                self._go_on()
        root = self.lab.site.root
        failed = [(job.failure, job.request) for job in self.jobs if job.failure is not None]
        return [problem for failure, request in failed for problem in problems_of(failure, request, root)]

    def _step(self, job: _Job, answer: object) -> None:
        """Let one job go on until it ends or waits again."""
        with self.forecast.working([job.request.key]):
            job.answer.put(answer)
            event = self.events.get()
        if isinstance(event, futures.Future):
            self.drawn.append((job, event))
        elif event is not None:
            call = event
            self.forecast.missed(job.request.key)
            job.key = call.measurement.key(self.lab, call.arguments)
            self.calls.append((job, call))
        elif isinstance(job.failure, StoreError):
            raise job.failure
        else:
            self.done(job.request)

    def _go_on(self, *, idle: bool = False) -> None:
        """Let jobs go on whose drawings have come; wait for one where too many wait, or where nothing else is to do."""
        while self.drawn:
            if len(self.drawn) >= MOST_DRAWN or (idle and not self.calls):
                futures.wait([drawing for _, drawing in self.drawn], return_when=futures.FIRST_COMPLETED)
            come = [one for one in self.drawn if one[1].done()]
            if not come:
                return
            self.drawn = [one for one in self.drawn if one not in come]
            for job, drawing in come:
                self._step(job, drawing.exception() or drawing.result())

    def _rounds(self) -> list[list[list[tuple[_Job, Call]]]]:
        """Say what is measured next: all that is due at once where there are workers, else one after the other."""
        due = self._due() if self.calls else []
        return [due] if self.lab.workers is not None else [[group] for group in due]

    def _due(self) -> list[list[tuple[_Job, Call]]]:
        """Take out the calls to be answered next, those that can be joined together."""
        groups, self.calls = _groups(self.calls), []
        first = min(job.turn for group in groups for job, _ in group)
        due = []
        for group in groups:
            now = [one for one in group if one[0].turn == first or self.lab.workers is not None]
            if now and group[0][1].measurement.each == LAYERS:
                now = group
            self.calls += [one for one in group if one not in now]
            due += [now] if now else []
        return due

    def _measured(self, groups: Sequence[list[tuple[_Job, Call]]]) -> list[tuple[_Job, object]]:
        """Measure once what several calls miss; pair every job with its answer."""
        from figures import dispatch

        joined = [_joined([call for _, call in group]) for group in groups]
        keys = [job.request.key for group in groups for job, _ in group]
        with self.forecast.working(keys):
            answers = dispatch.measure(self.lab, joined)
        pairs: list[tuple[_Job, object]] = []
        for group, call, answer in zip(groups, joined, answers, strict=True):
            pairs += [(job, _share(own, call, answer)) for job, own in group]
        return pairs


def _groups(calls: Sequence[tuple[_Job, Call]]) -> list[list[tuple[_Job, Call]]]:
    """Join the calls that differ at most in the units they miss."""
    groups: dict[str, list[tuple[_Job, Call]]] = {}
    for job, call in calls:
        groups.setdefault(job.key, []).append((job, call))
    return list(groups.values())


def _joined(calls: Sequence[Call]) -> Call:
    return replace(calls[0], missing=tuple(dict.fromkeys(value for call in calls for value in call.missing)))


def _share(own: Call, joined: Call, answer: list[Result] | Exception) -> list[Result] | Exception:
    """Take out of the answer to a joined call what one of its calls misses."""
    if isinstance(answer, Exception):
        return answer
    results = dict(zip(joined.missing, answer, strict=True))
    return [results[value] for value in own.missing]
