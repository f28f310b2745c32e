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
from collections.abc import Mapping
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


COMMANDS: Mapping[str, tuple[str, ...]] = {
    "build": ("build", "--device", "cpu"),
    "measure": ("measure", "--device", "cpu"),
    "serve": ("serve", "--device", "cpu", "--port", "8600"),
    "publish": ("publish", "folder", "--folder", PUBLIC, "--yes"),
    "push": ("store", "push", REMOTE),
}


@dataclass
class Trial:
    """A site that is switched between two versions.

    `changes` is how many changes of files each command makes that has all its work before it, `seconds` how long a
    build takes. `versions` holds the files of both, built undisturbed.
    """

    folder: Path
    versions: dict[str, dict[str, bytes]] = field(default_factory=dict)
    changes: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def tally(self) -> Path:
        return self.folder / "changes"

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
            start = time.perf_counter()
            self._count("build")  # the first also looks at the network, which is remembered
            self.seconds = time.perf_counter() - start
            self.versions[version] = self.tree()
        for name in ("publish", "push"):
            self._count(name)
        self.forget(1.0, Random())
        self._count("measure")
        self.changes["serve"] = self.changes["build"]  # it does not end by itself

    def _count(self, name: str) -> None:
        """Run a command that has all its work before it, and remember how often it changed a file."""
        self.run(name)
        self.changes[name] = self.tally.stat().st_size

    def write(self, version: str) -> None:
        """Switch the articles to a version."""
        for number in (1, 2, 3):
            text = ARTICLE.format(version=version, number=number, last=number + 4, scale=1.0 + VERSIONS.index(version))
            # Whole, since a build of another version may be reading it.
            atomic.write(self.folder / "articles" / f"a{number}.md", text.encode())

    def run(self, name: str, share: float | None = None, after_s: float = 0.0) -> bool:
        """Run a command; tell whether it was killed, some time after a share of its changes of files were made.

        Raises RuntimeError where it failed.
        """
        last = 0 if share is None else 1 + int(share * self.changes[name])
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        struck = [sys.executable, "-m", "tests.benchmarks.struck", str(self.tally), str(last), str(after_s)]
        process = subprocess.Popen(
            [*struck, *COMMANDS[name]], cwd=self.folder, env=environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )  # fmt: skip
        try:
            said, _ = process.communicate(timeout=3 * self.seconds if name == "serve" else None)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            said, _ = process.communicate()
        if process.returncode not in (0, -signal.SIGKILL):
            raise RuntimeError(said.decode())
        return process.returncode != 0

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
