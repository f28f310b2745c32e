"""Digests of files, remembered."""

import hashlib
import json
import os
import time
from pathlib import Path

import pytest

from builder.plan.catalogue import files
from tests.builder.plan.catalogue.sample import open_catalogue


def test_digests_of_files_are_remembered_and_renewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "SETTLED_NS", -1)
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    first = open_catalogue(tmp_path)
    assert first.files.digest(file) == hashlib.sha256(b"one").hexdigest()
    first.save()
    memory = tmp_path / ".microscribe" / "digests.json"
    known = json.loads(memory.read_text())
    memory.write_text(json.dumps({name: [*stamp[:-1], "remembered"] for name, stamp in known.items()}))
    assert open_catalogue(tmp_path).files.digest(file) == "remembered"
    for other in (b"other", b"OTHER"):  # the second is as long, and said to be as old
        file.write_bytes(other)
        os.utime(file, (1, 1))
        assert open_catalogue(tmp_path).files.digest(file) == hashlib.sha256(other).hexdigest()


def test_a_file_that_changed_a_moment_ago_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    digests = open_catalogue(tmp_path).files
    for content in (b"one", b"two"):
        file.write_bytes(content)
        os.utime(file, ns=(now := time.time_ns(), now // 10**9 * 10**9))
        assert digests.digest(file) == hashlib.sha256(content).hexdigest()


def test_a_file_that_was_put_in_the_place_of_another_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who unpacks or copies gives files their size and time of change."""
    monkeypatch.setattr(files, "SETTLED_NS", -1)
    file, digests = tmp_path / "weights", open_catalogue(tmp_path).files
    for content in (b"one", b"two"):
        file.write_bytes(content)
        os.utime(file, (1, 1))
        assert digests.digest(file) == hashlib.sha256(content).hexdigest()
        time.sleep(0.02)  # clocks of files count in steps
