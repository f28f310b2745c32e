"""The classification networks of torchvision."""

from __future__ import annotations

import functools
import warnings
from types import MappingProxyType, ModuleType
from typing import TYPE_CHECKING, Any

from figures.methods.assembly import caches, literature
from figures.methods.assembly.blueprint import Blueprint, Listing, Source, only, per_channel
from figures.nearest import nearest
from figures.specs import NetworkSpec, Site

if TYPE_CHECKING:
    from torch import nn
    from torchvision.models import WeightsEnum

    from figures.methods.assembly.checkpoints import State

PREFIX = "torchvision/"
_CHANNELS = 3
#: Networks that torchvision lets map images from ImageNet's mean and spread to [-1, 1] themselves; we do it before.
_HALF = ((0.5,), (0.5,))
_OWN_INPUT = MappingProxyType({"googlenet": _HALF, "inception_v3": _HALF})
_PLAIN = {"aux_logits": False, "init_weights": False, "transform_input": False}
_ARGUMENTS = MappingProxyType({"googlenet": _PLAIN, "inception_v3": _PLAIN})
_AUXILIARY = ("aux1.", "aux2.", "AuxLogits.")


def library() -> ModuleType:
    """Return the models of torchvision, which take a second to import."""
    from torchvision import models

    return models


def read(base: str) -> str:
    """Return what follows the name of the library."""
    return base.removeprefix(PREFIX) if base.startswith(PREFIX) else ""


def names() -> list[str]:
    """List the networks of the library."""
    return library().list_models(module=library())


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return how torchvision makes a network; raises ValueError with the nearest name of it or of its weights."""
    if spec.factory not in names():
        raise ValueError(f"torchvision has no network {spec.factory!r}{nearest(spec.factory, names())}")
    only(spec, _CHANNELS)
    weights = _weights(spec)
    preset = weights.transforms()
    mean, std = _OWN_INPUT.get(spec.factory, (preset.mean, preset.std))
    size = spec.input_size or preset.crop_size[0]
    named = spec.file is None and not spec.random
    count = len(spec.classes) or _counted(spec, len(weights.meta["categories"]))
    return Blueprint(
        build=functools.partial(_build, spec.factory, size, count),
        input_size=size,
        channels=_CHANNELS,
        mean=per_channel(spec.mean or mean, _CHANNELS, spec, "mean"),
        std=per_channel(spec.std or std, _CHANNELS, spec, "std"),
        classes=spec.classes or tuple(weights.meta["categories"]),
        file=spec.file or (caches.cached(weights.url) if named else None),
        url=weights.url if named else "",
        tidy=_tidy,
        main=literature.main(spec.factory),
        aliases=literature.aliases(spec.factory),
        code=f"{count} classes" if count else "",
    )


def _counted(spec: NetworkSpec, usual: int) -> int:
    """Return how many classes the author's file has where these are not the usual ones, else 0."""
    from figures.methods.assembly import heads

    return heads.counted(spec, _usual, usual, _tidy)


def _usual(spec: NetworkSpec) -> nn.Module:
    return _build(spec.factory, spec.input_size or _weights(spec).transforms().crop_size[0], 0)


def _weights(spec: NetworkSpec) -> WeightsEnum:
    """Return the set of weights that a name asks for; what is drawn or read from a file has the default's input."""
    known = library().get_model_weights(spec.factory)
    if not spec.weights or spec.random or spec.file is not None:
        return known.DEFAULT
    if spec.weights not in known.__members__:
        hint, there = nearest(spec.weights, known.__members__), ", ".join(known.__members__)
        raise ValueError(f"{spec.name}: no weights {spec.weights!r}{hint} (there are: {there})")
    return known[spec.weights]


def _build(name: str, size: int, classes: int) -> nn.Module:
    arguments: dict[str, Any] = dict(_ARGUMENTS.get(name, {}))
    if name.startswith("vit_"):
        arguments["image_size"] = size
    if name.startswith("maxvit_"):
        arguments["input_size"] = size, size
    if classes:
        arguments["num_classes"] = classes
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        network = library().get_model(name, weights=None, **arguments)
    if name == "inception_v3":
        network.AuxLogits = None
    return network


def _tidy(state: State) -> State:
    """Leave out the auxiliary classifiers, which only training needs."""
    return {name: tensor for name, tensor in state.items() if not name.startswith(_AUXILIARY)}


def _listed(_site: Site, _word: str) -> Listing:
    return Listing(tuple(PREFIX + name for name in names()))


SOURCE = Source("torchvision", read, blueprint, pattern=f"{PREFIX}NAME", listed=_listed, named_weights=True)
