"""The example site, built once for all tests that look at it."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

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


@dataclass(frozen=True)
class Built:
    """A site, the folder of its sources, and what the command that built it said."""

    root: Path
    said: str

    @property
    def site(self) -> Path:
        return self.root / "site"

    def build(self, *arguments: str) -> subprocess.CompletedProcess:
        """Build it again."""
        return _build(self.root, *arguments)


def _build(root: Path, *arguments: str) -> subprocess.CompletedProcess:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "builder", "build", *arguments]
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Build the example articles with an empty store; this takes minutes."""
    root = tmp_path_factory.mktemp("example")
    shutil.copytree(ROOT / "articles", root / "articles")
    shutil.copy(ROOT / "pyproject.toml", root / "pyproject.toml")
    done = _build(root)
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(root, done.stdout)
