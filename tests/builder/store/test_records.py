"""Records are sealed by a checksum and stand under their own names."""

import hashlib
import json
import os
import shutil
import time
from pathlib import Path

import pytest

from builder.store import Store


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


def test_a_record_that_stands_under_the_name_of_another_is_not_taken_for_it(small: Store) -> None:
    place = small.folder / "records" / "figure"
    shutil.copy(place / "aa" / "aa11.json", place / "aa" / "aa99.json")
    assert small.get("figure", "aa99") is None
    assert small.get("figure", "aa11") is not None


def test_a_name_that_leads_out_of_the_store_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_bytes(b"secret")
    store = Store(tmp_path / "store")
    put(store, "aa11", b"x")
    path = store.folder / "records" / "figure" / "aa" / "aa11.json"
    body = json.loads(path.read_bytes())["record"].replace(next(iter(objects(b"x"))), "../../../secret")
    path.write_bytes(json.dumps({"record": body, "sha256": hashlib.sha256(body.encode()).hexdigest()}).encode())
    assert store.get("figure", "aa11") is None
    assert (tmp_path / "secret").exists()
