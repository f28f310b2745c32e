"""A small site that is switched between two versions, and commands upon it that are killed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from builder import atomic, recall, settings
from builder.plan.plan import open_house
from builder.publish.plan import MANIFEST
from builder.reporter import Recorded
from builder.store import Store, upkeep

ROOT = Path(__file__).parents[2]
VERSIONS = ("first", "second")
PUBLIC, REMOTE = "public", "remote"

SCRIPT = '''\
"""How long is a wave?"""

import numpy as np

from figures.artifact import Artifact, Image, Table
from figures.measurement import measurement
from figures.parameters import Unit, Units, Model
from figures.registry import figure

DOT = Image(b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', "image/svg+xml", 8, 8, "A dot.")


@measurement(each="units")
def wave(units, *, scale: float):
    lengths = [1 + int(unit.partition(":")[2]) for unit in units]
    return {"wave": np.sin(np.arange(200_000) / 7)[None] * np.array(lengths)[:, None] * scale}


@figure("waves")
def waves(*, units: Units, scale: float = 1.0, model: Model = "glyphs") -> Artifact:
    """Show waves."""
    lengths = np.abs(wave(units, scale=scale)["wave"]).sum(axis=1)
    rows = tuple((unit, float(length)) for unit, length in zip(units, lengths, strict=True))
    return Artifact("Waves.", (DOT,), Table(("unit", "length"), rows), {"sum": float(lengths.sum())})


@figure("unit-card")
def card(*, unit: Unit, model: Model = "glyphs") -> Artifact:
    """Show one unit."""
    length = float(wave((unit,), scale=1.0)["wave"].max())
    return Artifact(unit, (DOT,), Table(("unit", "length"), ((unit, length),)))


@figure("tuning-curve")
def tuning(*, units: Units, model: Model = "glyphs") -> Artifact:
    """Show nothing much."""
    return Artifact(f"Tuning of {units[0]}", (DOT,), Table(("unit",), ((units[0],),)))
'''

ARTICLE = """\
---
title: The {version} version of article {number}
date: 2026-01-0{number}
---

A {version} text about {{unit}}`mixed3b:{number}`, whose waves sum to {{value}}`fig-waves.sum:.1f`.

:::{{waves}}
:name: waves
:units: mixed3b:{number}..{last}
:scale: {scale}

Waves.
:::
"""


@dataclass(frozen=True)
class Command:
    """A command that is killed; `has_begun` tells of its trial and its process whether there is something to tear."""

    arguments: tuple[str, ...]
    has_begun: Callable[[Trial, int], bool]


@dataclass
class Trial:
    """A site that is switched between two versions.

    `seconds` is how long each command takes from its beginning on, `took` how long the last one took. `versions` holds the files of both, built undisturbed.
    """

    folder: Path
    versions: dict[str, dict[str, bytes]] = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)
    took: float = 0.0

    @property
    def store(self) -> Path:
        return self.folder / ".microscribe"

    def begin(self) -> None:
        """Write the site, and run every command undisturbed."""
        (self.folder / "figures" / "gallery").mkdir(parents=True)
        (self.folder / "articles").mkdir()
        (self.folder / "pyproject.toml").write_text("[tool.microscribe]\ntitle = 'Trial'\n")
        (self.folder / "figures" / "gallery" / "zz_waves.py").write_text(SCRIPT)
        for version in VERSIONS:
            self.write(version)
            self._time("build")  # the first also looks at the network, which is remembered
            self.versions[version] = self.tree()
        for name in ("publish", "push"):
            self._time(name)
        self.forget(1.0, Random())
        self._time("measure")
        self.seconds["serve"] = 1.5 * self.seconds["build"]  # it does not end by itself

    def _time(self, name: str) -> None:
        """Run a command that has all its work before it, and remember how long that took."""
        self.run(name)
        self.seconds[name] = self.took

    def write(self, version: str) -> None:
        """Switch the articles to a version."""
        for number in (1, 2, 3):
            text = ARTICLE.format(version=version, number=number, last=number + 4, scale=1.0 + VERSIONS.index(version))
            # Whole, since a build of another version may be reading it.
            atomic.write(self.folder / "articles" / f"a{number}.md", text.encode())

    def run(self, name: str, share: float | None = None) -> bool:
        """Run a command; tell whether it was killed, after a share of the usual time since it began to do something.

        Raises RuntimeError where it failed.
        """
        command = COMMANDS[name]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(
            [sys.executable, "-m", "builder", *command.arguments], cwd=self.folder, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        while process.poll() is None and not command.has_begun(self, process.pid):
            time.sleep(0.002)
        start = time.perf_counter()
        try:
            said, _ = process.communicate(timeout=None if share is None else share * self.seconds[name])
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return True
        if process.returncode:
            raise RuntimeError(said.decode())
        self.took = time.perf_counter() - start
        return False

    def forget(self, share: float, chance: Random) -> None:
        """Drop a share of what was measured and drawn from the store."""
        for path in self.records():
            if path.parts[-3] != "shared" and chance.random() < share:
                path.unlink()

    def bare(self) -> None:
        """Begin the remote anew: what is there is not pushed again."""
        shutil.rmtree(self.folder / REMOTE, ignore_errors=True)

    def records(self) -> list[Path]:
        """List the files of the store's records."""
        return sorted(self.store.glob("records/*/*/*.json"))

    def tree(self, within: str = "site") -> dict[str, bytes]:
        """Read all finished files of the site, without times and dates, which differ from run to run."""
        folder = self.folder / within
        files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not _is_unfinished(path, folder))
        files = (path for path in files if not _tells_times(path))
        return {str(path.relative_to(folder)): steady(path.read_bytes()) for path in files}

    def damaged(self) -> list[str]:
        """Name what in the stores does not fit its checksum."""
        stores = [folder for folder in (self.store, self.folder / REMOTE) if folder.is_dir()]
        return [name for folder in stores for name in upkeep.verify(Store(folder), Recorded()).damaged]

    def torn(self) -> list[str]:
        """Name what is remembered beside the store and cannot be read."""
        house = open_house(settings.load(self.folder), Recorded())
        memory = [] if recall.opened(house).memory.known else [recall.FILE]
        return memory + [
            path.name for path in self.store.glob("*.json") if path.name != recall.FILE and not _reads(path)
        ]

    def loose(self) -> list[str]:
        """Name the temporary files that lie about where a build sweeps them."""
        found = (path for folder in (self.folder / "site", self.store) for path in folder.rglob(".new-*"))
        return [str(path.relative_to(self.folder)) for path in found]


def _has_log(trial: Trial, process: int) -> bool:
    """Tell whether a build has opened its log: before, it only imports."""
    return any(trial.store.glob(f"builds/*-{process}.log"))


def _copies(trial: Trial, process: int) -> bool:
    return any((trial.folder / PUBLIC).glob(".publishing-*"))


def _pushes(trial: Trial, process: int) -> bool:
    return (trial.folder / REMOTE).is_dir()


COMMANDS: Mapping[str, Command] = {
    "build": Command(("build", "--device", "cpu"), _has_log),
    "measure": Command(("measure", "--device", "cpu"), _has_log),
    "serve": Command(("serve", "--device", "cpu", "--port", "8600"), _has_log),
    "publish": Command(("publish", "folder", "--folder", PUBLIC, "--yes"), _copies),
    "push": Command(("store", "push", REMOTE), _pushes),
}


def _is_unfinished(path: Path, folder: Path) -> bool:
    parts = path.relative_to(folder).parts
    return parts[0].startswith(".publishing-") or parts[-1].startswith(".new-") or parts[0] == MANIFEST


def _tells_times(path: Path) -> bool:
    """Tell whether a file says how long measurements took: its name changes with that."""
    return re.search(r"-made\.[0-9a-f]+\.json$", path.name) is not None


def _reads(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except ValueError:
        return False
    return True


def steady(data: bytes) -> bytes:
    """Take the time that a measurement took and the day out of a page."""
    data = re.sub(rb" in \d+(\.\d+)? (ms|s|min)\b", b" in TIME", data)
    data = re.sub(rb"-made\.[0-9a-f]+\.json", b"-made.json", data)
    return re.sub(rb"(<dt>Date</dt><dd>)[^<]+", rb"\1DAY", data)
