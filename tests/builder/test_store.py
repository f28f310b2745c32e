import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.store import Store

WRITER = """
import hashlib, os, sys
from pathlib import Path
from builder.store import Store
store = Store(Path(sys.argv[1]))
print("ready", flush=True)
for n in range(100000):
    data = os.urandom(2000) * 20
    store.put("figure", f"{n % 7:02d}", {"n": n}, {hashlib.sha256(data).hexdigest(): data})
"""


@pytest.mark.slow
def test_survives_being_killed_at_any_moment(tmp_path: Path) -> None:
    said: list[str] = []
    store = Store(tmp_path, said.append)
    chance = random.Random(0)
    for _ in range(8):
        line, environment = [sys.executable, "-c", WRITER, str(tmp_path)], {**os.environ, "PYTHONPATH": "."}
        writer = subprocess.Popen(line, env=environment, stdout=subprocess.PIPE, text=True)
        assert writer.stdout.readline() == "ready\n"
        time.sleep(chance.random() * 0.2)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        found = [store.get("figure", key) for key in store.keys("figure")]
        assert None not in found
    assert found
    assert not said


@pytest.mark.slow
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
