"""The example site, built once for all tests that look at it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from tests import once

if once.WORKER in os.environ:
    # Each process has a core of its own: more threads than one would only take turns. Torch is not imported yet.
    os.environ.setdefault("OMP_NUM_THREADS", "1")

ROOT = Path(__file__).parent.parent
_library = pytest.StashKey[dict]()


def _of_the_library() -> dict:
    return {name: module for name, module in sys.modules.items() if name == "figures" or name.startswith("figures.")}


def pytest_collection_finish(session: pytest.Session) -> None:
    """Remember the figure library as the tests imported it."""
    session.stash[_library] = _of_the_library()


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
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "builder", "build", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)


def _make_example(root: Path) -> None:
    shutil.copytree(ROOT / "articles", root / "articles")
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    done = _build(root)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the example articles with an empty store; this takes minutes. To be looked at, not changed."""
    return Built(once.folder(tmp_path_factory, "example", _make_example))
