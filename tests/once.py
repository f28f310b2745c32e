"""What is costly to make is made once for all processes that share the tests."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from builder import locks

WORKER = "PYTEST_XDIST_WORKER"
"""Set in the processes of pytest-xdist, whose temporary folders lie side by side."""


def folder(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return the folder of that name; the first who asks makes it, the others wait. Where it failed, all fail."""
    base = factory.getbasetemp()
    base = base.parent if WORKER in os.environ else base
    there, done, failed = base / name, base / f"{name}.done", base / f"{name}.failed"
    with locks.held(base / f"{name}.lock"):
        if failed.exists():
            pytest.fail(f"{name} could not be made: {failed.read_text('utf-8')}")
        if not done.exists():
            there.mkdir()
            try:
                make(there)
            except BaseException as error:
                failed.write_text(str(error), "utf-8")
                raise
            done.touch()
    return there
