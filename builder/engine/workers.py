"""Processes on this machine that measure, one for each GPU where there are several.

A thread for each process hands out tasks and takes answers. A process that dies costs its task
only: it is started anew, and the task is tried again.
"""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from builder.engine import remote
from builder.engine.processes import fresh
from builder.engine.setup import CPUS_PER_WORKER, Setup, processors
from builder.frozen import frozen

if TYPE_CHECKING:
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

TRIES = 3
FAREWELL_S = 1.0


@dataclass
class _Task:
    number: int
    data: bytes
    answers: queue.SimpleQueue[tuple[int, bytes]]
    tries: int = 0


@contextmanager
def processes(setup: Setup, count: int, device: str) -> Iterator[Processes]:
    """Open workers, which start when there is something to do; the end stops them whatever they are at."""
    setups = _setups(setup, count, device)
    workers = Processes(setups)
    try:
        yield workers
    finally:
        workers.close()


def _setups(setup: Setup, count: int, device: str) -> list[Setup]:
    """Say for each worker where it measures, and with how many threads."""
    from figures import lab as labs

    gpus = [name for name in labs.devices() if name.startswith("cuda:")] if device == "cuda" else []
    cpus = processors()
    count = count or len(gpus) or max(2, cpus // CPUS_PER_WORKER)
    threads = max(1, int(os.environ.get("OMP_NUM_THREADS") or cpus) // count)
    return [
        replace(setup, device=gpus[number % len(gpus)] if gpus else device, threads=threads) for number in range(count)
    ]


@dataclass
class Processes:
    """Workers of one build; see `figures.lab.Workers`."""

    setups: Sequence[Setup]
    tasks: queue.SimpleQueue[_Task | None] = field(default_factory=queue.SimpleQueue)
    workers: list[_Worker] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.setups)

    def run(self, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield (index of the task, its answer) in the order in which they are finished."""
        answers: queue.SimpleQueue[tuple[int, bytes]] = queue.SimpleQueue()
        waiting = [_Task(number, data, answers) for number, data in enumerate(tasks)]
        for task in waiting:
            self.tasks.put(task)
        while len(self.workers) < min(self.count, len(tasks)):
            self.workers.append(_Worker(self.setups[len(self.workers)], self.tasks))
            self.workers[-1].start()
        try:
            for _ in waiting:
                yield answers.get()
        finally:
            self._drop()

    def _drop(self) -> None:
        """Forget tasks that nobody waits for any more."""
        while True:
            try:
                self.tasks.get_nowait()
            except queue.Empty:
                return

    def close(self) -> None:
        """End all processes: those that wait let themselves end, the others are killed."""
        self._drop()
        for worker in self.workers:
            worker.close()
        for worker in self.workers:
            worker.ended()


@frozen
class _Child:
    """A process that measures, and this end of the pipe to it."""

    process: SpawnProcess
    pipe: Connection[bytes, bytes]


class _Worker(threading.Thread):
    """A process, and the thread that talks with it."""

    def __init__(self, setup: Setup, tasks: queue.SimpleQueue[_Task | None]) -> None:
        super().__init__(daemon=True, name="worker")
        self.setup, self.tasks = setup, tasks
        self.closed, self.busy = False, False
        self.child: _Child | None = None
        self.lock = threading.Lock()

    def run(self) -> None:
        """Do tasks until there are no more to come (None)."""
        while not self.closed and (task := self.tasks.get()) is not None:
            task.tries += 1
            self.busy = True
            try:
                pipe = self._child().pipe
                pipe.send_bytes(task.data)
                answer = pipe.recv_bytes()
                self.busy = False
                task.answers.put((task.number, answer))
            except (EOFError, OSError):
                self._died(task)

    def _child(self) -> _Child:
        """Return the process, started if it does not run; raises EOFError where it is to run no more."""
        with self.lock:
            if self.closed:
                raise EOFError
            if self.child is None or not self.child.process.is_alive():
                context = fresh()
                ours, theirs = context.Pipe()
                process = context.Process(target=remote.serve, args=(theirs, self.setup), daemon=True)
                self.child = _Child(process, ours)
                process.start()
                theirs.close()
            return self.child

    def _died(self, task: _Task) -> None:
        if self.closed or self.child is None:
            return
        process = self.child.process
        process.kill()
        process.join()
        if task.tries < TRIES:
            self.tasks.put(task)
            return
        from figures import worker

        message = f"the worker died {TRIES} times while it measured this (exit {process.exitcode}); {HINT}"
        task.answers.put((task.number, worker.lost(message)))

    def close(self) -> None:
        """Begin to end the process."""
        with self.lock:
            self.closed = True
            if self.child is not None and self.busy:
                self.child.process.kill()
            elif self.child is not None:
                self.child.pipe.close()
        self.tasks.put(None)

    def ended(self) -> None:
        """Wait a moment for the process to end, and then for it no longer."""
        if self.child is not None:
            self.child.process.join(FAREWELL_S)
            self.child.process.kill()


HINT = "perhaps memory did not suffice: fewer `workers` need less"
