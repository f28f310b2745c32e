"""Keys are looked up and put, and what is damaged is set aside."""

import hashlib
from pathlib import Path

import pytest

from builder.store import Store, StoreError


def objects(*contents: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


def put(store: Store, key: str = "ab12", content: bytes = b"content") -> str:
    there = objects(content)
    store.put("figure", key, {"n": 1}, there)
    return next(iter(there))


def test_gives_back_what_was_put(tmp_path: Path) -> None:
    store = Store(tmp_path)
    digest = put(store)
    entry = store.get("figure", "ab12")
    assert entry.meta == {"n": 1}
    assert entry.read(digest) == b"content"
    assert store.get("figure", "other") is None


def test_a_damaged_object_is_set_aside_and_reported(tmp_path: Path) -> None:
    said: list[str] = []
    store = Store(tmp_path, said.append)
    digest = put(store)
    (tmp_path / "objects" / digest[:2] / digest).write_bytes(b"content!")
    assert store.get("figure", "ab12") is None
    assert digest[:12] in said[0]
    assert (tmp_path / "damaged" / digest).read_bytes() == b"content!"
    put(store)
    assert store.get("figure", "ab12").read(digest) == b"content"


@pytest.mark.parametrize(
    "damage", [lambda d: d[:-5], lambda d: b"", lambda d: d.replace(b"1", b"2", 1), lambda d: b"[]"]
)
def test_a_damaged_record_is_set_aside_and_reported(tmp_path: Path, damage) -> None:
    said: list[str] = []
    store = Store(tmp_path, said.append)
    put(store)
    path = next((tmp_path / "records").rglob("*.json"))
    path.write_bytes(damage(path.read_bytes()))
    assert store.get("figure", "ab12") is None
    assert len(said) == 1


def test_damaged_bytes_are_mended_when_the_same_content_is_put_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    digest = put(store)
    (tmp_path / "objects" / digest[:2] / digest).write_bytes(b"?")
    put(store, key="cd34")
    assert store.get("figure", "cd34").read(digest) == b"content"


def test_a_folder_that_cannot_be_written_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / "objects").write_text("a file in the way")
    with pytest.raises(StoreError, match="cannot write to the store"):
        put(Store(tmp_path))
