"""One run of a program: seconds, and the memory that it and all it starts hold at the same time."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

PAUSE_S = 0.05
MESSAGE_CHARACTERS = 800
RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024
"""In what the system counts the largest resident set (getrusage(2))."""
HIDDEN = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONPATH")
"""What a developer's shell may say and an author's does not."""


class Failed(Exception):
    """A program ended with another status than 0; the message is the end of what it said."""


@dataclass(frozen=True)
class Cost:
    """What a run took: on the clock, and of all processors together, which what else runs changes less."""

    seconds: float
    processor_seconds: float
    memory_bytes: int


def run(command: Sequence[str], folder: Path, variables: Mapping[str, str]) -> Cost:
    """Run a program to its end; raises Failed.

    The system knows the largest process exactly; the sum over several that live at once is looked at now and then.
    """
    with tempfile.TemporaryFile("w+") as output, watched() as watch:
        start = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment(variables), stdout=output, stderr=output)
        watch.process = process.pid
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            end = output.read().strip()[-MESSAGE_CHARACTERS:]
            raise Failed(f"{Path(command[0]).name} ended with status {process.returncode}: {end}")
        return Cost(seconds, usage.ru_utime + usage.ru_stime, max(watch.memory_bytes, usage.ru_maxrss * RSS_UNIT_BYTES))


def environment(variables: Mapping[str, str]) -> dict[str, str]:
    """Return the variables of a program."""
    return {**{name: value for name, value in os.environ.items() if name not in HIDDEN}, **variables}


@dataclass
class Watch:
    """Looks at the memory of a process and all below it until told to stop."""

    process: int = 0
    memory_bytes: int = 0
    stop: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        while not self.stop.wait(PAUSE_S):
            if self.process:
                self.memory_bytes = max(self.memory_bytes, sum(map(_resident, _tree(self.process))))


@contextmanager
def watched() -> Iterator[Watch]:
    """Watch as long as the context lasts."""
    watch = Watch()
    thread = threading.Thread(target=watch.look, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        watch.stop.set()
        thread.join()


def _tree(process: int) -> Iterator[int]:
    """Yield a process and all below it, where the system has /proc; one that is gone has none."""
    yield process
    with suppress(OSError):
        for task in Path(f"/proc/{process}/task").iterdir():
            for child in (task / "children").read_text().split():
                yield from _tree(int(child))


def _resident(process: int) -> int:
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    return 0
