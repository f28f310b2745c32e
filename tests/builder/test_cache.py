"""What a cache keeps is what was made, or it is made again."""

from __future__ import annotations

from pathlib import Path

import pytest

from builder.cache import cached


def test_what_is_kept_is_not_made_again(tmp_path: Path) -> None:
    path = tmp_path / "cache" / "a"
    assert cached(path, lambda: b"picture") == b"picture"
    assert cached(path, lambda: b"") == b"picture"


@pytest.mark.parametrize("damaged", [b"", b"\0", b"picture", b"\0" * 200])
def test_what_is_damaged_is_made_again(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "a"
    cached(path, lambda: b"old")
    path.write_bytes(damaged)
    assert cached(path, lambda: b"new") == cached(path, lambda: b"other") == b"new"


def test_a_file_cut_short_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "a"
    cached(path, lambda: b"old")
    path.write_bytes(path.read_bytes()[:-1])
    assert cached(path, lambda: b"new") == b"new"
