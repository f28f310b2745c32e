"""Builds and gcs of one site at the same time, as real processes."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from builder.reporter import Recorded
from builder.store import Store, builds, upkeep
from tests.benchmarks import killed, switched

ROOT = Path(__file__).parents[3]

WRITER = """
import hashlib, os, sys
from pathlib import Path
from builder.store import Store, builds
folder = Path(sys.argv[1])
said = []
store = Store(folder, said.append)
with builds.recorded(store, folder, "Writer"):
    for n in range(200):
        data = b"always the same" * 9 if n % 2 else os.urandom(3000)
        digest = hashlib.sha256(data).hexdigest()
        store.put("figure", f"{n:04d}", {}, {digest: data})
        for back in range(max(n - 5, 0), n + 1):
            assert store.get("figure", f"{back:04d}") is not None, (n, back)
assert not said, said
"""

SWEEPER = """
import sys
from pathlib import Path
from builder.store import Store, upkeep
folder = Path(sys.argv[1])
swept = 0
store = Store(folder, print)
while not (folder / "stop").exists():
    swept += upkeep.gc(store, [], upkeep.history(store, folder), delete=True).records
print(swept)
"""

GC = """
import sys
from pathlib import Path
from builder import needs, settings
from builder.reporter import Recorded
root = Path(sys.argv[1])
rounds = 0
while not (root / "stop").exists():
    needs.gc(settings.load(root), Recorded(), builds_kept=0, hours=0.0, delete=True)
    rounds += 1
print(rounds)
"""


def start(script: str, folder: Path) -> subprocess.Popen:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)], env=environment, stdout=-1, stderr=-2, text=True
    )


def end(process: subprocess.Popen) -> str:
    said, _ = process.communicate(timeout=120)
    assert process.returncode == 0, said
    return said


@pytest.mark.slow
def test_a_gc_takes_nothing_from_a_build_that_runs(tmp_path: Path) -> None:
    old = Store(tmp_path)
    old.put("figure", "ffff", {}, {})
    os.utime(tmp_path / "records" / "figure" / "ff" / "ffff.json", (1, 1))
    sweepers = [start(SWEEPER, tmp_path) for _ in range(2)]
    writers = [start(WRITER, tmp_path) for _ in range(2)]
    for writer in writers:
        end(writer)
    assert upkeep.verify(old, Recorded()).damaged == ()
    (tmp_path / "stop").touch()
    assert sum(int(end(sweeper)) for sweeper in sweepers) == 1
    assert "ffff" not in old.keys("figure")


def test_a_build_that_was_killed_no_longer_counts_as_running(tmp_path: Path) -> None:
    writer = start(WRITER.replace("range(200)", "range(400000)"), tmp_path)
    while not [log for log in builds.logs(tmp_path) if log.keys]:
        time.sleep(0.02)
        assert writer.poll() is None
    assert builds.logs(tmp_path)[0].running
    writer.kill()
    writer.communicate()
    (log,) = builds.logs(tmp_path)
    assert not log.running
    store = Store(tmp_path)
    assert {key for _, key in log.keys} <= set(store.keys("figure"))
    swept = upkeep.gc(store, [], builds.last([log], 0), delete=True)
    assert (swept.kept, upkeep.listing(store).rows) == (0, ())


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> switched.Trial:
    one = switched.Trial(tmp_path_factory.mktemp("trial"))
    one.begin()
    return one


def begin_build(trial: switched.Trial) -> subprocess.Popen:
    return start(f"import sys; sys.argv = ['m', 'build', '--device', 'cpu', '--site', {str(trial.folder)!r}]\n"
                 "from builder.cli import main; main()", trial.folder)  # fmt: skip


@pytest.mark.slow
def test_two_builds_and_a_gc_at_once_end_in_the_right_site(trial: switched.Trial) -> None:
    (trial.folder / "stop").unlink(missing_ok=True)
    trial.write("first")
    trial.run("build")
    trial.write("second")
    for path in trial.store.glob("records/[fm]*/*/*.json"):
        path.unlink()
    gc = start(GC, trial.folder)
    for process in [begin_build(trial), begin_build(trial)]:
        end(process)
    (trial.folder / "stop").touch()
    assert int(end(gc)) >= 1
    assert trial.tree() == trial.versions["second"]
    assert trial.damaged() == []
    assert trial.loose() == []


@pytest.mark.slow
def test_builds_of_different_versions_at_once_leave_no_page_without_its_files(trial: switched.Trial) -> None:
    for old, new in (("second", "first"), ("first", "second")):
        trial.write(old)
        one = begin_build(trial)
        while not list(trial.store.glob(f"builds/*-{one.pid}.log")):
            time.sleep(0.005)
        time.sleep(trial.seconds * 0.6)
        trial.write(new)
        other = begin_build(trial)
        end(one)
        end(other)
        tree = trial.tree()
        named = {name for data in tree.values() for name in re.findall(rb"assets/[\w.-]+\.[0-9a-f]{12}\.\w+", data)}
        assert named
        assert {name.decode() for name in named} <= set(tree)
        assert killed.wrong(tree, trial.versions[old], trial.versions[new]) == []
    trial.run("build")
    assert trial.tree() == trial.versions["second"]
