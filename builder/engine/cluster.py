"""A Dask cluster that measures: one that runs already, or one made on this machine for trying it."""

from __future__ import annotations

import concurrent.futures
import contextlib
import logging
import os
import signal
import uuid
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from builder.engine import remote
from builder.engine.setup import CPUS_PER_WORKER, Setup, packed, processors
from builder.errors import UsageError
from builder.reporter import Reporter

if TYPE_CHECKING:
    from distributed import Client, Future, LocalCluster

ADDRESSES = ("MICROSCRIBE_DASK", "DASK_SCHEDULER_ADDRESS")
PATIENCE_S = 15
TRIES = 3
GPU = "GPU"


@contextmanager
def cluster(setup: Setup, count: int, address: str, reporter: Reporter) -> Iterator[Cluster]:
    """Connect to a scheduler, at an address or at that of the environment; without any make a cluster here.

    Raises UsageError where the library is missing or nobody answers.
    """
    try:
        import distributed
    except ImportError as error:
        raise UsageError("engine = \"dask\" needs: pip install 'microscribe[cluster]'") from error
    address = address or next((os.environ[name] for name in ADDRESSES if os.environ.get(name)), "")
    root = setup.site.root if setup.site else None
    with ExitStack() as stack:
        if not address:
            cpus = processors()
            count = count or max(2, cpus // CPUS_PER_WORKER)
            setup = replace(setup, threads=setup.threads or max(1, cpus // count))
            local = stack.enter_context(_local(count))
            stack.enter_context(_killed_when_stopped(local))
            reporter.say(f"a Dask cluster of {count} workers on this machine")
        try:
            where = address or local
            client = stack.enter_context(distributed.Client(where, timeout=PATIENCE_S, set_as_default=False))
        except (OSError, ValueError) as error:
            raise UsageError(f"no Dask scheduler answers at {address}: {error}") from error
        yield Cluster(client, replace(setup, code=packed(root, setup.gallery)), reporter)


def _local(count: int) -> LocalCluster:
    from distributed import LocalCluster

    return LocalCluster(
        n_workers=count, threads_per_worker=1, processes=True, memory_limit=0, dashboard_address=":0",
        silence_logs=logging.ERROR,
    )  # fmt: skip


@contextmanager
def _killed_when_stopped(local: LocalCluster) -> Iterator[None]:
    """Do not wait for what workers are at when the build is stopped."""
    try:
        yield
    except KeyboardInterrupt:
        for nanny in local.workers.values():
            if nanny.pid:
                os.kill(nanny.pid, signal.SIGKILL)
        raise


@dataclass
class Cluster:
    """The workers of a cluster; see `figures.lab.Workers`."""

    client: Client
    setup: Setup
    reporter: Reporter

    @property
    def count(self) -> int:
        """How many tasks the cluster can do at once."""
        return max(1, len(self._with_gpu() or self._workers()))

    def run(self, tasks: Sequence[bytes]) -> Iterator[tuple[int, bytes]]:
        """Yield (index of the task, its answer) in the order in which they are finished.

        A worker that dies costs its task only: the scheduler gives it to another, a few times. So
        does one that dies with an answer that nobody has fetched yet: the task is given out again.
        """
        from distributed import as_completed

        self._wait_for_workers()
        resources = {GPU: 1} if self._with_gpu() else None
        futures = {self._submit(data, resources): number for number, data in enumerate(tasks)}
        lost: Counter[int] = Counter()
        waiting = as_completed(list(futures), loop=self.client.loop)
        try:
            for future in waiting:
                number = futures.pop(future)
                answer = _answer(future, again=lost[number] < TRIES)
                future.release()
                if answer is None:
                    lost[number] += 1
                    anew = self._submit(tasks[number], resources)
                    futures[anew] = number
                    waiting.add(anew)
                else:
                    yield number, answer
        finally:
            self.client.cancel(list(futures), force=True)

    def _submit(self, task: bytes, resources: Mapping[str, int] | None) -> Future[bytes]:
        name = f"microscribe-{uuid.uuid4().hex}"
        return self.client.submit(remote.measure_on_dask, self.setup, task, key=name, resources=resources)

    def _workers(self) -> dict[str, dict[str, Any]]:
        return dict(self.client.scheduler_info(n_workers=-1)["workers"])

    def _with_gpu(self) -> list[str]:
        """List the workers that declare a GPU; where there are any, only these measure."""
        return [name for name, worker in self._workers().items() if worker.get("resources", {}).get(GPU)]

    def _wait_for_workers(self) -> None:
        if not self._workers():
            self.reporter.say("waiting for a worker of the Dask cluster")
            self.client.wait_for_workers(1)


def _answer(future: Future[bytes], *, again: bool) -> bytes | None:
    """Fetch what a worker gave; None where it is lost and may be asked for `again`."""
    from distributed.scheduler import KilledWorker

    from figures import worker

    with contextlib.suppress(concurrent.futures.CancelledError):
        if future.status == "finished":
            result: bytes = future.result()
            return result
    if again and future.status in ("lost", "cancelled"):
        return None
    error = future.exception() if future.status == "error" else None
    if isinstance(error, KilledWorker):
        return worker.lost("every Dask worker that tried to measure this died; perhaps memory did not suffice")
    if isinstance(error, ImportError):
        return worker.lost(f"the Dask workers cannot import Microscribe ({error}); it must be installed there")
    return worker.lost(f"the Dask cluster could not measure this: {error or future.status}")
