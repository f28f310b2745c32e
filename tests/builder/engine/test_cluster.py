import os
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from builder.engine.cluster import Cluster
from builder.errors import UsageError
from builder.reporter import Recorded
from tests.builder import workshop

SHARDS, LAYERS = 10, 2
distributed = pytest.importorskip("distributed")

SCAN = '''

from figures.parameters import Dataset, Model


@figure("scanned")
def scanned(*, log: str, model: Model = "glyphs", dataset: Dataset = "glyphs:160", shard: int = 16):
    """Scan in small shards."""
    from figures.methods import datasets, models, scan

    found = scan.by_layer(models.load(model), datasets.load(dataset), ("conv1", "mixed3b"), shard=shard)
    return Artifact("Scanned.", (DOT,), Table(("images",), ()), {"images": found["conv1"].images})
'''


def make(root: Path, **settings: object) -> Path:
    root.mkdir()
    workshop.make(root, **settings)
    script = root / "figures" / "gallery" / "zz_workshop.py"
    script.write_text(script.read_text() + SCAN)
    return root


@pytest.fixture(scope="module")
def cluster() -> Iterator[object]:
    """Two worker processes that declare a GPU each, and are started again when they die."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, memory_limit=0, dashboard_address=":0", resources={"GPU": 1}
    ) as made:
        yield made


def records(root: Path) -> dict[str, Path]:
    """Return the records of measurements in a site's store by key."""
    return {path.stem: path for path in (root / ".microscribe" / "records" / "measurement").rglob("*.json")}


def kill_one(cluster, root: Path, killed: list[int]) -> None:
    """Kill a worker as soon as the first shards are in the store."""
    with distributed.Client(cluster, set_as_default=False) as client:
        pids = list(client.run(os.getpid).values())
    end = time.monotonic() + 60
    while len(records(root)) < 4 and time.monotonic() < end:
        time.sleep(0.01)
    os.kill(pids[0], signal.SIGKILL)
    killed.append(len(records(root)))


@pytest.mark.slow
def test_a_worker_killed_during_a_scan_costs_its_task_only(cluster, tmp_path: Path) -> None:
    here, there = make(tmp_path / "here"), make(tmp_path / "there", engine="dask", dask=cluster.scheduler_address)
    killed: list[int] = []
    killer = threading.Thread(target=kill_one, args=(cluster, there, killed), daemon=True)
    killer.start()
    resolved, _ = workshop.resolve(there, Path("log"), {}, figure="scanned")
    killer.join()
    assert resolved.problems == ()
    assert 4 <= killed[0] < SHARDS * (1 + LAYERS), "the worker died after the scan"
    expected, _ = workshop.resolve(here, Path("log"), {}, figure="scanned")
    assert expected.problems == ()
    assert set(records(there)) == set(records(here))
    assert arrays(there) == arrays(here)


def arrays(root: Path) -> dict[str, str]:
    """Return the digest of the arrays of every measurement."""
    from builder.store import Store

    store = Store(root / ".microscribe")
    return {key: str(store.get("measurement", key).meta["arrays"]) for key in records(root)}


@pytest.mark.slow
def test_own_scripts_travel_and_their_errors_come_back_with_the_lines_of_the_author(
    cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DASK_SCHEDULER_ADDRESS", cluster.scheduler_address)
    root, log = make(tmp_path / "site", engine="dask"), tmp_path / "log.txt"
    figures = {"names": "1,2,3,4"}, {"names": "5", "fail": "error"}
    resolved, (entry, missing) = workshop.resolve(root, log, *figures)
    assert entry.meta["artifact"]["values"] == {"sum": 410.0, "total": 2 * 780.0 + 12}
    assert missing is None
    told = str(resolved.problems[0])
    assert told.startswith(
        "articles/a.md:7: workshop: KeyError: 'nothing is known about 5' (figures/gallery/zz_workshop.py:"
    )
    assert str(os.getpid()) not in {line.split()[0] for line in log.read_text().splitlines() if " probed " in line}


def test_an_address_where_nobody_answers_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("builder.engine.cluster.PATIENCE_S", 0.3)
    root = make(tmp_path / "site", engine="dask", dask="tcp://127.0.0.1:9")
    with pytest.raises(UsageError, match="no Dask scheduler answers at tcp://127.0.0.1:9"):
        workshop.resolve(root, tmp_path / "log.txt", {"names": "1"})


def test_only_workers_that_declare_a_gpu_measure_where_some_do() -> None:
    workers = {"tcp://a": {"resources": {"GPU": 1.0}}, "tcp://b": {"resources": {}}}
    client = type("Client", (), {"scheduler_info": lambda self, n_workers: {"workers": workers}})()
    assert Cluster(client, None, Recorded()).count == 1
    workers.pop("tcp://a")
    assert Cluster(client, None, Recorded()).count == 1
    workers["tcp://c"] = {}
    assert Cluster(client, None, Recorded()).count == 2


@pytest.mark.slow
def test_without_an_address_a_cluster_is_made_here(tmp_path: Path) -> None:
    root, log = make(tmp_path / "site", engine="dask", workers=1), tmp_path / "log.txt"
    resolved, (entry,) = workshop.resolve(root, log, {"names": "1,2"})
    assert resolved.problems == ()
    assert entry.meta["artifact"]["values"]["sum"] == 203.0
    assert str(os.getpid()) not in {line.split()[0] for line in log.read_text().splitlines() if " probed " in line}
