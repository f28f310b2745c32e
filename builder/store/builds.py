"""What each build used: `builds/<time>.log`, one `kind key` a line, written while the build runs.

A running build holds the lock of its file, so the file also tells that it runs, and since when.
"""

from __future__ import annotations

import datetime
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from builder import locks
from builder.frozen import frozen
from builder.store.records import StoreError

if TYPE_CHECKING:
    from builder.store.store import Store

Key = tuple[str, str]
"""A kind and a key."""

HISTORY = 50
"""So many logs of a site are kept."""

DAY_S = 86400.0


@dataclass
class Uses:
    """The records that were found or put, each noted once; written to `file` as they come."""

    noted: set[Key] = field(default_factory=set)
    file: TextIO | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, kind: str, key: str) -> None:
        """Remember one record."""
        with self.lock:
            if (kind, key) not in self.noted:
                self.noted.add((kind, key))
                if self.file is not None:
                    self.file.write(f"{kind} {key}\n")
                    self.file.flush()


@frozen
class Log:
    """One build: its site, its start in seconds since 1970, whether it runs still, and what it used."""

    name: str
    site: str
    start: float
    running: bool
    keys: frozenset[Key]


@contextmanager
def recorded(store: Store, folder: Path, site: str) -> Iterator[None]:
    """Note what `store` is asked for in a new log in `folder/builds`. Raises StoreError where that cannot be."""
    now = datetime.datetime.now(datetime.UTC)
    path = folder / "builds" / f"{now:%Y%m%dT%H%M%S%fZ}-{os.getpid()}.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("x", encoding="utf-8")
    except OSError as error:
        raise StoreError(f"{folder}: cannot write to the store: {error.strerror or error}") from error
    with file:
        locks.take(file.fileno(), wait=True)
        file.write(json.dumps({"site": site, "start": now.timestamp()}) + "\n")
        file.flush()
        store.uses.noted.clear()
        store.uses.file = file
        try:
            yield
            file.write("end\n")
        finally:
            store.uses.file = None
    _publish(store, path)
    _shorten(folder, site, path.name)


def _publish(store: Store, path: Path) -> None:
    """Show the log to others who use the same store; one who may only read need not."""
    if not isinstance(store.folder, Path):
        with suppress(StoreError):
            store.place.write(f"builds/{path.name}", path.read_bytes())


def _shorten(folder: Path, site: str, latest: str) -> None:
    """Drop the log before the latest if the latest names all that it names, and those of long ago."""
    mine = [log for log in logs(folder) if log.site == site and not log.running]
    before = [log for log in mine if log.name < latest][-1:]
    now = next((log for log in mine if log.name == latest), None)
    doubled = [log for log in before if now is not None and log.keys <= now.keys]
    for log in [*doubled, *mine[:-HISTORY]]:
        (folder / "builds" / log.name).unlink(missing_ok=True)


def logs(folder: Path) -> list[Log]:
    """Read the logs of a folder, oldest first."""
    found = (_read(path) for path in sorted((folder / "builds").glob("*.log")))
    return [log for log in found if log is not None]


def _read(path: Path) -> Log | None:
    try:
        with path.open("rb") as file:
            free = locks.take(file.fileno(), exclusive=False)
            return parse(path.name, file.read(), free)
    except FileNotFoundError:
        return None


def parse(name: str, data: bytes, free: bool | None = True) -> Log:
    """Read a log; one that was cut off in the middle of a line counts as far as it goes."""
    head, *lines = data.decode("utf-8", "replace").splitlines() or [""]
    try:
        header = json.loads(head)
        site, start = str(header["site"]), float(header["start"])
    except (ValueError, KeyError, TypeError):
        site, start = "", 0.0
    pairs = (line.split(" ") for line in lines)
    keys = frozenset((pair[0], pair[1]) for pair in pairs if len(pair) == 2)
    unfinished = "end" not in lines[-1:] and time.time() - start < DAY_S
    return Log(name, site, start, unfinished if free is None else not free, keys)


def last(found: list[Log], count: int) -> list[Log]:
    """Return the last `count` logs of every site, and those of running builds."""
    by_site: dict[str, list[Log]] = {}
    for log in sorted(found, key=lambda log: log.name):
        by_site.setdefault(log.site, []).append(log)
    kept = [log for mine in by_site.values() for log in (mine[-count:] if count else [])]
    return [*kept, *(log for log in found if log.running and log not in kept)]
