"""The example site, built once for all tests that look at it."""

import atexit
import compileall
import contextlib
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from tests import once

if once.WORKER in os.environ:
    # Each process has a core of its own: more threads than one would only take turns. Torch is not imported yet.
    os.environ.setdefault("OMP_NUM_THREADS", "1")

if "MICROSCRIBE_CACHE" not in os.environ:
    # Sites of the tests share fonts and runtime with each other, in all processes, and with no site of the user.
    os.environ["MICROSCRIBE_CACHE"] = tempfile.mkdtemp(prefix="microscribe-tests-")
    atexit.register(shutil.rmtree, os.environ["MICROSCRIBE_CACHE"], ignore_errors=True)

ROOT = Path(__file__).parent.parent
EXAMPLE = "example"
_library = pytest.StashKey[dict]()


def pytest_xdist_auto_num_workers() -> int:
    """Start half as many processes again as there are processors: they often wait for browsers and commands."""
    return (os.cpu_count() or 1) * 3 // 2


def pytest_configure() -> None:
    """Compile once what hundreds of processes will import: where Python is told to keep no bytecode, each would anew."""
    if once.WORKER not in os.environ:
        for folder in ("builder", "figures"):
            compileall.compile_dir(ROOT / folder, quiet=2)


def _of_the_library() -> dict:
    return {name: module for name, module in sys.modules.items() if name == "figures" or name.startswith("figures.")}


def _looks_at_the_example(item: pytest.Item) -> bool:
    return "example" in getattr(item, "fixturenames", ())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the tests that look at the example site last: it is built while the others run."""
    items.sort(key=_looks_at_the_example)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Remember the figure library as the tests imported it; the first of several processes begins the example site."""
    session.stash[_library] = _of_the_library()
    first = os.environ.get(once.WORKER) == "gw0" and not session.config.option.collectonly
    if first and any(map(_looks_at_the_example, session.items)):
        factory = session.config._tmp_path_factory
        threading.Thread(target=_begin_example, args=(factory,), daemon=True).start()


def _begin_example(factory: pytest.TempPathFactory) -> None:
    with contextlib.suppress(BaseException):  # the tests that wait for it are told what went wrong
        once.folder(factory, EXAMPLE, _make_example)


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Give every test that library again: builds forget it, to read edited scripts anew."""
    there = item.session.stash[_library]
    if any(sys.modules.get(name) is not module for name, module in there.items()):
        for name in _of_the_library():
            del sys.modules[name]
        sys.modules.update(there)
        for name, module in there.items():
            package, _, own = name.rpartition(".")
            if package:
                setattr(there[package], own, module)
            _forget_others(name, module)


def _forget_others(name: str, package: ModuleType) -> None:
    """Take out of a package the modules below it that were imported since: they would be found there, and be stale."""
    for attribute, module in list(vars(package).items()):
        below = isinstance(module, ModuleType) and module.__name__ == f"{name}.{attribute}"
        if below and sys.modules.get(module.__name__) is not module:
            delattr(package, attribute)


@dataclass(frozen=True)
class Built:
    """A site and the folder of its sources."""

    root: Path

    @property
    def site(self) -> Path:
        return self.root / "site"

    def build(self, *arguments: str) -> subprocess.CompletedProcess:
        """Build it again."""
        return _build(self.root, *arguments)

    def copied(self, root: Path) -> "Built":
        """Copy it with its store, for tests that change it: others look at this one."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return Built(root)


def _build(root: Path, *arguments: str) -> subprocess.CompletedProcess:
    # Builds are what tests wait for: they may use all processors, unlike the processes of the tests.
    environment = {name: value for name, value in os.environ.items() if name != "OMP_NUM_THREADS"}
    environment["PYTHONPATH"] = str(ROOT)
    command = [sys.executable, "-m", "builder", "build", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)


def _make_example(root: Path) -> None:
    shutil.copytree(ROOT / "articles", root / "articles")
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    # One process uses little more than one core, whatever its threads: much of what it does waits for what was before.
    several = '[tool.microscribe]\nengine = "processes"\nworkers = 2\n'
    (root / "pyproject.toml").write_text(project.replace("[tool.microscribe]\n", several), "utf-8")
    done = _build(root)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the example articles with an empty store; this takes minutes. To be looked at, not changed."""
    return Built(once.folder(tmp_path_factory, EXAMPLE, _make_example))
