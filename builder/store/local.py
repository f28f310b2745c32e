"""A store's place on a local or shared disk."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import Protocol

from builder import atomic, locks
from builder.frozen import frozen
from builder.store.records import sha256


@frozen
class Stat:
    """A file's size, and when it was last written or used, in seconds since 1970."""

    size: int
    time: float


class Place(Protocol):
    """Named bytes; names are relative, with slashes. Anything may raise OSError or StoreError."""

    locks: bool

    def read(self, names: Sequence[str]) -> list[bytes | None]: ...

    def write(self, name: str, data: bytes) -> None: ...

    def keep(self, name: str, data: bytes) -> None: ...

    def exists(self, name: str) -> bool: ...

    def touch(self, name: str) -> None: ...

    def remove(self, name: str) -> None: ...

    def move(self, name: str, to: str) -> bool: ...

    def list(self, under: str) -> dict[str, Stat]: ...

    def lock(self, *, exclusive: bool) -> AbstractContextManager[None]: ...


@frozen
class Folder:
    """A folder."""

    path: Path
    locks = True

    def read(self, names: Sequence[str]) -> list[bytes | None]:
        """Return the bytes under each name, None where there is no such file."""
        return [self._read(name) for name in names]

    def _read(self, name: str) -> bytes | None:
        path = self.path / name
        try:
            return path.read_bytes() if path.is_file() else None
        except (FileNotFoundError, NotADirectoryError):
            return None

    def write(self, name: str, data: bytes) -> None:
        """Put bytes under a name, whole or not at all; what stands there and is no file goes aside."""
        if os.path.lexists(self.path / name) and not self.exists(name):
            self.move(name, f"damaged/{name.rpartition('/')[2]}")
        atomic.write(self.path / name, data, within=self.path / "new")

    def keep(self, name: str, data: bytes) -> None:
        """Put bytes under their digest, unless they are there and intact."""
        there = self._read(name)
        if there is not None and sha256(there) == sha256(data):
            self.touch(name)
        else:
            self.write(name, data)

    def exists(self, name: str) -> bool:
        """Tell whether there is such a file."""
        return (self.path / name).is_file()

    def touch(self, name: str) -> None:
        """Mark a file as used now, where that is allowed."""
        with suppress(OSError):
            os.utime(self.path / name)

    def remove(self, name: str) -> None:
        """Delete a file, and its folder if that is empty then."""
        (self.path / name).unlink(missing_ok=True)
        with suppress(OSError):
            (self.path / name).parent.rmdir()

    def move(self, name: str, to: str) -> bool:
        """Give a file another name; False where it is gone."""
        (self.path / to).parent.mkdir(parents=True, exist_ok=True)
        try:
            os.replace(self.path / name, self.path / to)
        except FileNotFoundError:
            return False
        return True

    def list(self, under: str) -> dict[str, Stat]:
        """List all files in a folder and below it."""
        return dict(self._walk(under))

    def _walk(self, under: str) -> Iterator[tuple[str, Stat]]:
        try:
            found = sorted(os.scandir(self.path / under), key=lambda entry: entry.name)
        except (FileNotFoundError, NotADirectoryError):
            return
        for entry in found:
            name = f"{under}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):  # a link may lead back up
                yield from self._walk(name)
            elif not entry.name.startswith("."):
                with suppress(FileNotFoundError):
                    stat = entry.stat()
                    yield name, Stat(stat.st_size, stat.st_mtime)

    def lock(self, *, exclusive: bool) -> AbstractContextManager[None]:
        """Hold the store's lock: shared while putting, alone while deleting."""
        return locks.held(self.path / "lock", exclusive=exclusive)
