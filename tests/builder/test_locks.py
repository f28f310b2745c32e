"""Locks are held by open files: one at a time, several when shared, and none after the end of a process."""

import subprocess
import sys
from pathlib import Path

import pytest

from builder import locks

HOLD = """
import sys, time
from pathlib import Path
from builder import locks
with locks.held(Path(sys.argv[1]), exclusive=sys.argv[2] == "alone"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def other(tmp_path: Path):
    """Let another process hold the lock until it is killed."""
    started = []

    def hold(how: str) -> subprocess.Popen:
        line = [sys.executable, "-c", HOLD, str(tmp_path / "lock"), how]
        started.append(subprocess.Popen(line, stdout=subprocess.PIPE, text=True, cwd=Path(locks.__file__).parents[1]))
        assert started[-1].stdout.readline() == "held\n"
        return started[-1]

    yield hold
    for process in started:
        process.kill()
        process.communicate()


def taken(path: Path, *, exclusive: bool) -> bool | None:
    with path.open("rb") as file:
        return locks.take(file.fileno(), exclusive=exclusive)


@pytest.mark.parametrize(("how", "shared"), [("alone", False), ("together", True)])
def test_who_holds_a_lock_alone_shares_it_with_nobody(other, tmp_path: Path, how: str, shared: bool) -> None:
    other(how)
    assert taken(tmp_path / "lock", exclusive=True) is False
    assert taken(tmp_path / "lock", exclusive=False) is shared


def test_the_end_of_a_process_frees_its_lock_however_it_ends(other, tmp_path: Path) -> None:
    process, told = other("alone"), []
    with locks.held(tmp_path / "lock", waiting=lambda: (told.append("waiting"), process.kill())):
        assert taken(tmp_path / "lock", exclusive=False) is False
    assert told == ["waiting"]
    assert taken(tmp_path / "lock", exclusive=True) is True


def test_nobody_is_told_to_wait_for_a_free_lock(tmp_path: Path) -> None:
    with locks.held(tmp_path / "deep" / "lock", waiting=lambda: pytest.fail("nobody has it")):
        pass


def test_without_locks_nothing_is_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "lock").touch()
    monkeypatch.setattr(locks.sys, "platform", "win32")
    assert taken(tmp_path / "lock", exclusive=True) is None
