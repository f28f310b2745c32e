"""Kill commands with SIGKILL at random changes of files: is anything ever left wrong?

    python -m tests.benchmarks killed --kills 200

A small site with a figure script of its own is switched between two versions. Each time a part of
its store is forgotten, and one of the commands is killed: `build`, `measure`, `serve`, `publish folder` or `store push`.
A kill hits a change of a file that is drawn from all that the command makes, before it or while it is going on. Then every file of the site, and of the folder that is published to, must be the whole file of one
version or the other, or a whole page of an article whose own figures were there before those of others; every checksum
of both stores must hold, and the memory of articles must be read. The same command after that must give exactly the new
version, and a build must leave no temporary file. Prints counts.
"""

from __future__ import annotations

import argparse
import hashlib
import itertools
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.benchmarks.switched import COMMANDS, PUBLIC, VERSIONS, Trial

Files = Mapping[str, bytes]
GOING_ON_S = 0.003


@dataclass
class Outcome:
    """What the kills did: how many hit each command at work, and everything that was wrong."""

    kills: Counter[str] = field(default_factory=Counter)
    too_late: int = 0
    pages: list[str] = field(default_factory=list)
    objects: list[str] = field(default_factory=list)
    memory: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    measuring: int = 0
    in_pages: int = 0
    in_a_file: int = 0

    @property
    def clean(self) -> bool:
        return not (self.pages or self.objects or self.memory or self.after or self.left)


def wrong(there: Files, old: Files, new: Files) -> list[str]:
    """Name the files that are whole in neither version, and no whole page that was there before its build ended."""
    return [
        name for name, data in there.items() if data not in (old.get(name), new.get(name)) and not is_early(name, data)
    ]


def is_early(name: str, data: bytes) -> bool:
    """Tell whether a file is a whole page of an article, or of its figures, as it is while others are measured.

    What such a page shows is named after its content.
    """
    digest = hashlib.sha256(data).hexdigest()
    if name.startswith("assets/"):
        return any(part and digest.startswith(part) for part in name.split(".")[1:-1])
    article = re.fullmatch(r"(figures/)?a[0-9]+/\w+\.html", name) is not None
    return article and data.lstrip().lower().startswith(b"<!doctype html>") and data.rstrip().endswith(b"</html>")


def differing(there: Files, expected: Files) -> list[str]:
    """Name the files that are not as expected, too many or too few."""
    return sorted(name for name in {*there, *expected} if there.get(name) != expected.get(name))


def run(folder: Path, kills: int, seed: int = 0, say=lambda line: None) -> Outcome:
    """Kill so many commands upon a new site in `folder`, each in its turn."""
    chance = Random(seed)
    trial, outcome = Trial(folder), Outcome()
    trial.begin()
    versions = itertools.cycle(VERSIONS)
    for name in itertools.islice(itertools.cycle(COMMANDS), kills):
        while not _killed(trial, name, next(versions), chance, outcome):
            outcome.too_late += 1
        say(f"{outcome.kills.total()} of {kills}: {'nothing wrong' if outcome.clean else outcome}")
    return outcome


def _killed(trial: Trial, name: str, new: str, chance: Random, outcome: Outcome) -> bool:
    """Kill one command on its way to a version, look at what is left, and let it end; tell whether it was killed."""
    old = next(one for one in VERSIONS if one != new)
    trial.forget(chance.choice((0.0, 0.3, 1.0)), chance)
    trial.write(new)
    if name in ("publish", "push"):
        trial.run("build")
    if name == "push" and chance.random() < 0.5:
        trial.bare()
    before, known = trial.tree(), len(trial.records())
    killed = trial.run(name, chance.random(), chance.choice((0.0, chance.random() * GOING_ON_S)))
    outcome.kills[name] += killed
    if killed:
        _count(trial, before, known, new, outcome)
    _look(trial, trial.versions[old], trial.versions[new], before if name == "measure" else None, outcome)
    _end(trial, name, trial.versions[new], outcome)
    return killed


def _count(trial: Trial, before: Files, known: int, new: str, outcome: Outcome) -> None:
    """Say where a kill hit."""
    there = trial.tree()
    outcome.in_a_file += bool(trial.loose())
    outcome.in_pages += before != there != trial.versions[new]
    outcome.measuring += before == there and len(trial.records()) > known


def _look(trial: Trial, old: Files, new: Files, unchanged: Files | None, outcome: Outcome) -> None:
    """Look for what is neither whole nor as it was."""
    outcome.pages += [*wrong(trial.tree(), old, new), *wrong(trial.tree(PUBLIC), old, new)]
    outcome.pages += [] if unchanged is None else differing(trial.tree(), unchanged)
    outcome.objects += trial.damaged()
    outcome.memory += trial.torn()


def _end(trial: Trial, name: str, new: Files, outcome: Outcome) -> None:
    """Let the same command come to its end, and hold what it made against what it should be."""
    if name in ("measure", "publish", "push"):
        trial.run(name)
    trial.run("build")
    outcome.after += differing(trial.tree(), new)
    outcome.after += differing(trial.tree(PUBLIC), new) if name == "publish" else []
    outcome.objects += trial.damaged() if name == "push" else []
    outcome.left += trial.loose()


def main() -> None:
    """Print what was found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = run(Path(folder), options.kills, options.seed, lambda line: print(f"\r{line}", end="", file=sys.stderr))
    hit = ", ".join(f"{count} of {name}" for name, count in found.kills.items())
    print(
        f"\n{found.kills.total()} killed, {hit}: {found.measuring} when some was measured and no page written, "
        f"{found.in_pages} between pages, {found.in_a_file} in the middle of a file; "
        f"{found.too_late} more came to their end first\n"
        f"wrong pages {len(found.pages)}, damaged objects {len(found.objects)}, torn memories {len(found.memory)}, "
        f"files wrong after the next run {len(found.after)}, temporary files left {len(found.left)}"
    )
    if not found.clean:
        print(found)
        sys.exit(1)
