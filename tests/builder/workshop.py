"""A site whose own script measures things that tell where and how often they were measured."""

from __future__ import annotations

import signal
from pathlib import Path

from builder import settings as settings_module
from builder import site
from builder.engine import setup as engines
from builder.errors import Place
from builder.plan import plan
from builder.plan.request import Asked
from builder.reporter import Recorded

SCRIPT = '''\
"""What do workers give?"""

import os
import pathlib
import time

import numpy as np

from figures.artifact import Artifact, Image, Table
from figures.measurement import measurement
from figures.registry import figure

DOT = Image(b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>', "image/svg+xml", 8, 8, "A dot.")


def note(log, *words):
    with open(log, "a") as file:
        file.write(" ".join(map(str, [os.getpid(), *words])) + "\\n")


@measurement
def base(*, log: str):
    note(log, "base")
    return {"value": np.array(100.0)}


@measurement
def shard(start: int, *, log: str, pause: float):
    note(log, "begin", start)
    time.sleep(pause)
    note(log, "shard", start)
    return {"sum": np.arange(start, start + 10).sum() * 1.0}


@measurement(each="layers")
def gathered(layers, *, log: str, shards: int, pause: float):
    calls = [{"start": 10 * i, "log": log, "pause": pause} for i in range(shards)]
    total = 0.0
    for part in shard.over(calls):
        total += float(part["sum"])
    note(log, "gathered", *layers)
    return {"total": np.array([total + len(layer) for layer in layers])}


@measurement(each="names")
def probed(names, *, log: str, fail: str):
    start = float(base(log=log)["value"])
    if fail == "error":
        broken(names)
    if fail == "die" or (fail == "die-once" and not pathlib.Path(log + ".died").exists()):
        pathlib.Path(log + ".died").touch()
        os._exit(9)
    note(log, "probed", *names)
    return {"value": np.array([start + int(name) for name in names])}


def broken(names):
    raise KeyError(f"nothing is known about {names[0]}")


@figure("workshop")
def workshop(*, names: tuple[str, ...], log: str, shards: int = 4, fail: str = "", pause: float = 0.0):
    """Show numbers."""
    values = probed(names, log=log, fail=fail)["value"]
    total = gathered(("mixed3b", "conv1"), log=log, shards=shards, pause=pause)["total"]
    table = Table(("name", "value"), tuple(zip(names, values.tolist(), strict=True)))
    return Artifact("Numbers.", (DOT,), table, {"sum": float(values.sum()), "total": float(total.sum())})
'''


def make(root: Path, **options: object) -> Path:
    """Write the site; options are settings."""
    lines = [f"{key} = {value!r}" for key, value in options.items()]
    (root / "pyproject.toml").write_text("\n".join(["[tool.microscribe]", *lines]) + "\n")
    (root / "figures" / "gallery").mkdir(parents=True, exist_ok=True)
    (root / "figures" / "gallery" / "zz_workshop.py").write_text(SCRIPT)
    (root / "articles").mkdir(exist_ok=True)
    return root


def article(root: Path, slug: str, **options: object) -> None:
    """Write an article with one figure."""
    asked = "\n".join(f":{key}: {value}" for key, value in options.items())
    (root / "articles" / f"{slug}.md").write_text(f"---\ntitle: {slug}\n---\n\n:::{{workshop}}\n{asked}\n:::\n")


def resolve(root: Path, log: Path, *options: dict[str, str], figure: str = "workshop", device: str = "cpu"):
    """Resolve figures of the site in a fresh engine; return what was resolved, and each figure's values."""
    engines.forget_figures()
    house = plan.open_house(settings_module.load(root), Recorded())
    place = Place(Path("articles/a.md"), 7)
    asked = [Asked(figure, {"log": str(log), **one}, {}, place, root) for one in options]
    bound = [house.binder.bind(one, {"seed": 0}) for one in asked]
    assert not [problems for _, problems in bound if problems], bound
    requests = [request for request, _ in bound]
    try:
        resolved = site.open_engine(house, Recorded(), device).resolve(requests)
    finally:
        engines.forget_figures()
    return resolved, [resolved.entries.get(request.key) for request in requests]


def hears() -> None:
    """Let a child process hear Ctrl-C also where the tests run in the background of a shell."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def lines(log: Path) -> list[list[str]]:
    """Return what was noted, word by word, without the process."""
    return [line.split()[1:] for line in log.read_text().splitlines()]


def processes(log: Path) -> set[str]:
    """Return the processes that noted anything."""
    return {line.split()[0] for line in log.read_text().splitlines()}
