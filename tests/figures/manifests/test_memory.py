"""Contents are read once, and again only where they may have changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from figures.manifests import memory
from tests.figures.manifests.on_disk import FILES, aged, taken, write


def test_nothing_is_read_again_until_it_changes(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    before = taken(root, folder)
    assert sorted(reads) == ["1.jpg", "2.png", "3.JPEG", "4.webp"]
    reads.clear()
    assert taken(root, folder).digest == before.digest
    assert reads == []
    write(root, {"a/0.png": b"nil", "a/1.jpg": b"ONE and more"})
    (root / "b/2.png").unlink()
    after = taken(root, folder)
    assert sorted(reads) == ["0.png", "1.jpg"]
    assert after.digest == taken(root).digest != before.digest


def test_a_file_of_the_same_size_with_another_time_is_read_again(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    before = taken(root, folder)
    (root / "a/1.jpg").write_bytes(b"eno")
    aged(root / "a/1.jpg", 30)
    reads.clear()
    assert taken(root, folder).digest != before.digest
    assert reads == ["1.jpg"]


def test_a_file_that_has_only_just_changed_is_not_trusted(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    (root / "a/1.jpg").write_bytes(b"eno")
    for _ in range(2):
        reads.clear()
        taken(root, folder)
        assert "1.jpg" in reads
    assert reads == ["1.jpg"]


def test_the_memory_is_one_file_and_what_is_spoiled_in_it_is_read_again(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    before = taken(root, folder)
    (kept,) = folder.iterdir()
    assert set(json.loads(kept.read_bytes())) == {"format", "names", "sizes", "times", "digests", "tars"}
    for spoiled in (b"", b"[1]", kept.read_bytes()[:-20], kept.read_bytes().replace(b'"sizes":[', b'"sizes":[1,')):
        kept.write_bytes(spoiled)
        reads.clear()
        assert taken(root, folder).digest == before.digest
        assert len(reads) == 4


def test_what_was_read_before_an_interrupt_is_kept(tmp_path, monkeypatch):
    root, folder = write(tmp_path / "data", {f"{i:03d}.png": b"%d" % i for i in range(40)}), tmp_path / "memory"
    monkeypatch.setattr(memory, "_AT_ONCE", 8)
    plain, seen = memory._sha256, []

    def stops(path: Path) -> bytes:
        if path.name == "030.png":
            raise KeyboardInterrupt
        return plain(path)

    monkeypatch.setattr(memory, "_sha256", stops)
    with pytest.raises(KeyboardInterrupt):
        taken(root, folder)
    monkeypatch.setattr(memory, "_sha256", lambda path: seen.append(path.name) or plain(path))
    taken(root, folder)
    assert min(seen) >= "024.png"
    assert "031.png" in seen
