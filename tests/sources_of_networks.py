"""A source of networks that only a test has: one file in a folder of its own."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

TOY = '''\
"""One network of few numbers."""

from figures.methods.assembly.blueprint import Blueprint, Source

CHANNELS = 8


def read(base):
    return base if base == "NAME" else ""


def blueprint(spec):
    return Blueprint(_built, 32, 3, (0.5,) * 3, (0.5,) * 3, classes=("one", "two"), url="https://example.org/NAME.pth")


def _built():
    from torch import nn

    parts = nn.Conv2d(3, CHANNELS, 5, padding=2), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(CHANNELS, 2)
    return nn.Sequential(*parts)


SOURCE = Source("Toys", read, blueprint, names=lambda site: ["NAME"])
'''


@contextmanager
def added(folder: Path, *names: str) -> Iterator[None]:
    """Let there be a source of a network of each of these names, in a file of that name."""
    from figures.methods import networks

    for name in names:
        (folder / f"{name}.py").write_text(TOY.replace("NAME", name))
    before = list(networks.__path__)
    networks.__path__.append(str(folder))
    importlib.invalidate_caches()
    try:
        yield
    finally:
        networks.__path__[:] = before
        for name in names:
            sys.modules.pop(f"figures.methods.networks.{name}", None)
            vars(networks).pop(name, None)
