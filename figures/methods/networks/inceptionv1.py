"""The InceptionV1 of lucid and of *Curve Detectors*, whose weights the author brings along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.methods.assembly import literature
from figures.methods.assembly.blueprint import Blueprint, Source, only, per_channel
from figures.specs import NetworkSpec

if TYPE_CHECKING:
    from torch import nn

NAME = "inceptionv1"
INPUT_SIZE, CHANNELS = 224, 3
#: Pixels from -117 to 138, of images in [0, 1].
MEAN, STD = (117 / 255,), (1 / 255,)


def read(base: str) -> str:
    """Return the network where it is the one of that name."""
    return base if base == NAME else ""


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return how the network is made; its weights lie where the author says."""
    only(spec, CHANNELS)
    return Blueprint(
        build=_built,
        input_size=spec.input_size or INPUT_SIZE,
        channels=CHANNELS,
        mean=per_channel(spec.mean or MEAN, CHANNELS, spec, "mean"),
        std=per_channel(spec.std or STD, CHANNELS, spec, "std"),
        classes=spec.classes,
        file=spec.file,
        main=literature.main(NAME),
        aliases=literature.aliases(NAME),
    )


def _built() -> nn.Module:
    from figures.methods.architectures.inceptionv1 import InceptionV1

    return InceptionV1()


def _missing(spec: NetworkSpec, _plan: Blueprint) -> str:
    return f"its weights cannot be fetched; write {spec.name}@path/to/inception5h.pth or {spec.name}@none"


SOURCE = Source(
    "InceptionV1 of lucid and of Curve Detectors", read, blueprint, names=lambda _site: (NAME,), missing=_missing
)
