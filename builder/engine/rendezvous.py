"""All missing figures at once, and what they need of the same kind measured together.

Every figure starts in a thread of its own, one running at a time. A figure that needs a
measurement waits; when all wait, equal measurements are joined into one batch and computed
on the main thread, so that Ctrl-C works and torch is never entered twice.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from builder.engine.problems import problems_of
from builder.errors import Problem
from builder.request import Request
from builder.store import StoreError

if TYPE_CHECKING:
    from figures.lab import Lab
    from figures.measurement import Call, Result

Make = Callable[[Request, "Lab"], None]


class _Job(threading.Thread):
    """One figure; it runs only while the main thread waits for it."""

    def __init__(self, make: Make, lab: Lab, request: Request, events: queue.SimpleQueue) -> None:
        super().__init__(daemon=True, name=request.figure)
        self.make, self.lab, self.request, self.events = make, lab, request, events
        self.answer: queue.SimpleQueue = queue.SimpleQueue()
        self.failure: BaseException | None = None

    def run(self) -> None:
        self.answer.get()
        try:
            self.make(self.request, self.lab)
        except BaseException as error:  # noqa: BLE001 - every failure of a script becomes a problem with a place
            self.failure = error
        self.events.put(None)

    def ask(self, call: Call) -> list[Result]:
        self.events.put(call)
        answer = self.answer.get()
        if isinstance(answer, BaseException):
            raise answer
        return answer


class Rendezvous:
    """Runs jobs until all wait, then measures for all of them at once."""

    def __init__(self, make: Make, lab: Lab, requests: Sequence[Request], done: Callable[[], None]) -> None:
        self.lab, self.done = lab, done
        self.events: queue.SimpleQueue = queue.SimpleQueue()
        self.jobs = [_Job(make, lab, request, self.events) for request in requests]
        self.calls: list[tuple[_Job, Call]] = []
        lab.schedule = self._schedule

    def _schedule(self, call: Call) -> list[Result]:
        job = threading.current_thread()
        return job.ask(call) if isinstance(job, _Job) else call.results(self.lab)

    def run(self) -> list[Problem]:
        """Run all jobs; return what went wrong. Raises StoreError where results cannot be kept."""
        for job in self.jobs:
            job.start()
        for job in self.jobs:
            self._step(job, None)
        while self.calls:
            calls, self.calls = self.calls, []
            for job, answer in self._measured(calls):
                self._step(job, answer)
        root = self.lab.site.root
        failed = [job for job in self.jobs if job.failure is not None]
        return [problem for job in failed for problem in problems_of(job.failure, job.request, root)]

    def _step(self, job: _Job, answer: object) -> None:
        """Let one job go on until it ends or waits again."""
        job.answer.put(answer)
        call = self.events.get()
        if call is not None:
            self.calls.append((job, call))
        elif isinstance(job.failure, StoreError):
            raise job.failure
        else:
            self.done()

    def _measured(self, calls: Sequence[tuple[_Job, Call]]) -> list[tuple[_Job, object]]:
        """Measure once what several calls miss; pair every job with its answer."""
        from figures import dispatch

        groups = _groups(self.lab, calls)
        joined = [_joined([call for _, call in group]) for group in groups]
        pairs = []
        for group, call, answer in zip(groups, joined, dispatch.measure(self.lab, joined), strict=True):
            pairs += [(job, _share(own, call, answer)) for job, own in group]
        return pairs


def _groups(lab: Lab, calls: Sequence[tuple[_Job, Call]]) -> list[list[tuple[_Job, Call]]]:
    """Join the calls that differ at most in the units they miss."""
    groups: dict[str, list[tuple[_Job, Call]]] = {}
    for job, call in calls:
        groups.setdefault(call.measurement.key(lab, call.arguments), []).append((job, call))
    return list(groups.values())


def _joined(calls: Sequence[Call]) -> Call:
    return replace(calls[0], missing=tuple(dict.fromkeys(value for call in calls for value in call.missing)))


def _share(own: Call, joined: Call, answer: list[Result] | Exception) -> list[Result] | Exception:
    """Take out of the answer to a joined call what one of its calls misses."""
    if isinstance(answer, Exception):
        return answer
    results = dict(zip(joined.missing, answer, strict=True))
    return [results[value] for value in own.missing]
