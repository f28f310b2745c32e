"""Work in processes of its own, as many as help."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from builder.engine.setup import processors

if TYPE_CHECKING:
    from multiprocessing.context import SpawnContext

Job = TypeVar("Job")
Done = TypeVar("Done")

_WARNINGS, _QUIET = "PYTHONWARNINGS", "ignore:resource_tracker"
_ALONE = threading.Lock()
"""Held while the environment is another."""


def can_copy() -> bool:
    """Tell whether a copy of this process can work: it has imported all that it needs, but threads do not come along.

    Those of PyTorch are seen by nobody.
    """
    return sys.platform == "linux" and threading.active_count() == 1 and "torch" not in sys.modules


def fresh() -> SpawnContext:
    """Return what begins processes anew.

    Who stops a build leaves locks behind, which Python's tracker takes away; it is not to warn the user of them.
    """
    import multiprocessing
    from multiprocessing import resource_tracker

    with _ALONE:
        before = os.environ.get(_WARNINGS)
        os.environ[_WARNINGS] = f"{before},{_QUIET}" if before else _QUIET
        try:
            resource_tracker.ensure_running()
        finally:
            os.environ.pop(_WARNINGS)
            if before is not None:
                os.environ[_WARNINGS] = before
    return multiprocessing.get_context("spawn")


def each(work: Callable[[Job], Done], jobs: Iterable[Job]) -> list[Done]:
    """Do short work on every job, in copies of this process where there can be some, and else here."""
    jobs = list(jobs)
    count = min(processors(), len(jobs))
    if count < 2 or not can_copy():
        return list(map(work, jobs))
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(count, multiprocessing.get_context("fork")) as pool:
        return list(pool.map(work, jobs))


def begin(work: Callable[[], object]) -> None:
    """Let a copy of this process do what saves time later, where there can be one; this one ends after it."""
    if can_copy():
        import multiprocessing

        multiprocessing.get_context("fork").Process(target=_quietly, args=(work,)).start()


def _quietly(work: Callable[[], object]) -> None:
    """Do some work; whoever needs what failed does it anew, and tells what is wrong."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(Exception):
        work()
