"""The networks of the timm library, where it is installed."""

from __future__ import annotations

import functools
from types import ModuleType
from typing import TYPE_CHECKING, Any

from figures.methods.assembly import caches, imagenet
from figures.methods.assembly.blueprint import Blueprint, Listing, Source, per_channel
from figures.nearest import nearest
from figures.specs import NetworkSpec, Site

if TYPE_CHECKING:
    from torch import nn

PREFIX = "timm/"
_FILES = ("model.safetensors", "pytorch_model.bin")


def library() -> ModuleType:
    """Return timm; raises ValueError that says how to install it."""
    try:
        import timm
    except ImportError as error:
        raise ValueError("networks of timm need it installed: `pip install 'microscribe[timm]'`") from error
    return timm


def read(base: str) -> str:
    """Return what follows the name of the library."""
    return base.removeprefix(PREFIX) if base.startswith(PREFIX) else ""


def names() -> list[str]:
    """List the networks of the library."""
    return library().list_models()


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return how timm makes a network; raises ValueError with the nearest name of it or of its weights."""
    timm = library()
    if not timm.is_model(spec.factory):
        raise ValueError(f"timm has no network {spec.factory!r}{nearest(spec.factory, names())}")
    known = _configuration(timm, spec)
    channels = spec.channels or known.input_size[0]
    count = len(spec.classes) or _counted(spec, known.num_classes)
    named, url = spec.file is None and not spec.random, address(known)
    return Blueprint(
        build=functools.partial(_build, _name(known, spec), channels, count),
        input_size=spec.input_size or known.input_size[-1],
        channels=channels,
        mean=per_channel(spec.mean or _fitting(known.mean, channels), channels, spec, "mean"),
        std=per_channel(spec.std or _fitting(known.std, channels), channels, spec, "std"),
        classes=spec.classes or tuple(known.label_names or ()) or imagenet.classes(known.num_classes),
        file=spec.file or (caches.cached(url, _FILES if known.hf_hub_id else ()) if named else None),
        url=url if named else "",
        code=f"{count} classes" if count else "",
    )


def _name(known: Any, spec: NetworkSpec) -> str:
    return f"{known.architecture}.{known.tag}" if known.tag else spec.factory


def _counted(spec: NetworkSpec, usual: int) -> int:
    """Return how many classes the author's file has where these are not the usual ones, else 0."""
    from figures.methods.assembly import heads

    return heads.counted(spec, _usual, usual)


def _usual(spec: NetworkSpec) -> nn.Module:
    known = _configuration(library(), spec)
    return _build(_name(known, spec), spec.channels or known.input_size[0], 0)


def _fitting(values: tuple[float, ...], channels: int) -> tuple[float, ...]:
    """Return numbers per channel; where there are other channels than colours, the mean of theirs."""
    return values if len(values) == channels else (sum(values) / len(values),)


def _configuration(timm: ModuleType, spec: NetworkSpec) -> Any:
    tag = "" if spec.random or spec.file is not None else spec.weights
    tags = [name.rpartition(".")[2] for name in timm.list_pretrained(f"{spec.factory}.*")]
    if tag and tag not in tags:
        there = ", ".join(tags) or "none"
        raise ValueError(f"{spec.name}: no weights {tag!r}{nearest(tag, tags)} (there are: {there})")
    return timm.get_pretrained_cfg(f"{spec.factory}.{tag}" if tag else spec.factory)


def address(known: Any) -> str:
    """Return where weights come from: `hf-hub:owner/name`, or a URL."""
    return f"{caches.HUB}{known.hf_hub_id}" if known.hf_hub_id else str(known.url or "")


def _build(name: str, channels: int, classes: int) -> nn.Module:
    arguments = {"in_chans": channels, **({"num_classes": classes} if classes else {})}
    return library().create_model(name, pretrained=False, **arguments)


def _listed(_site: Site, word: str) -> Listing:
    """List, of the many hundreds that there are, those that were asked for or fetched."""
    if word:
        return Listing(tuple(PREFIX + name for name in names()))
    fetched = (PREFIX + name.replace(".", "@", 1) for name in caches.hub_repositories("timm"))
    return Listing(tuple(fetched), f"{len(names())} networks; `microscribe models list timm/resnet` lists some of them")


SOURCE = Source("timm", read, blueprint, pattern=f"{PREFIX}NAME", listed=_listed, named_weights=True)
