"""Move records between two stores: only what the other lacks, objects before the record that names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import replace

from builder.frozen import frozen
from builder.reporter import Reporter
from builder.store.builds import Key
from builder.store.records import FIGURE, Record, object_name, parse, record_name
from builder.store.store import Store

AT_ONCE = 16


@frozen
class Moved:
    """How much was moved, how much was there already, and what the source lacks or has damaged."""

    records: int = 0
    size: int = 0
    there: int = 0
    missing: tuple[Key, ...] = ()

    def __add__(self, other: Moved) -> Moved:
        missing = tuple(dict.fromkeys([*self.missing, *other.missing]))
        return Moved(self.records + other.records, self.size + other.size, self.there + other.there, missing)


def move(source: Store, target: Store, wanted: Iterable[Key], reporter: Reporter, what: str = "records") -> Moved:
    """Move records with their objects, several at once. Raises StoreError where a place is lost on the way."""
    keys = list(dict.fromkeys(wanted))
    if not keys:
        return Moved()
    task = reporter.begin(what, len(keys))
    moved = Moved()
    with ThreadPoolExecutor(AT_ONCE) as threads:
        try:
            for done in as_completed([threads.submit(_move, source, target, *key) for key in keys]):
                moved += done.result()
                reporter.advance(task, 1)
        except BaseException:
            threads.shutdown(cancel_futures=True)
            raise
        finally:
            reporter.end(task)
    return replace(moved, missing=tuple(sorted(moved.missing)))


def _move(source: Store, target: Store, kind: str, key: str) -> Moved:
    if _whole(target, kind, key):
        return Moved(there=1)
    found = source.sealed(kind, key)
    if found is None:
        return Moved(missing=((kind, key),))
    sealed, record = found
    lacking = [digest for digest in record.objects if not target.exists(object_name(digest))]
    objects = source.whole(lacking)
    if objects is None:
        return Moved(missing=((kind, key),))
    target.adopt(kind, key, sealed, objects)
    return Moved(records=1, size=len(sealed) + sum(map(len, objects.values())))


def _whole(store: Store, kind: str, key: str) -> bool:
    """Tell whether a record stands there with all its objects, which are not read."""
    record = _record(store, kind, key)
    return record is not None and all(store.exists(object_name(digest)) for digest in record.objects)


def _record(store: Store, kind: str, key: str) -> Record | None:
    (data,) = store.read([record_name(kind, key)])
    try:
        return None if data is None else parse(kind, key, data)
    except ValueError:
        return None


def measurements(store: Store, figures: Iterable[str]) -> list[Key]:
    """List the measurements that the provenance of figures names."""
    records = store.records([(FIGURE, key) for key in figures])
    return [("measurement", str(one["key"])) for record in records if record for one in _measured(record)]


def _measured(record: Record) -> Iterable[Mapping[str, object]]:
    provenance = record.meta.get("provenance")
    return provenance.get("measurements", ()) if isinstance(provenance, dict) else ()
