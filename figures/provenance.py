"""How a figure was made: on what, from what, with which versions, and at what cost."""

from __future__ import annotations

import datetime
import functools
import importlib.metadata
import inspect
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from figures.lab import Lab, Trace

PACKAGES = ("microscribe", "torch", "torchvision", "numpy", "altair", "vl-convert-python", "pillow")


def record(
    *,
    figure: str,
    parameters: Mapping[str, object],
    models: Mapping[str, str],
    datasets: Mapping[str, str],
    traces: Sequence[Trace],
    drawing_seconds: float,
    device: str,
    key: str = "",
    random: Sequence[str] = (),
    licences: Mapping[str, str] | None = None,
    source: Mapping[str, str] | None = None,
) -> dict[str, object]:
    """Describe in JSON how a figure came about.

    `random` are the networks among `models` that nobody trained and whose names do not say so,
    `licences` those of weights of which it is known; `source` is where its script lies.
    `seconds` is what its measurements cost, whenever and wherever they were made; `device` and
    `precision` are theirs.
    """
    measured = list({(one.measurement, one.key): one for one in traces}.values())
    return {
        "figure": figure,
        "parameters": dict(parameters),
        "models": dict(models),
        "random": list(random),
        "licences": dict(licences or {}),
        "source": dict(source or {}),
        "datasets": dict(datasets),
        "seed": parameters.get("seed"),
        "measurements": [
            {"name": one.measurement, "key": one.key, "seconds": one.seconds, **one.where} for one in measured
        ],
        "seconds": sum(one.seconds for one in measured),
        "drawing_seconds": drawing_seconds,
        "device": _listed("device", measured) or device,
        "precision": _listed("precision", measured),
        "versions": {"python": sys.version.split()[0], **{name: _version(name) for name in PACKAGES}},
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "key": key,
    }


def source(function: Callable[..., object], lab: Lab | None = None) -> dict[str, str]:
    """Name the script of a figure as its repository does, and the commit at which it is; "" where none has it so.

    Scripts of a folder are asked about together, once in a lab.
    """
    ask = (lab or Lab()).once
    script = Path(inspect.getsourcefile(inspect.unwrap(function)) or "")
    name = ask(_tracked, script.parent).get(script.name, "")
    if not name:
        return {"file": "/".join(script.parts[-3:]), "commit": ""}
    # All scripts of the folder that the gallery lies in: a figure is not made of its own alone.
    states = ask(_git, script.parents[1], "status", "--porcelain=v2", "--branch", "--untracked-files=no", "--", ".")
    commits = [line.split()[-1] for line in states.splitlines() if line.startswith("# branch.oid ")]
    is_clean = all(line.startswith("#") for line in states.splitlines())
    return {"file": name, "commit": commits[0] if commits and is_clean else ""}


def _tracked(folder: Path) -> dict[str, str]:
    """Return what a repository calls the files that lie in a folder, by their own names."""
    names = _git(folder, "ls-files", "-z", "--full-name", "--", ":(glob)*").split("\0")
    return {Path(name).name: name for name in names if name}


def _git(folder: Path, *words: str) -> str:
    """Ask git about a folder; "" where there is none, or it has no answer."""
    try:
        done = subprocess.run(["git", *words], cwd=folder, capture_output=True, text=True, check=True, timeout=10)
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout.strip()


def _listed(what: str, traces: Sequence[Trace]) -> str:
    return ", ".join(sorted({one.where[what] for one in traces if one.where.get(what)}))


@functools.cache
def _version(package: str) -> str:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return ""
