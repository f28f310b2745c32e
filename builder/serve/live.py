"""What a preview tells the browsers that watch it: how far a build is, and what came of it."""

from __future__ import annotations

import json
import queue
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from builder.pace import Pace
from builder.reporter import Foretell, Reporter

OUTCOME, WORK = "message", "work"
"""The kinds of news: what came of a build (the plain event of a stream), and what is being done."""
PAUSE_S = 0.2


@dataclass
class Listeners:
    """The browsers that wait for news; each new one first hears the last news of every kind.

    `built` tells whether a build has ended, `problems` what the last one found, `changes` how often anything changed.
    """

    queues: set[queue.SimpleQueue[str]] = field(default_factory=set)
    last: dict[str, str] = field(default_factory=dict)
    changes: int = 0
    problems: list[str] = field(default_factory=list)
    built: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def tell(self, problems: list[str], changed: bool) -> None:
        """Send the outcome of a build to every browser."""
        self.problems, self.built = problems, True
        self._outcome(changed)

    def early(self) -> None:
        """Let every browser show what can be read already, while the build goes on."""
        self._outcome(changed=True)

    def _outcome(self, changed: bool) -> None:
        self.changes += changed
        self._send(OUTCOME, {"problems": self.problems, "changes": self.changes})

    def work(self, words: str, done: int = 0, total: int = 0) -> None:
        """Say what is being done, and how far it is where that is known; nothing is under way without words."""
        self._send(WORK, {"words": words, "done": done, "total": total})

    def _send(self, kind: str, news: dict[str, object]) -> None:
        text = json.dumps(news)
        with self.lock:
            self.last[kind] = f"event: {kind}\ndata: {text}\n\n"
            for listener in self.queues:
                listener.put(self.last[kind])

    def listen(self) -> Iterator[str]:
        """Yield events as they come, and a comment now and then to notice who left."""
        mine: queue.SimpleQueue[str] = queue.SimpleQueue()
        with self.lock:
            for news in self.last.values():
                mine.put(news)
            self.queues.add(mine)
        try:
            while True:
                try:
                    yield mine.get(timeout=5)
                except queue.Empty:
                    yield ": still here\n\n"
        finally:
            with self.lock:
                self.queues.discard(mine)


@dataclass
class _Task:
    """A piece of work; `inner` is the same of the reporter that is told too."""

    description: str
    inner: object
    pace: Pace

    @property
    def total(self) -> int:
        return self.pace.total or 0

    @property
    def done(self) -> int:
        return self.pace.done


@dataclass
class Telling:
    """A reporter that passes everything on to another, and tells the browsers how far the work is."""

    reporter: Reporter
    listeners: Listeners
    tasks: list[_Task] = field(default_factory=list)
    told: float = 0.0

    def say(self, message: str) -> None:
        """Pass a line on."""
        self.reporter.say(message)

    def warn(self, message: str) -> None:
        """Pass a warning on."""
        self.reporter.warn(message)

    def begin(self, description: str, total: int | None, foretell: Foretell | None = None) -> object:
        """Tell of a piece of work that has begun."""
        inner = self.reporter.begin(description, total, foretell)
        self.tasks.append(_Task(description, inner, Pace(total, time.monotonic(), foretell=foretell)))
        self._tell()
        return self.tasks[-1]

    def advance(self, task: _Task, steps: int) -> None:
        """Count steps; browsers hear of them a few times a second."""
        self.reporter.advance(task.inner, steps)
        task.pace.advance(steps, time.monotonic())
        if time.monotonic() - self.told >= PAUSE_S:
            self._tell()

    def end(self, task: _Task) -> None:
        """Forget a piece of work."""
        self.reporter.end(task.inner)
        self.tasks.remove(task)
        self._tell()

    def close(self) -> None:
        """Finish."""
        self.reporter.close()

    def _tell(self) -> None:
        self.told = time.monotonic()
        if self.tasks:
            inmost = self.tasks[-1]
            self.listeners.work(words(self.tasks, self.told), inmost.done, inmost.total)
        else:
            self.listeners.work("building")


def words(tasks: list[_Task], now: float) -> str:
    """Say what is being done: "figures 2 of 5: arcs in mixed3b, 12 of 64, about 20 s left"."""
    outer, inmost = tasks[0], tasks[-1]
    if outer is inmost:
        return _how_far(outer, now)
    whole = f"{outer.description} {min(outer.done + 1, outer.total)} of {outer.total}: " if outer.total else ""
    return whole + _how_far(inmost, now)


def _how_far(task: _Task, now: float) -> str:
    if not task.total:
        return f"{task.description}, {task.done}" if task.done else task.description
    far = f"{task.description}, {task.done} of {task.total}"
    left = task.pace.left(now)
    return f"{far}, about {left} left" if left else far
