"""Work in copies of this process gives what it gives here."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from builder.engine import processes


def who(job: int) -> tuple[int, int]:
    return job * job, os.getpid()


@pytest.mark.parametrize("copied", [True, False])
def test_every_job_is_done_in_order_wherever(monkeypatch: pytest.MonkeyPatch, copied: bool) -> None:
    monkeypatch.setattr(processes, "can_copy", lambda: copied)
    monkeypatch.setattr(processes, "processors", lambda: 2)
    found = processes.each(who, range(4))
    assert [square for square, _ in found] == [0, 1, 4, 9]
    assert (os.getpid() in {process for _, process in found}) is not copied
    assert processes.each(who, [3]) == [(9, os.getpid())]


def test_nothing_is_copied_that_has_threads() -> None:
    stop = threading.Event()
    thread = threading.Thread(target=stop.wait)
    thread.start()
    assert not processes.can_copy()
    stop.set()
    thread.join()


@pytest.mark.parametrize("copied", [True, False])
def test_what_only_saves_time_is_done_in_a_copy_or_not_at_all(monkeypatch, capfd, tmp_path: Path, copied: bool) -> None:
    monkeypatch.setattr(processes, "can_copy", lambda: copied)
    done = tmp_path / "done"

    def work() -> None:
        done.write_text(str(os.getpid()))
        raise ValueError("told by who needs it")

    processes.begin(work)
    for copy in multiprocessing.active_children():
        copy.join()
    assert done.exists() is copied
    assert not copied or int(done.read_text()) != os.getpid()
    assert capfd.readouterr() == ("", "")


STOPPED = """
import os
from concurrent.futures import ProcessPoolExecutor
from builder.engine import processes
if __name__ == "__main__":
    pool = ProcessPoolExecutor(1, processes.fresh())
    print(pool.submit(abs, -1).result(), os.environ.get("PYTHONWARNINGS"), flush=True)
    for process in pool._processes.values():
        process.kill()
    os._exit(3)
"""


def test_of_locks_that_an_end_leaves_behind_nobody_is_warned(tmp_path: Path) -> None:
    script = tmp_path / "stopped.py"
    script.write_text(STOPPED)
    here = Path(processes.__file__).parents[2]
    environment = {**os.environ, "PYTHONPATH": str(here), "PYTHONWARNINGS": "error::SyntaxWarning"}
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (3, "1 error::SyntaxWarning", "")
