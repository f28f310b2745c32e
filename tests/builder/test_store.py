import errno
import hashlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from builder import atomic, locks
from builder.reporter import Recorded
from builder.store import Store, StoreError, upkeep


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


WRITER = """
import hashlib, os, sys
from pathlib import Path
from builder.store import Store
store = Store(Path(sys.argv[1]))
for n in range(100000):
    data = os.urandom(2000) * 20
    store.put("figure", f"{n % 7:02d}", {"n": n}, {hashlib.sha256(data).hexdigest(): data})
"""


def test_survives_being_killed_at_any_moment(tmp_path: Path) -> None:
    said: list[str] = []
    store = Store(tmp_path, said.append)
    chance = random.Random(0)
    for _ in range(8):
        writer = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], env={**os.environ, "PYTHONPATH": "."})
        time.sleep(0.2 + chance.random() * 0.2)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        found = [store.get("figure", key) for key in store.keys("figure")]
        assert None not in found
    assert found
    assert not said


def test_two_writers_at_once_do_not_harm_each_other(tmp_path: Path) -> None:
    script = WRITER.replace("100000", "150").replace("os.urandom(2000)", "bytes([n % 251]) * 2000")
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(tmp_path)], env={**os.environ, "PYTHONPATH": "."})
        for _ in "ab"
    ]
    assert [writer.wait() for writer in writers] == [0, 0]
    said: list[str] = []
    store = Store(tmp_path, said.append)
    assert len(list(store.keys("figure"))) == 7
    assert all(store.get("figure", key) for key in store.keys("figure"))
    assert not said
