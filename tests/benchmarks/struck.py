"""Run the tool until it changes files for the n-th time, and kill it there, or a moment later.

    python -m tests.benchmarks.struck TALLY N SECONDS ARGUMENT...

Each change adds a byte to the file TALLY, also those of processes that are forked: with 0 for N all are counted. A
change is a file below the current folder that is opened to be written, a name given, moved or taken away. With some
SECONDS it is hit while it is going on.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

NAMES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate"}


def changes(event: str, arguments: tuple[Any, ...], folder: Path) -> bool:
    """Tell whether what Python is about to do changes something in a folder, which is the current one."""
    if event == "open":
        path, _, flags = arguments
        writes = bool(flags & (os.O_WRONLY | os.O_RDWR))
    else:
        path, writes = (arguments or (None,))[0], event in NAMES
    return (
        writes and isinstance(path, str | bytes | os.PathLike) and (folder / os.fsdecode(path)).is_relative_to(folder)
    )


def watch(folder: Path, tally: int, strike: Callable[[int], None]) -> None:
    """Count changes in an open file from now on; `strike` is told how many there have been, this one included."""

    def see(event: str, arguments: tuple[Any, ...]) -> None:
        if changes(event, arguments, folder):
            os.write(tally, b".")
            strike(os.fstat(tally).st_size)

    sys.addaudithook(see)


def main() -> None:
    """Run the tool and kill it, with all that it started."""
    where, last, seconds, *arguments = sys.argv[1:]

    def strike(count: int) -> None:
        if count == int(last) and float(seconds):
            threading.Timer(float(seconds), os.killpg, (0, signal.SIGKILL)).start()
        elif count == int(last):
            os.killpg(0, signal.SIGKILL)

    watch(Path.cwd(), os.open(where, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_TRUNC), strike)
    sys.argv = ["microscribe", *arguments]
    runpy.run_module("builder", run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
