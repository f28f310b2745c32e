"""Digests of files, remembered by path, size and time of change.

One JSON file for each data set, in columns, so that a million entries are read in about a
second; where nothing has changed, three columns are compared and the digests taken whole.
"""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from figures.specs import DataSpec

DIGEST_BYTES = 32
Tell = Callable[[int, int], None]
_FORMAT = 1
_AT_ONCE = 256
_SAVE_EVERY_S = 60.0
#: A file changed less than this ago may change again without a new time: its digest is not kept.
_SETTLED_NS = 2 * 10**9


@dataclass(frozen=True)
class Files:
    """Files below a folder by relative name, in order, with size and time of change."""

    root: Path
    names: list[str]
    sizes: list[int]
    times: list[int]

    def first(self, count: int | None) -> Files:
        """Return the first `count` of them, or all."""
        return Files(self.root, self.names[:count], self.sizes[:count], self.times[:count])


@dataclass(frozen=True)
class Members:
    """The images in one tar: names, first bytes, sizes, labels, digests, and what could not be read."""

    names: list[str] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    digests: bytes = b""
    broken: list[str] = field(default_factory=list)


class Memory:
    """What is known of the files of one data set; kept when the work ends, or breaks off."""

    def __init__(self, path: Path | None, tell: Tell | None = None) -> None:
        self.path, self.tell = path, tell
        self.columns: dict[str, list] = {"names": [], "sizes": [], "times": []}
        self.digests = b""
        self.tars: dict[str, list] = {}
        self._changed, self._saved_at = False, time.monotonic()

    @classmethod
    def of(cls, spec: DataSpec, folder: Path | None, tell: Tell | None) -> Memory:
        """Read what a folder remembers of a data set; what cannot be read counts as nothing."""
        what = f"{spec.kind} {os.path.abspath(spec.path or '.')} {spec.image_column} {spec.label_column}"
        name = hashlib.sha256(what.encode("utf-8", "surrogateescape")).hexdigest()[:24]
        memory = cls(folder / f"{name}.json" if folder else None, tell)
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, AttributeError):
            memory._read()
        return memory

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_error: object) -> None:
        self._save()

    def sha256(self, files: Files, count: int | None = None) -> tuple[bytes, list[int]]:
        """Return the digests of the first `count` of `files`, and which of those cannot be read.

        What is remembered of files that are no longer listed is forgotten.
        """
        asked = files.first(count)
        if [asked.names, asked.sizes, asked.times] == list(self.columns.values()):
            return self.digests, []
        known = {name: entry for name, *entry in self._entries()}
        stamps = list(zip(asked.sizes, asked.times, strict=True))
        found = [_same(known.get(name), stamp) for name, stamp in zip(asked.names, stamps, strict=True)]
        missing = [index for index, digest in enumerate(found) if digest is None]
        if not missing and len(asked.names) < len(files.names):
            return b"".join(filter(None, found)), []
        rest = {name: known[name] for name in files.names[len(asked.names) :] if name in known}
        try:
            for index, digest in self._hashed(asked, missing):
                found[index] = digest
                if time.monotonic() - self._saved_at > _SAVE_EVERY_S:
                    self._keep(asked, found, rest)
                    self._save()
        finally:
            self._keep(asked, found, rest)
        return b"".join(filter(None, found)), [index for index, digest in enumerate(found) if digest is None]

    def members(self, name: str, path: Path, read: Callable[[Path], Members]) -> Members:
        """Return what is in a tar; it is read where its size or time have changed."""
        stat = path.stat()
        stamp = [stat.st_size, stat.st_mtime_ns]
        known = self.tars.get(name)
        if known is not None and known[:2] == stamp:
            names, offsets, sizes, labels, digests, broken = known[2:]
            return Members(names, offsets, sizes, labels, base64.b64decode(digests), broken)
        one = read(path)
        if time.time_ns() - stat.st_mtime_ns > _SETTLED_NS:
            columns = [one.names, one.offsets, one.sizes, one.labels]
            self.tars[name] = [*stamp, *columns, base64.b64encode(one.digests).decode(), one.broken]
            self._changed = True
        return one

    def _entries(self) -> Iterator[tuple[str, int, int, bytes]]:
        starts = range(0, len(self.digests), DIGEST_BYTES)
        pieces = (self.digests[start : start + DIGEST_BYTES] for start in starts)
        return zip(*self.columns.values(), pieces, strict=True)

    def _hashed(self, files: Files, missing: Sequence[int]) -> Iterator[tuple[int, bytes | None]]:
        """Read files, several at once, and a few at a time so that an interrupt need not wait long."""
        with ThreadPoolExecutor(8) as pool:
            for start in range(0, len(missing), _AT_ONCE):
                some = missing[start : start + _AT_ONCE]
                yield from zip(some, pool.map(_sha256, (files.root / files.names[i] for i in some)), strict=True)
                if self.tell:
                    self.tell(start + len(some), len(missing))

    def _keep(self, files: Files, found: list[bytes | None], rest: dict[str, list]) -> None:
        settled = time.time_ns() - _SETTLED_NS
        rows = zip(files.names, files.sizes, files.times, found, strict=True)
        kept = [row for row in rows if row[3] is not None and row[2] < settled]
        kept += [(name, *entry) for name, entry in rest.items()]
        *columns, digests = (list(column) for column in zip(*kept, strict=True)) if kept else ([], [], [], [])
        before = self.columns, self.digests
        self.columns, self.digests = dict(zip(self.columns, columns, strict=True)), b"".join(digests)
        self._changed = self._changed or before != (self.columns, self.digests)

    def _read(self) -> None:
        content = json.loads(self.path.read_bytes()) if self.path else {}
        if content.get("format") != _FORMAT:
            return
        columns, digests = {name: content[name] for name in self.columns}, base64.b64decode(content["digests"])
        if {len(column) * DIGEST_BYTES for column in columns.values()} == {len(digests)}:
            self.columns, self.digests, self.tars = columns, digests, content["tars"]

    def _save(self) -> None:
        """Replace the file whole; a place that cannot be written only means reading again."""
        if self.path is None or not self._changed:
            return
        digests = base64.b64encode(self.digests).decode()
        content = {"format": _FORMAT, **self.columns, "digests": digests, "tars": self.tars}
        with contextlib.suppress(OSError):
            _replace(self.path, json.dumps(content, separators=(",", ":")).encode())
        self._changed, self._saved_at = False, time.monotonic()


def _same(known: list | None, stamp: tuple[int, int]) -> bytes | None:
    return known[2] if known and (known[0], known[1]) == stamp else None


def _sha256(path: Path) -> bytes | None:
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError:
        return None


def _replace(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
