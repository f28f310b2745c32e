"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from builder import atomic, locks


def test_temporary_files_of_the_dead_are_swept_and_those_of_the_living_are_not(tmp_path: Path) -> None:
    dead, living = tmp_path / f"{atomic.PREFIX}dead", tmp_path / "below" / f"{atomic.PREFIX}living"
    living.parent.mkdir()
    dead.write_bytes(b"half")
    with living.open("wb") as file:
        assert locks.take(file.fileno())
        assert atomic.sweep(tmp_path, deep=True) == 1
        assert living.exists()
    assert not dead.exists()
    assert atomic.sweep(tmp_path) == 0
    assert atomic.sweep(tmp_path, deep=True) == 1


def test_a_file_swept_away_before_it_was_locked_is_written_again(tmp_path: Path, monkeypatch) -> None:
    taken: list[bool] = []
    take = locks.take

    def late(handle: int, **options: bool) -> bool | None:
        if not taken:
            taken.append(True)
            assert atomic.sweep(tmp_path) == 1
        return take(handle, **options)

    monkeypatch.setattr(locks, "take", late)
    atomic.write(tmp_path / "file", b"whole")
    assert (tmp_path / "file").read_bytes() == b"whole"
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_nothing_but_a_file_is_replaced(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder"):
        before = (tmp_path / name).stat()
        with pytest.raises(OSError, match=r"pipe|directory"):
            atomic.write(tmp_path / name, b"")
        assert (tmp_path / name).stat().st_ino == before.st_ino
    assert len(list(tmp_path.iterdir())) == 2


def test_what_was_kept_and_is_damaged_counts_as_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name, data in (
        ("good", b"[1]"),
        ("torn", b"[1"),
        ("junk", b"\xff\0"),
        ("deep", b"[" * 100_000),
        ("empty", b""),
    ):
        (tmp_path / name).write_bytes(data)
    names = ("good", "torn", "junk", "deep", "empty", "pipe", "folder", "gone")
    assert [atomic.kept(tmp_path / name) for name in names] == [[1], *[None] * 7]
