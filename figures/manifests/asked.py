"""What an author may ask a picture of a data set by: names and labels, as far as they are known without opening any."""

from __future__ import annotations

from pathlib import Path

from figures import manifests
from figures.nearest import nearest
from figures.specs import GLYPHS, DataSpec

SHAPES = (
    "disc", "ellipse", "crescent", "arc", "spiral", "wave", "heart", "triangle", "square", "star", "cross", "hexagon",
    "teardrop", "arrow", "u", "flower",
)  # fmt: skip
TEXTURES = (
    "stripes", "checker", "dots", "noise", "bricks", "waves", "plaid", "radial", "wood", "scales", "hatch", "zigzag",
    "cells", "curl", "grid", "marble",
)  # fmt: skip
"""What glyphs show, as `figures.glyphs` has it: these are asked for by name wherever glyphs are drawn."""
DRAWN = frozenset((*SHAPES, *TEXTURES))
_NEAR = 10_000
"""Among how many names the nearest is looked for."""


def pictures(spec: DataSpec, memory: Path | None = None) -> dict[str, None]:
    """Return the names and labels of a data set's pictures in order, nothing where only opening them tells.

    Raises ValueError or OSError where the data set is not there.
    """
    if spec.kind == GLYPHS:
        return dict.fromkeys((*SHAPES, *TEXTURES))
    if spec.kind == "huggingface":
        return {}
    found = manifests.fingerprint(spec, memory)
    return dict.fromkeys((*found.names, *found.labels))


def check(written: str, dataset: str, known: dict[str, None]) -> None:
    """Raise ValueError with the nearest name for a picture that a data set has not; numbers go unlooked at.

    Shapes and textures pass: a figure that draws glyphs knows what to say of another data set.
    """
    if written and known and not written.isdigit() and written not in known and written not in DRAWN:
        raise ValueError(f"{dataset} has no image {written!r}{nearest(written, list(known)[:_NEAR])}")
