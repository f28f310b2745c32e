"""Kill builds with SIGKILL at random moments: is anything ever left wrong?

    python -m tests.benchmarks killed --kills 200

A small site with a figure script of its own is switched between two versions. Each time a part of
its store is forgotten, a build of the other version is killed at a random moment, and then
every file of the site must be the whole file of one version or the other, or a whole page of an
article whose own figures were there before those of others, and every checksum of the store must hold. The build after that must give exactly the new version, and
leave no temporary file. Prints counts.
"""

from __future__ import annotations

import argparse
import hashlib
import math
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from builder import atomic
from builder.reporter import Recorded
from builder.store import Store, upkeep

ROOT = Path(__file__).parents[2]
VERSIONS = ("first", "second")

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


@dataclass
class Trial:
    """A site that is switched between two versions."""

    folder: Path
    versions: dict[str, dict[str, bytes]] = field(default_factory=dict)
    seconds: float = math.inf

    @property
    def store(self) -> Path:
        return self.folder / ".microscribe"

    def begin(self) -> None:
        """Write the site, and build both versions undisturbed."""
        (self.folder / "figures" / "gallery").mkdir(parents=True)
        (self.folder / "articles").mkdir()
        (self.folder / "pyproject.toml").write_text("[tool.microscribe]\ntitle = 'Trial'\n")
        (self.folder / "figures" / "gallery" / "zz_waves.py").write_text(SCRIPT)
        for version in VERSIONS:
            self.write(version)
            self.seconds = min(self.seconds, self.build())  # the first also looks at the network, which is remembered
            self.versions[version] = self.tree()

    def write(self, version: str) -> None:
        """Switch the articles to a version."""
        for number in (1, 2, 3):
            text = ARTICLE.format(version=version, number=number, last=number + 4, scale=1.0 + VERSIONS.index(version))
            # Whole, since a build of another version may be reading it.
            atomic.write(self.folder / "articles" / f"a{number}.md", text.encode())

    def build(self, share: float | None = None) -> float | None:
        """Build; return how long it took in seconds, or None where it was killed after a share of the usual time.

        Counts from the moment when the build opens its log: before, it only imports. Raises
        RuntimeError where it failed.
        """
        command = [sys.executable, "-m", "builder", "build", "--device", "cpu"]
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
        process = subprocess.Popen(
            command, cwd=self.folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            start_new_session=True,
        )  # fmt: skip
        while process.poll() is None and not list(self.store.glob(f"builds/*-{process.pid}.log")):
            time.sleep(0.002)
        start = time.perf_counter()
        try:
            said, _ = process.communicate(timeout=None if share is None else share * self.seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            return None
        if process.returncode:
            raise RuntimeError(said.decode())
        return time.perf_counter() - start

    def forget(self, share: float, chance: random.Random) -> None:
        """Drop a share of what was measured and drawn from the store."""
        for path in self.records():
            if path.parts[-3] != "shared" and chance.random() < share:
                path.unlink()

    def records(self) -> list[Path]:
        """List the files of the store's records."""
        return sorted(self.store.glob("records/*/*/*.json"))

    def tree(self) -> dict[str, bytes]:
        """Read all finished files of the site, without times and dates, which differ from run to run."""
        folder = self.folder / "site"
        files = (path for path in sorted(folder.rglob("*")) if path.is_file() and not path.name.startswith(".new-"))
        return {str(path.relative_to(folder)): steady(path.read_bytes()) for path in files}

    def wrong(self, old: Mapping[str, bytes], new: Mapping[str, bytes]) -> list[str]:
        """Name the files that are whole in neither version, and no whole page that was there before its build ended."""
        return [
            name
            for name, data in self.tree().items()
            if data not in (old.get(name), new.get(name)) and not is_early(name, data)
        ]

    def damaged(self) -> list[str]:
        """Name what in the store does not fit its checksum."""
        return list(upkeep.verify(Store(self.store), Recorded()).damaged)

    def loose(self) -> list[str]:
        """Name the temporary files that lie about."""
        return [str(path.relative_to(self.folder)) for path in self.folder.rglob(".new-*")]


@dataclass
class Outcome:
    """What the kills did: how many hit a running build, and everything that was wrong."""

    kills: int = 0
    too_late: int = 0
    pages: list[str] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    measuring: int = 0
    in_pages: int = 0
    in_a_file: int = 0

    @property
    def clean(self) -> bool:
        return not (self.pages or self.objects or self.after or self.left)


def is_early(name: str, data: bytes) -> bool:
    """Tell whether a file is a whole page of an article, or of its figures, as it is while others are measured.

    What such a page shows is named after its content.
    """
    digest = hashlib.sha256(data).hexdigest()
    if name.startswith("assets/"):
        return any(part and digest.startswith(part) for part in name.split(".")[1:-1])
    article = re.fullmatch(r"(figures/)?a[0-9]+/\w+\.html", name) is not None
    return article and data.lstrip().lower().startswith(b"<!doctype html>") and data.rstrip().endswith(b"</html>")


def steady(data: bytes) -> bytes:
    """Take the time that a measurement took and the day out of a page."""
    data = re.sub(rb" in \d+(\.\d+)? (ms|s|min)\b", b" in TIME", data)
    return re.sub(rb"(<dt>Date</dt><dd>)[^<]+", rb"\1DAY", data)


def run(folder: Path, kills: int, seed: int = 0, say=lambda line: None) -> Outcome:
    """Kill so many builds of a new site in `folder`."""
    chance = random.Random(seed)
    trial, outcome = Trial(folder), Outcome()
    trial.begin()
    old, new = VERSIONS
    while outcome.kills < kills:
        old, new = new, old
        trial.forget(chance.choice((0.3, 1.0)), chance)
        trial.write(new)
        before, known = trial.tree(), len(trial.records())
        took = trial.build(chance.random())
        if took is not None:
            outcome.too_late += 1
            trial.seconds = min(trial.seconds, took)
        else:
            outcome.kills += 1
            outcome.in_a_file += bool(trial.loose())
            outcome.in_pages += before != trial.tree() != trial.versions[new]
            outcome.measuring += before == trial.tree() and len(trial.records()) > known
        outcome.pages += trial.wrong(trial.versions[old], trial.versions[new])
        outcome.objects += trial.damaged()
        trial.build()
        tree = trial.tree()
        outcome.after += sorted(
            name for name in {*tree, *trial.versions[new]} if tree.get(name) != trial.versions[new].get(name)
        )
        outcome.left += trial.loose()
        say(f"{outcome.kills} of {kills}: {'nothing wrong' if outcome.clean else outcome}")
    return outcome


def main() -> None:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), options.kills, options.seed, lambda line: print(f"\r{line}", end="", file=sys.stderr))
    print(
        f"\n{found.kills} builds killed: {found.measuring} when some was measured and no page written, {found.in_pages} "
        f"between pages, {found.in_a_file} in the middle of a file; {found.too_late} more came to their end first\n"
        f"wrong pages {len(found.pages)}, damaged objects {len(found.objects)}, "
        f"files wrong after the next build {len(found.after)}, temporary files left {len(found.left)}"
    )
    if not found.clean:
        print(found)
        sys.exit(1)
