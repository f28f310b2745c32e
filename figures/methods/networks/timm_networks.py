"""The networks of the timm library, where it is installed."""

from __future__ import annotations

import functools
from pathlib import Path
from types import ModuleType

from torch import nn

from figures.methods.networks import torchvision_networks
from figures.methods.networks.blueprint import Blueprint, per_channel
from figures.nearest import nearest
from figures.specs import NetworkSpec

_FILES = ("model.safetensors", "pytorch_model.bin")


def library() -> ModuleType:
    """Return timm; raises ValueError that says how to install it."""
    try:
        import timm
    except ImportError as error:
        raise ValueError("networks of timm need it installed: `pip install 'microscribe[timm]'`") from error
    return timm


def names() -> list[str]:
    """List the networks of this family."""
    return library().list_models()


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return how timm makes a network; raises ValueError with the nearest name of it or of its weights."""
    timm = library()
    if not timm.is_model(spec.factory):
        raise ValueError(f"timm has no network {spec.factory!r}{nearest(spec.factory, names())}")
    known = _configuration(timm, spec)
    channels = spec.channels or known.input_size[0]
    arguments = {"in_chans": channels, **({"num_classes": len(spec.classes)} if spec.classes else {})}
    named = spec.file is None and not spec.random
    return Blueprint(
        build=functools.partial(_build, f"{known.architecture}.{known.tag}" if known.tag else spec.factory, arguments),
        input_size=spec.input_size or known.input_size[-1],
        channels=channels,
        mean=per_channel(spec.mean or _fitting(known.mean, channels), channels, spec, "mean"),
        std=per_channel(spec.std or _fitting(known.std, channels), channels, spec, "std"),
        classes=spec.classes or tuple(known.label_names or ()) or _imagenet(known.num_classes),
        file=spec.file or (_file(known) if named else None),
        url=source(known) if named else "",
    )


def _fitting(values: tuple[float, ...], channels: int) -> tuple[float, ...]:
    """Return numbers per channel; where there are other channels than colours, the mean of theirs."""
    return values if len(values) == channels else (sum(values) / len(values),)


def _imagenet(count: int) -> tuple[str, ...]:
    """Return the names of ImageNet's classes, where there are as many."""
    names = tuple(torchvision_networks.library().ResNet18_Weights.DEFAULT.meta["categories"])
    return names if count == len(names) else ()


def _configuration(timm: ModuleType, spec: NetworkSpec) -> object:
    tag = "" if spec.random or spec.file is not None else spec.weights
    tags = [name.rpartition(".")[2] for name in timm.list_pretrained(f"{spec.factory}.*")]
    if tag and tag not in tags:
        there = ", ".join(tags) or "none"
        raise ValueError(f"{spec.name}: no weights {tag!r}{nearest(tag, tags)} (there are: {there})")
    return timm.get_pretrained_cfg(f"{spec.factory}.{tag}" if tag else spec.factory)


def source(known: object) -> str:
    """Return where weights come from: `hf-hub:owner/name`, or a URL."""
    return f"hf-hub:{known.hf_hub_id}" if known.hf_hub_id else str(known.url or "")


def _file(known: object) -> Path | None:
    """Return where weights lie on this disk, or would."""
    if not known.hf_hub_id:
        return torchvision_networks.cached(known.url) if known.url else None
    from huggingface_hub import try_to_load_from_cache

    found = (try_to_load_from_cache(known.hf_hub_id, name) for name in _FILES)
    return next((Path(one) for one in found if isinstance(one, str)), Path(known.hf_hub_id) / _FILES[0])


def _build(name: str, arguments: dict[str, int]) -> nn.Module:
    return library().create_model(name, pretrained=False, **arguments)
