"""Locks between processes: held by an open file, so that the end of a process frees them, however it ends."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.platform != "win32":
    import fcntl

_TAKEN = (errno.EACCES, errno.EAGAIN)


def take(handle: int, *, exclusive: bool = True, wait: bool = False) -> bool | None:
    """Lock an open file; False where another has it, None where the system or the disk knows no locks."""
    if sys.platform == "win32":
        return None
    try:
        fcntl.flock(handle, (fcntl.LOCK_EX if exclusive else fcntl.LOCK_SH) | (0 if wait else fcntl.LOCK_NB))
    except OSError as error:
        return False if error.errno in _TAKEN else None
    return True


@contextmanager
def held(path: Path, *, exclusive: bool = True, waiting: Callable[[], None] | None = None) -> Iterator[None]:
    """Hold the lock of a file while the block runs; `waiting` is called once where another has it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        if take(handle, exclusive=exclusive) is False:
            if waiting is not None:
                waiting()
            take(handle, exclusive=exclusive, wait=True)
        yield
    finally:
        os.close(handle)
