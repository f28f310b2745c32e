"""Stores at an address: in memory, on an S3-compatible server, and where they cannot be reached."""

import hashlib
import pickle
import re
import subprocess
import sys
from pathlib import Path

import pytest

from builder.reporter import Recorded
from builder.store import Store, StoreError, builds, upkeep
from builder.store.records import object_name, record_name


def objects(*contents: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


def test_gives_back_what_was_put(place: str) -> None:
    store = Store(place)
    store.put("figure", "ab12", {"n": 1}, objects(b"one", b"two"))
    entry = store.get("figure", "ab12")
    assert entry.meta == {"n": 1}
    assert entry.objects == objects(b"one", b"two")
    assert store.get("figure", "other") is None
    assert store.keys("figure") == ["ab12"]
    assert store.keys("network") == []
    again = pickle.loads(pickle.dumps(store))
    assert again.get("figure", "ab12").objects == entry.objects


def test_damage_is_set_aside_reported_and_mended_by_the_next_put(place: str) -> None:
    said: list[str] = []
    store = Store(place, said.append)
    store.put("figure", "ab12", {}, objects(b"one"))
    name = object_name(next(iter(objects(b"one"))))
    store.place.write(name, b"One")
    assert store.get("figure", "ab12") is None
    assert f"set aside in {place}/damaged" in said[0]
    assert store.place.read([f"damaged/{name.rpartition('/')[2]}"]) == [b"One"]
    store.put("figure", "ab12", {}, objects(b"one"))
    assert store.get("figure", "ab12").objects == objects(b"one")


def test_upkeep_works_at_an_address(place: str) -> None:
    store = Store(place)
    store.put("figure", "ab12", {"name": "mine"}, objects(b"one", b"two"))
    store.put("figure", "cd34", {"name": "yours"}, objects(b"two", b"three"))
    assert [row.name for row in upkeep.listing(store).rows] == ["mine", "yours"]
    assert upkeep.verify(store, Recorded()).damaged == ()
    assert upkeep.gc(store, {("figure", "ab12")}, [], grace_s=3600, delete=True).records == 0
    swept = upkeep.gc(store, {("figure", "ab12")}, [], grace_s=-3600, delete=True)
    assert (swept.records, swept.objects, swept.kept) == (1, 1, 1)
    assert store.get("figure", "ab12").objects == objects(b"one", b"two")
    record = record_name("figure", "ab12")
    store.place.write(record, store.place.read([record])[0][:-4])
    assert upkeep.verify(store, Recorded()).damaged == (record,)


def test_objects_are_kept_near_by_and_checked_there_too(address: str, tmp_path: Path) -> None:
    far, near = Store(address), Store(address, cache=tmp_path)
    far.put("figure", "ab12", {}, objects(b"one"))
    assert near.get("figure", "ab12").objects == objects(b"one")
    name = object_name(next(iter(objects(b"one"))))
    far.place.write(name, b"gone bad")
    assert near.get("figure", "ab12").objects == objects(b"one")
    (tmp_path / name).write_bytes(b"bad too")
    assert near.get("figure", "ab12") is None
    assert not (tmp_path / "records").exists()


@pytest.mark.slow
def test_a_lost_remote_is_a_clear_error(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    lost = Store(f"{bucket}/lost")
    clear = "Could not connect to the endpoint URL"
    with pytest.raises(StoreError, match=f"cannot read the store: {clear}"):
        lost.get("figure", "ab12")
    with pytest.raises(StoreError, match=f"cannot write to the store: {clear}"):
        lost.put("figure", "ab12", {}, {})
    s3fs.S3FileSystem.clear_instance_cache()


def test_a_bucket_that_is_not_there_and_missing_credentials_are_clear_errors(
    bucket: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with pytest.raises(StoreError, match="cannot write to the store: The specified bucket does not exist"):
        Store("s3://not-there-at-all/x").put("figure", "ab12", {}, {})
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(tmp_path / "none"))
    monkeypatch.setenv("AWS_CONFIG_FILE", str(tmp_path / "none"))
    import s3fs

    s3fs.S3FileSystem.clear_instance_cache()
    with pytest.raises(StoreError, match="Unable to locate credentials"):
        Store(f"{bucket}/x").get("figure", "ab12")
    s3fs.S3FileSystem.clear_instance_cache()


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("sys.modules['fsspec'] = None", r"pip install 'microscribe\[remote\]'"),
        ("sys.modules['s3fs'] = None", r"pip install 'microscribe\[remote\]'"),
    ],
)
def test_a_missing_package_is_named(code: str, message: str) -> None:
    program = (
        f"import sys\n{code}\nfrom builder.store import Store, StoreError\n"
        "try: Store('s3://bucket/x').get('figure', 'a')\nexcept StoreError as error: print(error)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert re.search(message, done.stdout)


def test_an_unknown_address_is_a_clear_error() -> None:
    with pytest.raises(StoreError, match="Protocol not known: gopher"):
        Store("gopher://x").get("figure", "a")


def test_logs_of_long_ago_are_deleted_where_they_were_published(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(address)
    for day in range(4):
        store.place.write(f"builds/2026010{day}.log", b'{"site": "Trial", "start": 1.0}\nfigure aa11\n')
    monkeypatch.setattr(builds, "HISTORY", 2)
    upkeep.forget(store, upkeep.history(store, Path("nowhere")))
    assert list(store.list("builds")) == ["builds/20260102.log", "builds/20260103.log"]
