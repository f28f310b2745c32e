"""What runs in a worker process: the site is opened there once, and tasks are done in it."""

from __future__ import annotations

import contextlib
import ctypes
import functools
import hashlib
import io
import multiprocessing
import os
import signal
import tempfile
import threading
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder.engine.setup import MODULES, SCRIPTS, Setup, extend_gallery, forget_figures, open_modules
from builder.plan.closure import Sources

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

    from figures.lab import Lab


#: Names of the settings of glibc's allocator, from malloc.h.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_one_at_a_time = threading.Lock()
_open: dict[str, tuple[Lab, Callable[[str], str]]] = {}


def measure(setup: Setup, task: bytes) -> bytes:
    """Do one task, one at a time in a process however many threads it has; every error is part of the outcome."""
    with _one_at_a_time:
        try:
            lab, named = _opened(setup)
        except Exception as error:  # noqa: BLE001 - it is shown where the task came from
            from figures import worker

            return worker.lost(f"a worker could not open the site: {error}")
        from figures import worker

        return worker.perform(lab, task, named=named)


def serve(connection: Connection, setup: Setup) -> None:
    """Do the tasks that come through a pipe until it closes; the parent decides about Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=end_with_parent, daemon=True).start()
    os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
    try:
        while True:
            connection.send_bytes(measure(setup, connection.recv_bytes()))
    except (EOFError, OSError):
        return


def measure_on_dask(setup: Setup, task: bytes) -> bytes:
    """Do one task on a Dask worker, with all of its threads."""
    from distributed import get_worker

    _keep_freed_memory()
    worker = get_worker()
    return measure(replace(setup, threads=setup.threads or worker.state.nthreads), task)


@functools.cache
def _keep_freed_memory() -> None:
    """Keep what tensors free for the next ones, as the C library does by itself.

    Dask starts its workers so that they give every freed 64 KiB back to the system, and getting
    it again takes a network three times as long as computing does.
    """
    with contextlib.suppress(OSError, AttributeError):  # another C library than glibc
        library = ctypes.CDLL(None)
        library.mallopt(_TRIM_THRESHOLD, 1 << 30)
        library.mallopt(_MMAP_THRESHOLD, 1 << 25)


def end_with_parent() -> None:
    """Wait until the parent process has ended, and end this one."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(0)


def _opened(setup: Setup) -> tuple[Lab, Callable[[str], str]]:
    """Open a site, once; return its lab, and what gives a file the name that it has for the author."""
    key = hashlib.sha256(repr(setup).encode()).hexdigest()
    if key not in _open:
        if _open:
            forget_figures()  # scripts of another site, or as they were before an edit
            _open.clear()
        _open[key] = _lab(setup)
    return _open[key]


def _lab(setup: Setup) -> tuple[Lab, Callable[[str], str]]:
    from figures import lab as labs

    if setup.threads:
        labs.use_threads(setup.threads)
    modules, scripts = _folders(setup)
    if scripts is not None:
        extend_gallery(scripts)
    site = setup.site or labs.Site()
    open_modules(modules or site.root)
    roots = {"figures": Path(labs.__file__).parent, "": modules or site.root}
    if scripts is not None and scripts.is_dir():
        roots["figures.gallery"] = scripts
    lab = labs.Lab(
        device=labs.checked_device(setup.device),
        closure=Sources(roots).of,
        site=site if site.root.is_dir() else replace(site, root=modules or site.root),
        precision=setup.precision,
    )
    return lab, functools.partial(_named, setup, modules, scripts)


def _folders(setup: Setup) -> tuple[Path | None, Path | None]:
    """Return the folders of the site's modules and of its scripts; what came with the setup is unpacked."""
    if not setup.code:
        return None, setup.gallery
    folder = Path(tempfile.gettempdir()) / f"microscribe-{hashlib.sha256(setup.code).hexdigest()[:16]}-{os.getpid()}"
    with zipfile.ZipFile(io.BytesIO(setup.code)) as archive:
        archive.extractall(folder)
    return folder / MODULES, folder / SCRIPTS if setup.gallery else None


def _named(setup: Setup, modules: Path | None, scripts: Path | None, file: str) -> str:
    if setup.code:
        for here, there in ((scripts, setup.gallery), (modules, setup.site.root if setup.site else None)):
            if here is not None and there is not None and Path(file).is_relative_to(here):
                return str(there / Path(file).relative_to(here))
    return file
