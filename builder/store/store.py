"""A store: look keys up, put records and objects, and set aside what is damaged."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import field
from pathlib import Path

from builder import atomic
from builder.frozen import frozen
from builder.store.builds import Key, Uses
from builder.store.local import Folder, Place, Stat
from builder.store.records import (
    Entry,
    Record,
    StoreError,
    kind_and_key,
    object_name,
    parse,
    record_name,
    seal,
    sha256,
)


def _quiet(message: str) -> None:
    """Say nothing."""


@frozen
class Store:
    """A local folder or an address; `report` is told of every damaged file that was set aside.

    What is read from an address is kept in the folder `cache` too. A store that is sent to
    another process reports nothing there.
    """

    folder: Path | str
    report: Callable[[str], None] = field(default=_quiet, compare=False)
    cache: Path | None = field(default=None, compare=False)
    uses: Uses = field(default_factory=Uses, compare=False)

    def __reduce__(self) -> tuple[object, ...]:
        return Store, (self.folder, _quiet, self.cache)

    @functools.cached_property
    def place(self) -> Place:
        """Where the files are."""
        if isinstance(self.folder, Path):
            return Folder(self.folder)
        from builder.store import remote

        return remote.cached(self.folder, self.cache) if self.cache else remote.Bucket(self.folder)

    def get(self, kind: str, key: str) -> Entry | None:
        """Look a key up; a damaged record or object is set aside, reported, and counts as missing.

        Raises StoreError where the place cannot be read.
        """
        record = self.record(kind, key)
        if record is None:
            return None
        objects = self.whole(record.objects)
        if objects is None:
            self.set_aside(record_name(kind, key), f"{kind} {key[:12]}, which names a damaged or missing object,")
            return None
        self.place.touch(record_name(kind, key))
        self.uses.note(kind, key)
        return Entry(record.meta, objects)

    def record(self, kind: str, key: str) -> Record | None:
        """Look a record up without its objects."""
        return self.records([(kind, key)])[0]

    def records(self, keys: Sequence[Key]) -> list[Record | None]:
        """Look records up without their objects; None for each that is missing or damaged."""
        sealed = self.read([record_name(*key) for key in keys])
        return [None if data is None else self._parsed(*key, data) for key, data in zip(keys, sealed, strict=True)]

    def sealed(self, kind: str, key: str) -> tuple[bytes, Record] | None:
        """Look a record up as it was sealed, and what it says."""
        (data,) = self.read([record_name(kind, key)])
        if data is None or (record := self._parsed(kind, key, data)) is None:
            return None
        return data, record

    def _parsed(self, kind: str, key: str, data: bytes) -> Record | None:
        try:
            return parse(kind, key, data)
        except ValueError:
            self.set_aside(record_name(kind, key), f"the record of {kind} {key[:12]}")
            return None

    def objects(self, digests: Sequence[str]) -> dict[str, bytes | None]:
        """Read objects and check them; None for each that is missing or damaged."""
        found = dict(zip(digests, self.read([object_name(digest) for digest in digests]), strict=True))
        for digest, data in found.items():
            if data is not None and sha256(data) != digest:
                self.set_aside(object_name(digest), f"the object {digest[:12]}")
                found[digest] = None
        return found

    def whole(self, digests: Sequence[str]) -> dict[str, bytes] | None:
        """Read objects and check them; None where one of them is missing or damaged."""
        objects = self.objects(digests)
        there = {digest: data for digest, data in objects.items() if data is not None}
        return there if len(there) == len(objects) else None

    def put(self, kind: str, key: str, meta: Mapping[str, object], objects: Mapping[str, bytes]) -> None:
        """Keep a record and its objects. Raises StoreError where that cannot be done."""
        self.adopt(kind, key, seal(kind, key, meta, objects), objects)
        self.uses.note(kind, key)

    def adopt(self, kind: str, key: str, sealed: bytes, objects: Mapping[str, bytes]) -> None:
        """Keep a record as it was sealed, after its objects."""
        try:
            with self.place.lock(exclusive=False):
                for digest, data in objects.items():
                    self.place.keep(object_name(digest), data)
                self.place.write(record_name(kind, key), sealed)
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot write to the store: {error.strerror or error}") from error

    def keys(self, kind: str) -> Iterable[str]:
        """List the keys of one kind."""
        names = map(kind_and_key, self.list(f"records/{kind}"))
        return sorted(found[1] for found in names if found is not None)

    def read(self, names: Sequence[str]) -> list[bytes | None]:
        """Read files as they are. Raises StoreError where the place cannot be read."""
        try:
            return self.place.read(names)
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot read the store: {error.strerror or error}") from error

    def exists(self, name: str) -> bool:
        """Tell whether there is a file. Raises StoreError where the place cannot be read."""
        try:
            return self.place.exists(name)
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot read the store: {error.strerror or error}") from error

    def list(self, under: str) -> dict[str, Stat]:
        """List files with size and time. Raises StoreError where the place cannot be read."""
        try:
            return self.place.list(under)
        except OSError as error:
            raise StoreError(f"{self.folder}: cannot list the store: {error.strerror or error}") from error

    def sweep(self) -> None:
        """Remove the temporary files of writers that died."""
        for folder in (self.folder, self.cache):
            if isinstance(folder, Path):
                atomic.sweep(folder / "new")

    def forget(self, named: Collection[str]) -> None:
        """Drop what was kept near by, but for the objects named."""
        if self.cache is not None:
            near = Folder(self.cache)
            for name in near.list("objects"):
                if name not in named:
                    near.remove(name)

    def set_aside(self, name: str, what: str) -> None:
        """Move a damaged file away, so that it counts as missing, and report it."""
        try:
            if not self.place.move(name, f"damaged/{name.rpartition('/')[2]}"):
                return
        except (OSError, StoreError):
            self.report(f"{what} is damaged, and cannot be set aside: {self.folder} cannot be written")
            return
        self.report(f"{what} was damaged: set aside in {self.folder}/damaged, to be measured again")
