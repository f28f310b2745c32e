import hashlib
import os
import time
from pathlib import Path

import pytest

from builder.errors import UsageError
from builder.reporter import Recorded
from builder.store import Store, StoreError, builds, upkeep


def objects(*contents: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


def put(store: Store, key: str, *contents: bytes, kind: str = "figure") -> None:
    store.put(kind, key, {"name": f"of {key}"}, objects(*contents))


def aged(folder: Path) -> None:
    """Make everything a day old."""
    for path in [*folder.rglob("*.json"), *(folder / "objects").rglob("*")]:
        os.utime(path, (time.time() - 86400,) * 2)


@pytest.fixture
def small(tmp_path: Path) -> Store:
    store = Store(tmp_path)
    put(store, "aa11", b"mine", b"shared")
    put(store, "bb22", b"shared", b"other", kind="measurement")
    aged(tmp_path)
    return store


def test_the_listing_counts_shared_objects_once(small: Store) -> None:
    listed = upkeep.listing(small)
    assert [(row.kind, row.key, row.name) for row in listed.rows] == [
        ("figure", "aa11", "of aa11"),
        ("measurement", "bb22", "of bb22"),
    ]
    files = [path.stat().st_size for path in small.folder.rglob("*") if path.is_file() and path.name != "lock"]
    assert listed.size == sum(files)
    assert sum(row.size for row in listed.rows) == listed.size + len(b"shared")


def test_verify_names_every_kind_of_damage_and_sets_it_aside(small: Store) -> None:
    put(small, "cc33", b"third")
    put(small, "dd44", b"fourth")
    mine, third = (next(iter(objects(data))) for data in (b"mine", b"third"))
    (small.folder / "objects" / mine[:2] / mine).write_bytes(b"Mine")
    (small.folder / "objects" / third[:2] / third).unlink()
    record = small.folder / "records" / "figure" / "dd" / "dd44.json"
    record.write_bytes(record.read_bytes()[:-9])
    found = upkeep.verify(small, Recorded())
    assert set(found.damaged) == {
        f"objects/{mine[:2]}/{mine}",
        f"records/figure/aa/aa11.json: its object {mine} is missing",
        f"records/figure/cc/cc33.json: its object {third} is missing",
        "records/figure/dd/dd44.json",
    }
    assert upkeep.verify(small, Recorded()).damaged == ()
    assert small.get("measurement", "bb22") is not None
    assert len(list((small.folder / "damaged").iterdir())) == 4


def test_gc_counts_first_and_deletes_when_told(small: Store) -> None:
    before = upkeep.listing(small)
    keep = {("figure", "aa11")}
    counted = upkeep.gc(small, keep, [])
    assert upkeep.listing(small) == before
    assert (counted.records, counted.objects, counted.kept) == (1, 1, 1)
    assert upkeep.gc(small, keep, [], delete=True) == counted
    assert before.size - upkeep.listing(small).size == counted.size
    assert small.get("figure", "aa11").objects == objects(b"mine", b"shared")
    assert small.get("measurement", "bb22") is None
    assert upkeep.gc(small, keep, [], delete=True).records == 0


def test_gc_spares_what_was_used_since_a_running_build_began(small: Store) -> None:
    put(small, "cc33", b"fresh")
    running = builds.Log("x.log", "Trial", time.time() - 5, True, frozenset())
    assert upkeep.gc(small, [], [running], delete=True).records == 2
    assert small.get("figure", "cc33") is not None
    small.get("figure", "cc33")
    assert upkeep.gc(small, [], [], grace_s=3600, delete=True).records == 0
    assert upkeep.gc(small, [], [], delete=True).records == 1
    assert upkeep.listing(small).size == 0


def test_finding_marks_a_record_as_used(small: Store) -> None:
    small.get("figure", "aa11")
    used = {row.key: row.time for row in upkeep.listing(small).rows}
    assert used["aa11"] - used["bb22"] > 80000


def test_the_beginning_of_a_key_is_enough(small: Store) -> None:
    assert upkeep.find(small, "a")[:2] == ("figure", "aa11")
    put(small, "ab12", b"x")
    with pytest.raises(UsageError, match=r"2 keys begin with 'a' \(figure aa11, figure ab12\)"):
        upkeep.find(small, "a")
    with pytest.raises(UsageError, match="begins with 'ff'"):
        upkeep.find(small, "ff")


def test_a_place_that_cannot_be_read_is_a_clear_error(tmp_path: Path, monkeypatch) -> None:
    def closed(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(path))

    store = Store(tmp_path)
    put(store, "aa11", b"x")
    monkeypatch.setattr(Path, "read_bytes", closed)
    with pytest.raises(StoreError, match="cannot read the store: Permission denied"):
        store.get("figure", "aa11")
