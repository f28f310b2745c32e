"""The BagNets of Brendel & Bethge, whose weights the author brings along."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING

from figures.methods.assembly.blueprint import Blueprint, Source, only, per_channel
from figures.specs import NetworkSpec, Site

if TYPE_CHECKING:
    from torch import nn

#: Side of a patch by name; the authors trained networks of 9, 17 and 33 px.
FIELDS_PX = {f"bagnet{field_px}": field_px for field_px in (3, 5, 9, 17, 33)}
INPUT_SIZE, CHANNELS = 224, 3
#: Of ImageNet's photographs, as torchvision has them.
MEAN, STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)


def names(_site: Site | None = None) -> Sequence[str]:
    """List the networks by the side of their patches."""
    return tuple(FIELDS_PX)


def read(base: str) -> str:
    """Return the network of that name."""
    return base if base in FIELDS_PX else ""


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return how a network is made; its weights lie where the author says."""
    only(spec, CHANNELS)
    from figures.methods.assembly import imagenet

    return Blueprint(
        build=functools.partial(_built, FIELDS_PX[spec.factory], len(spec.classes)),
        input_size=spec.input_size or INPUT_SIZE,
        channels=CHANNELS,
        mean=per_channel(spec.mean or MEAN, CHANNELS, spec, "mean"),
        std=per_channel(spec.std or STD, CHANNELS, spec, "std"),
        classes=spec.classes or imagenet.classes(1000),
        file=spec.file,
        main=("relu", *(f"layer{number}" for number in range(1, 5))),
    )


def _built(field_px: int, classes: int) -> nn.Module:
    from figures.methods.architectures.bagnet import CLASSES, BagNet

    return BagNet(field_px, classes=classes or CLASSES)


def _missing(spec: NetworkSpec, _plan: Blueprint) -> str:
    return f"its weights cannot be fetched; write {spec.name}@path/to/weights.pth or {spec.name}@none for random ones"


SOURCE = Source("BagNets, which see patches by themselves", read, blueprint, names, missing=_missing)
