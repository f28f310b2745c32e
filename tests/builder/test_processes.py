"""Work in copies of this process gives what it gives here."""

from __future__ import annotations

import os
import threading

import pytest

from builder import processes


def who(job: int) -> tuple[int, int]:
    return job * job, os.getpid()


@pytest.mark.parametrize("copied", [True, False])
def test_every_job_is_done_in_order_wherever(monkeypatch: pytest.MonkeyPatch, copied: bool) -> None:
    monkeypatch.setattr(processes, "can_copy", lambda: copied)
    monkeypatch.setattr("builder.engine.setup.processors", lambda: 2)
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
