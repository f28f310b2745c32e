import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.builder import workshop

ROOT = Path(__file__).parents[3]
COMMAND = "from builder.commands.measure import measure; measure()"
STUBBORN = '''

@measurement
def stubborn(*, log: str):
    import hashlib
    note(log, "begin", "stubborn")
    hashlib.pbkdf2_hmac("sha256", b"", b"", 10**9)  # minutes, in one step
    return {"value": np.array(1)}


@figure("stubborn")
def stubborn_figure(*, log: str):
    """Never end."""
    stubborn(log=log)
'''


def start(root: Path) -> subprocess.Popen:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    arguments = [sys.executable, "-c", COMMAND, "--device", "cpu"]
    return subprocess.Popen(
        arguments, cwd=root, env=environment, stderr=subprocess.PIPE, stdout=-1, text=True, preexec_fn=workshop.hears
    )


def wait_for(log: Path, *words: str, patience_s: float = 60) -> None:
    end = time.monotonic() + patience_s
    while not (log.exists() and list(words) in workshop.lines(log)):
        assert time.monotonic() < end, log.read_text() if log.exists() else "nothing was measured"
        time.sleep(0.02)


def stop(process: subprocess.Popen, number: int) -> tuple[float, str]:
    """Send a signal; return the seconds until the end, and what was said."""
    began = time.monotonic()
    process.send_signal(number)
    _, said = process.communicate(timeout=20)
    return time.monotonic() - began, said


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "number"), [("local", signal.SIGINT), ("processes", signal.SIGTERM)])
def test_a_build_that_is_stopped_ends_soon_and_goes_on_from_there(tmp_path: Path, engine: str, number: int) -> None:
    root, log = workshop.make(tmp_path, engine=engine, workers=1), tmp_path / "log.txt"
    workshop.article(root, "one", names="1", log=log, shards=3, pause=1.0)
    process = start(root)
    wait_for(log, "begin", "10")
    time.sleep(0.4)  # what came from a worker is on its way to the store
    seconds, said = stop(process, number)
    assert process.returncode == 130
    assert seconds < 2
    assert said.splitlines()[-1] == "stopped; what was measured is kept, and the next build goes on from there"
    assert "Traceback" not in said
    again = start(root)
    _, said = again.communicate(timeout=60)
    assert again.returncode == 0, said
    noted = workshop.lines(log)
    assert [noted.count(["shard", start]) for start in ("0", "10", "20")] == [1, 1, 1]
    assert noted.count(["probed", "1"]) == 1


@pytest.mark.slow
def test_one_long_step_does_not_keep_it_from_stopping(tmp_path: Path) -> None:
    root, log = workshop.make(tmp_path), tmp_path / "log.txt"
    script = root / "figures" / "gallery" / "zz_workshop.py"
    script.write_text(script.read_text() + STUBBORN)
    (root / "articles" / "a.md").write_text(f"---\ntitle: A\n---\n\n:::{{stubborn}}\n:log: {log}\n:::\n")
    process = start(root)
    wait_for(log, "begin", "stubborn")
    seconds, said = stop(process, signal.SIGINT)
    assert process.returncode == 130
    assert seconds < 2
    assert "stopped" in said
