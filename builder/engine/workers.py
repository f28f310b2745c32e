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

from builder.engine import remote
from builder.engine.processes import fresh
from builder.engine.setup import CPUS_PER_WORKER, Setup, processors

TRIES = 3
FAREWELL_S = 1.0


@dataclass
class _Task:
    number: int
    data: bytes
    answers: queue.SimpleQueue
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
    tasks: queue.SimpleQueue = field(default_factory=queue.SimpleQueue)
    workers: list[_Worker] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.setups)

    def run(self, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield (index of the task, its answer) in the order in which they are finished."""
        answers: queue.SimpleQueue = queue.SimpleQueue()
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


class _Worker(threading.Thread):
    """A process, and the thread that talks with it."""

    def __init__(self, setup: Setup, tasks: queue.SimpleQueue) -> None:
        super().__init__(daemon=True, name="worker")
        self.setup, self.tasks = setup, tasks
        self.closed, self.busy = False, False
        self.process, self.pipe = None, None
        self.lock = threading.Lock()

    def run(self) -> None:
        """Do tasks until there are no more to come (None)."""
        while not self.closed and (task := self.tasks.get()) is not None:
            task.tries += 1
            self.busy = True
            try:
                self._start()
                self.pipe.send_bytes(task.data)
                answer = self.pipe.recv_bytes()
                self.busy = False
                task.answers.put((task.number, answer))
            except (EOFError, OSError):
                self._died(task)

    def _start(self) -> None:
        """Start the process if it does not run."""
        with self.lock:
            if self.closed or (self.process is not None and self.process.is_alive()):
                return
            context = fresh()
            self.pipe, theirs = context.Pipe()
            self.process = context.Process(target=remote.serve, args=(theirs, self.setup), daemon=True)
            self.process.start()
            theirs.close()

    def _died(self, task: _Task) -> None:
        if self.closed:
            return
        self.process.kill()
        self.process.join()
        if task.tries < TRIES:
            self.tasks.put(task)
            return
        from figures import worker

        message = f"the worker died {TRIES} times while it measured this (exit {self.process.exitcode}); {HINT}"
        task.answers.put((task.number, worker.lost(message)))

    def close(self) -> None:
        """Begin to end the process."""
        with self.lock:
            self.closed = True
            if self.process is not None and self.busy:
                self.process.kill()
            elif self.process is not None:
                self.pipe.close()
        self.tasks.put(None)

    def ended(self) -> None:
        """Wait a moment for the process to end, and then for it no longer."""
        if self.process is not None:
            self.process.join(FAREWELL_S)
            self.process.kill()


HINT = "perhaps memory did not suffice: fewer `workers` need less"
