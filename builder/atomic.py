"""Write files whole or not at all."""

from __future__ import annotations

import errno
import io
import itertools
import json
import os
import stat
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from builder import locks

PREFIX = ".new-"
LONG_AGO_S = 3600.0
_NUMBERS = itertools.count()


def write(path: Path, data: bytes, within: Path | None = None) -> None:
    """Replace a file through a temporary one beside it, or in `within`; folders are made as needed."""
    folder = within or path.parent
    try:
        done = _write(path, data, folder)
    except FileNotFoundError:
        for needed in {path.parent, folder}:
            needed.mkdir(parents=True, exist_ok=True)
        done = False
    while not done:
        done = _write(path, data, folder)


def _write(path: Path, data: bytes, folder: Path) -> bool:
    """Try once; False where another has the temporary file, or swept it away before it was locked."""
    _refuse_other(path)
    temporary = f"{folder}/{PREFIX}{os.getpid()}-{next(_NUMBERS)}"
    try:
        with open(temporary, "xb", buffering=0) as file:
            locks.take(file.fileno(), wait=True)
            if not os.fstat(file.fileno()).st_nlink:
                return False
            _fill(file, data)
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
    except FileExistsError:
        return False
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


def _fill(file: io.FileIO, data: bytes) -> None:
    """Write all of it: a system takes at most two gigabytes at once."""
    rest = memoryview(data)
    while rest:
        rest = rest[file.write(rest) :]


def _refuse_other(path: Path) -> None:
    """Raise OSError where something stands that is no file: to put one in its place would destroy it."""
    try:
        mode = os.lstat(path).st_mode
    except OSError:
        return
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise OSError(errno.EINVAL, "a pipe or a device, which no file is put in place of", str(path))


def kept(path: Path) -> Any:
    """Read JSON that an earlier build wrote; None where there is none, or it is damaged."""
    try:
        return json.loads(path.read_bytes()) if path.is_file() else None
    except (OSError, ValueError, RecursionError):
        return None


def sweep(folder: Path, *, deep: bool = False) -> int:
    """Remove the temporary files of writers that died, also below if `deep`; return how many there were."""
    return sum(_abandoned(path) for path in list(_temporary(folder, deep)))


def _temporary(folder: Path, deep: bool) -> Iterator[Path]:
    for inner, _, names in os.walk(folder):
        yield from (Path(inner, name) for name in names if name.startswith(PREFIX))
        if not deep:
            return


def _abandoned(path: Path) -> bool:
    # A living writer holds the lock of its file. Where there are no locks, only age tells.
    try:
        with path.open("rb") as file:
            free = locks.take(file.fileno())
            if free is None:
                free = time.time() - path.stat().st_mtime > LONG_AGO_S
            if free:
                path.unlink()
            return free
    except OSError:
        return False
