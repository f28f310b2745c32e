"""A store on a disk that is full, or may only be read."""

import errno
import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from builder.reporter import Recorded
from builder.store import Store, StoreError, upkeep


def objects(*contents: bytes) -> dict[str, bytes]:
    return {hashlib.sha256(data).hexdigest(): data for data in contents}


def put(store: Store, key: str = "ab12", content: bytes = b"content") -> str:
    there = objects(content)
    store.put("figure", key, {"n": 1}, there)
    return next(iter(there))


FULL = """
import resource, signal, sys
from pathlib import Path
from builder.store import Store, StoreError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000))
try:
    Store(Path(sys.argv[1])).put("figure", "cd34", {}, {"0" * 64: b"x" * 9000})
except StoreError as error:
    print(error)
"""


def test_a_disk_that_takes_no_more_is_a_clear_error_and_leaves_the_store_whole(tmp_path: Path) -> None:
    """The system refuses in the middle of an object, as on a full disk."""
    put(Store(tmp_path))
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        env={**os.environ, "PYTHONPATH": "."},
        capture_output=True,
        text=True,
    )
    assert done.stdout == f"{tmp_path}: cannot write to the store: File too large\n", done.stderr
    assert upkeep.verify(Store(tmp_path), Recorded()).damaged == ()
    assert Store(tmp_path).keys("figure") == ["ab12"]
    assert not list(tmp_path.rglob(".new-*"))


def test_a_full_disk_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*names: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(StoreError, match="cannot write to the store: No space left on device"):
        put(Store(tmp_path))
    assert not list(tmp_path.rglob(".new-*"))


READ_ONLY = """
import os, sys
from pathlib import Path
from builder.store import Store, StoreError
if os.getuid() == 0:
    os.setuid(65534)
store = Store(Path(sys.argv[1]), print)
assert store.get("figure", "ab12") is not None
assert store.get("figure", "ee56") is None
try:
    store.put("figure", "cd34", {}, {})
except StoreError as error:
    print(error)
"""


def test_a_folder_that_may_only_be_read_serves_what_it_has() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "store"
        put(Store(folder))
        put(Store(folder), key="ee56", content=b"other")
        next((folder / "objects").glob("*/" + next(iter(objects(b"other"))))).write_bytes(b"bad")
        for path in [folder.parent, folder, *folder.rglob("*")]:
            path.chmod(0o555 if path.is_dir() else 0o444)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(folder)],
            env={**os.environ, "PYTHONPATH": "."},
            capture_output=True,
            text=True,
        )
        for path in [folder.parent, folder, *folder.rglob("*")]:
            path.chmod(0o755)
    assert done.returncode == 0, done.stderr
    assert "is damaged, and cannot be set aside" in done.stdout
    assert f"{folder}: cannot write to the store: Permission denied" in done.stdout


@pytest.mark.parametrize("kind", ["folder", "pipe", "link"])
def test_what_is_no_file_counts_as_missing_and_goes_aside(tmp_path: Path, kind: str) -> None:
    store = Store(tmp_path)
    digest = put(store)
    (tmp_path / "objects" / "round").symlink_to(tmp_path)
    path = tmp_path / "objects" / digest[:2] / digest
    path.unlink()
    {"folder": Path.mkdir, "pipe": os.mkfifo, "link": lambda place: place.symlink_to(place.name)}[kind](path)
    assert store.get("figure", "ab12") is None
    put(store)
    assert store.get("figure", "ab12") is not None
    assert path.is_file()
    assert upkeep.verify(store, Recorded()).damaged == ()
