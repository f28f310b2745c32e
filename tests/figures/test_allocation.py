"""Memory that a layer has used serves the next, and goes back when all is done."""

from __future__ import annotations

import subprocess
import sys

import pytest

PREPARED = """
import resource, torch
from figures import allocation
def taken():
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _ in range(3):
        torch.ones(16_000_000)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * resource.getpagesize()
"""


WATCHED = """
before, kept = taken(), allocation.keep()
# A small block in the way costs one more round, never every round.
after, held = min(taken() for _ in range(6)), resident()
allocation.release()
print(int(kept), before, after, held, resident())
"""


@pytest.mark.slow
def test_blocks_are_not_asked_for_again_and_go_back_when_released():
    done = subprocess.run([sys.executable, "-c", PREPARED + WATCHED], capture_output=True, text=True, check=True)
    kept, before, after, held, released = (float(word) for word in done.stdout.split())
    if not kept:
        pytest.skip("another allocator than glibc's")
    assert before > 3 * 10_000
    assert after < before / 50
    assert held - released > 50e6


def test_where_there_is_no_glibc_nothing_is_done(monkeypatch):
    from figures import allocation

    monkeypatch.setattr(allocation.ctypes, "CDLL", lambda name: object())
    allocation.keep.cache_clear()
    assert allocation.keep() is False
    allocation.release()
    allocation.keep.cache_clear()
