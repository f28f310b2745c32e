"""Work in processes of its own, as many as help."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterable
from typing import TypeVar

Job = TypeVar("Job")
Done = TypeVar("Done")


def can_copy() -> bool:
    """Tell whether a copy of this process can work: it has imported all that it needs, but threads do not come along.

    Those of PyTorch are seen by nobody.
    """
    return sys.platform == "linux" and threading.active_count() == 1 and "torch" not in sys.modules


def each(work: Callable[[Job], Done], jobs: Iterable[Job]) -> list[Done]:
    """Do short work on every job, in copies of this process where there can be some, and else here."""
    from builder.engine.setup import processors

    jobs = list(jobs)
    count = min(processors(), len(jobs))
    if count < 2 or not can_copy():
        return list(map(work, jobs))
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(count, multiprocessing.get_context("fork")) as pool:
        return list(pool.map(work, jobs))
