"""Processes that draw beside the one that measures.

They are given specifications and pixels and hand back SVG and WebP: they read no measurement, write no file, and import
neither torch nor Altair. What they give is byte for byte what this process would draw.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from builder.engine.processes import fresh
from builder.engine.remote import end_with_parent
from builder.engine.setup import processors

FEWEST = 4
"""For fewer figures another process does not pay: it takes half a second to start."""
MOST = 4
"""More processes than that would wait for the one that builds charts."""

Timed = tuple[Any, float]


@dataclass
class Artists:
    """Processes that draw; once one has died, they are given nothing more."""

    pool: ProcessPoolExecutor
    broken: bool = False

    def begin(self, work: Callable[..., object], arguments: tuple[object, ...]) -> Future[Timed] | None:
        """Hand work out; None where it must be done here."""
        if self.broken:
            return None
        try:
            return self.pool.submit(_timed, work, arguments)
        except BrokenProcessPool:
            self.broken = True
            return None


@contextmanager
def artists(figures: int) -> Iterator[Artists | None]:
    """Open processes for so many figures, which start when there is something to draw; None where none would help."""
    count = min(processors() - 1, MOST)
    if count < 1 or figures < FEWEST:
        yield None
        return
    pool = ProcessPoolExecutor(count, fresh(), initializer=_begin)
    try:
        yield Artists(pool)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end when it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()


def _timed(work: Callable[..., object], arguments: tuple[object, ...]) -> Timed:
    start = time.perf_counter()
    return work(*arguments), time.perf_counter() - start
