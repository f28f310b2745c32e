"""Look after a store: list it, check it, show a record, and delete what nothing uses."""

from __future__ import annotations

import time
from collections.abc import Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from builder.errors import UsageError
from builder.frozen import frozen
from builder.reporter import Reporter
from builder.store import builds
from builder.store.builds import Key, Log
from builder.store.local import Stat
from builder.store.records import Record, StoreError, kind_and_key, object_name, parse, record_name, sha256
from builder.store.store import Store

AT_ONCE = 16
MARGIN_S = 60.0
"""So much earlier than its log says may a build have begun: clocks of machines differ."""


@frozen
class Row:
    """One record: what it is of, its size with its objects in bytes, and when it was last used (seconds)."""

    kind: str
    key: str
    name: str
    size: int
    time: float


@frozen
class Listing:
    """All records, and how many bytes they and all objects take, each object counted once."""

    rows: tuple[Row, ...]
    size: int


@frozen
class Checked:
    """How many records and objects were read, and which are damaged."""

    records: int
    objects: int
    size: int
    damaged: tuple[str, ...]


@frozen
class Swept:
    """What a gc deleted, or would delete: records, objects, bytes; and how many records stay."""

    records: int
    objects: int
    size: int
    kept: int


def listing(store: Store) -> Listing:
    """List all records. Raises StoreError where the place is lost."""
    objects = store.list("objects")
    records = store.list("records")
    sizes = {name.rpartition("/")[2]: stat.size for name, stat in objects.items()}
    stats = {key: stat for name, stat in records.items() if (key := kind_and_key(name))}
    found = zip(stats.items(), store.records(list(stats)), strict=True)
    rows = [_row(*key, record, stat, sizes) for (key, stat), record in found if record is not None]
    total = sum(stat.size for stat in [*objects.values(), *records.values()])
    return Listing(tuple(sorted(rows, key=lambda row: (row.kind, row.name, row.key))), total)


def _row(kind: str, key: str, record: Record, stat: Stat, sizes: Mapping[str, int]) -> Row:
    size = stat.size + sum(sizes.get(digest, 0) for digest in record.objects)
    return Row(kind, key, name_of(record), size, stat.time)


def name_of(record: Record) -> str:
    """Name what a record is of: the figure, the measurement, the network."""
    meta = record.meta
    provenance = meta.get("provenance")
    figure = provenance.get("figure", "") if isinstance(provenance, Mapping) else ""
    names = (figure, meta.get("measurement"), meta.get("network"), meta.get("dataset"), meta.get("name"))
    return next((str(name) for name in names if name), "")


def find(store: Store, prefix: str) -> tuple[str, str, Record]:
    """Find the one record whose key begins with `prefix`. Raises UsageError where there is none, or several."""
    keys = [key for name in store.list("records") if (key := kind_and_key(name)) and key[1].startswith(prefix)]
    if not keys:
        raise UsageError(f"no record in {store.folder} has a key that begins with {prefix!r}")
    if len(keys) > 1:
        some = ", ".join(f"{kind} {key[:16]}" for kind, key in keys[:4])
        raise UsageError(f"{len(keys)} keys begin with {prefix!r} ({some}{', …' * (len(keys) > 4)}); write more of it")
    record = store.record(*keys[0])
    if record is None:
        raise StoreError(f"the record of {keys[0][0]} {keys[0][1]} was damaged")
    return *keys[0], record


def readable(kind: str, key: str, record: Record) -> dict[str, object]:
    """Put a record in an order to be read in: how it was made comes first, digests of sources are only counted."""
    meta = {**record.meta}
    made = ("measurement", "network", "dataset", "provenance")
    first: dict[str, object] = {name: meta.pop(name) for name in made if name in meta}
    parts = meta.get("parts")
    if isinstance(parts, dict) and isinstance(parts.get("sources"), dict):
        meta["parts"] = {**parts, "sources": f"{len(parts['sources'])} definitions"}
    return {"kind": kind, "key": key, **first, **meta, "objects": list(record.objects)}


def verify(store: Store, reporter: Reporter) -> Checked:
    """Read everything and compute every checksum again; what is damaged is set aside."""
    objects, records = store.list("objects"), store.list("records")
    task = reporter.begin("checking", len(objects) + len(records))
    damaged: list[str] = []
    with ThreadPoolExecutor(AT_ONCE if not store.place.locks else 2) as threads:
        for names, check in ((objects, _check_object), (records, _check_record)):
            for wrong in threads.map(lambda name, check=check: check(store, name), names):
                damaged += wrong
                reporter.advance(task, 1)
    reporter.end(task)
    size = sum(stat.size for stat in [*objects.values(), *records.values()])
    return Checked(len(records), len(objects), size, tuple(damaged))


def _check_object(store: Store, name: str) -> list[str]:
    (data,) = store.read([name])
    if data is None or name == object_name(sha256(data)):
        return []
    store.set_aside(name, f"the object {name.rpartition('/')[2][:12]}")
    return [name]


def _check_record(store: Store, name: str) -> list[str]:
    key = kind_and_key(name)
    (data,) = store.read([name])
    if data is None:
        return []
    try:
        if key is None or record_name(*key) != name:
            raise ValueError("a stray file")
        missing = [d for d in parse(*key, data).objects if not store.exists(object_name(d))]
    except ValueError:
        store.set_aside(name, f"the file {name}")
        return [name]
    # A gc deletes a record before its objects: one that is gone by now was not damaged.
    if missing and store.exists(name):
        store.set_aside(name, f"{key[0]} {key[1][:12]}, which names a missing object,")
        return [f"{name}: its object {missing[0]} is missing"]
    return []


def history(store: Store, folder: Path) -> list[Log]:
    """Read the logs of all builds that used a store: those of this site, and those that others published."""
    found = {log.name: log for log in builds.logs(folder)}
    if not isinstance(store.folder, Path):
        names = [name for name in store.list("builds") if name.rpartition("/")[2] not in found]
        for name, data in zip(names, store.read(names), strict=True):
            log = builds.parse(name.rpartition("/")[2], data or b"")
            found[log.name] = log
    return sorted(found.values(), key=lambda log: log.name)


def forget(store: Store, logs: list[Log]) -> None:
    """Delete those of long ago among the logs that were published where the store is."""
    kept = {f"builds/{log.name}" for log in builds.last(logs, builds.HISTORY)}
    for name in [] if isinstance(store.folder, Path) else store.list("builds"):
        if name not in kept:
            store.place.remove(name)


def gc(store: Store, keep: Collection[Key], logs: list[Log], *, grace_s: float = 0.0, delete: bool = False) -> Swept:
    """Delete every record that is neither in `keep` nor in `logs` and all objects that no record names then.

    Spares what running builds use, and what was used in the last `grace_s` seconds. Without
    `delete` it only counts. Raises StoreError where the place cannot be changed.
    """
    began = time.time()
    starts = [log.start - MARGIN_S for log in logs if log.running]
    spared_since = min([began - grace_s, *starts])
    used = {*keep, *(key for log in logs for key in log.keys)}
    try:
        with store.place.lock(exclusive=True):
            return _sweep(store, used, spared_since, delete)
    except OSError as error:
        raise StoreError(f"{store.folder}: cannot delete from the store: {error.strerror or error}") from error


def _sweep(store: Store, used: set[Key], spared_since: float, delete: bool) -> Swept:
    records = store.list("records")
    unused = {n: s for n, s in records.items() if kind_and_key(n) not in used and s.time < spared_since}
    kept = [key for name in records if name not in unused and (key := kind_and_key(name))]
    named = {object_name(digest) for record in store.records(kept) if record for digest in record.objects}
    others = {**store.list("objects"), **store.list("damaged")}
    loose = {name: stat for name, stat in others.items() if name not in named and stat.time < spared_since}
    if delete:
        for name in [*unused, *loose]:
            store.place.remove(name)
        store.forget(named)
    size = sum(stat.size for stat in [*unused.values(), *loose.values()])
    return Swept(len(unused), len(loose), size, len(records) - len(unused))
