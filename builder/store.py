"""The content-addressed place where measurements and artifacts are kept.

`objects/ab/<sha256>` holds bytes named by their digest; `records/<kind>/ab/<key>.json` says
which objects belong to a key. Objects are written before the record that names them, each
through a temporary file and a rename, so a build that dies leaves nothing half-written, and
two builds at once write the same bytes to the same names. Nothing is ever unpickled.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder import atomic


class StoreError(Exception):
    """The store cannot be written, for example because the disk is full."""


@dataclass(frozen=True)
class Entry:
    """A record: its description, and the checked bytes it names."""

    meta: Mapping[str, object]
    objects: Mapping[str, bytes]

    def read(self, digest: str) -> bytes:
        """Return the bytes whose SHA-256 is `digest`."""
        return self.objects[digest]


@dataclass(frozen=True)
class Store:
    """A local folder; `report` is told of every damaged file that was set aside."""

    folder: Path
    report: Callable[[str], None] = field(default=lambda message: None, compare=False)

    def get(self, kind: str, key: str) -> Entry | None:
        """Look a key up; a damaged record or object is set aside, reported, and counts as missing."""
        path = self._record(kind, key)
        try:
            record = _parse(path.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError:
            self._set_aside(path, f"the record of {kind} {key[:12]}")
            return None
        objects = {digest: self._object(digest) for digest in record["objects"]}
        if None in objects.values():
            self._set_aside(path, f"{kind} {key[:12]}, which names a damaged or missing object,")
            return None
        return Entry(record["meta"], objects)

    def has(self, kind: str, key: str) -> bool:
        """Tell whether a record stands under a key, without checking it."""
        return self._record(kind, key).exists()

    def put(self, kind: str, key: str, meta: Mapping[str, object], objects: Mapping[str, bytes]) -> None:
        """Keep a record and its objects. Raises StoreError where that cannot be done."""
        try:
            for digest, data in objects.items():
                if not self._intact(digest):
                    atomic.write(self._path(digest), data)
            atomic.write(self._record(kind, key), _seal({"meta": dict(meta), "objects": sorted(objects)}))
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot write to the store: {error.strerror or error}") from error

    def keys(self, kind: str) -> Iterable[str]:
        """List the keys of one kind."""
        return sorted(path.stem for path in (self.folder / "records" / kind).glob("*/*.json"))

    def _record(self, kind: str, key: str) -> Path:
        return self.folder / "records" / kind / key[:2] / f"{key}.json"

    def _path(self, digest: str) -> Path:
        return self.folder / "objects" / digest[:2] / digest

    def _intact(self, digest: str) -> bool:
        try:
            return hashlib.sha256(self._path(digest).read_bytes()).hexdigest() == digest
        except FileNotFoundError:
            return False

    def _object(self, digest: str) -> bytes | None:
        path = self._path(digest)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        if hashlib.sha256(data).hexdigest() == digest:
            return data
        self._set_aside(path, f"the object {digest[:12]}")
        return None

    def _set_aside(self, path: Path, what: str) -> None:
        damaged = self.folder / "damaged"
        damaged.mkdir(parents=True, exist_ok=True)
        try:
            os.replace(path, damaged / path.name)
        except FileNotFoundError:
            return
        self.report(f"{what} was damaged: set aside in {damaged}, to be measured again")


def _seal(record: Mapping[str, object]) -> bytes:
    body = json.dumps(record, sort_keys=True, separators=(",", ":"))
    return json.dumps({"sha256": hashlib.sha256(body.encode()).hexdigest(), "record": body}).encode()


def _parse(data: bytes) -> dict[str, object]:
    sealed = json.loads(data)
    try:
        body = sealed["record"]
        if hashlib.sha256(body.encode()).hexdigest() != sealed["sha256"]:
            raise ValueError("checksum")
        return json.loads(body)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("not a record") from error
