"""All that is known about a network without running it, as a JSON dictionary."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence

from figures import specs
from figures.methods.networks import checkpoints, literature
from figures.methods.networks.anatomy import Anatomy, Layer
from figures.methods.networks.blueprint import Blueprint
from figures.methods.networks.layouts import VECTOR
from figures.nearest import nearest
from figures.specs import NetworkSpec

Card = dict[str, object]
_ENOUGH = 5


def card(spec: NetworkSpec, plan: Blueprint, body: Anatomy) -> Card:
    """Describe a network: its digest, weights, input, layers in forward order, other names of these, and heads.

    Layers go by the name that the site's table or the literature gives them, else by their
    dotted path. The digest is empty where the weights are not on this disk.
    """
    names = _names(spec, plan, body)
    preferred = {path: name for name, path in reversed(names) if path in body.layers}
    chosen = _main(spec, body, preferred)
    return {
        "name": spec.name,
        "digest": _digest(spec, plan),
        "weights": weights(spec, plan),
        "input": {
            "size_px": plan.input_size,
            "channels": plan.channels,
            "mean": list(plan.mean),
            "std": list(plan.std),
        },
        "layers": {preferred.get(path, path): entry(layer, main=path in chosen) for path, layer in body.layers.items()},
        "aliases": _aliases(names, preferred),
        "heads": {name: list(classes(plan.classes, count)) for name, count in body.heads.items()},
        "random": spec.random,
    }


def entry(layer: Layer, *, main: bool) -> dict[str, object]:
    """Describe a layer; its receptive field is (size, stride, start) in px."""
    field = layer.receptive_field
    return {
        "module": layer.module,
        "channels": layer.channels,
        "height": layer.height,
        "width": layer.width,
        "layout": layer.layout,
        "prefix": layer.prefix,
        "receptive_field": [field.size_px, field.stride_px, field.start_px],
        "rectified": layer.rectified,
        "pre": layer.pre,
        "main": main,
    }


def classes(named: Sequence[str], count: int) -> tuple[str, ...]:
    """Return the names of a head's classes, their numbers where they have none."""
    return tuple(named) if len(named) == count else tuple(map(str, range(count)))


def weights(spec: NetworkSpec, plan: Blueprint) -> dict[str, str]:
    """Describe where a network's weights come from and lie."""
    if spec.random:
        return {"kind": "none", "file": "", "sha256": "", "url": ""}
    known = plan.file is not None and plan.file.is_file()
    return {
        "kind": "file",
        "file": str(plan.file or ""),
        "sha256": checkpoints.digest(plan.file) if known else "",
        "url": plan.url,
    }


def _digest(spec: NetworkSpec, plan: Blueprint) -> str:
    """Digest all that decides what a network answers; no path of this machine is part of it."""
    sha256 = weights(spec, plan)["sha256"]
    if not (sha256 or spec.random):
        return ""
    parts = {
        "weights": sha256,
        "family": spec.family,
        "factory": spec.factory,
        "code": plan.code,
        "input": [plan.input_size, plan.channels, plan.mean, plan.std],
        "classes": list(spec.classes),
        "aliases": list(spec.aliases),
        "seed": spec.seed if spec.random else None,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _names(spec: NetworkSpec, plan: Blueprint, body: Anatomy) -> list[tuple[str, str]]:
    """Return (name, dotted path), the author's own first; raises ValueError where one leads nowhere."""
    known = dict(plan.aliases)
    own = [(name, known.get(path, path)) for name, path in spec.aliases]
    for name, path in own:
        if path not in body.layers:
            raise ValueError(f"{spec.name}: alias {name} = {path!r}: no such layer{nearest(path, body.layers)}")
        if name in body.layers and name != path:
            raise ValueError(f"{spec.name}: alias {name}: there is a layer of that name; expected another")
    return [*own, *plan.aliases]


def _aliases(names: Sequence[tuple[str, str]], preferred: Mapping[str, str]) -> dict[str, str]:
    """Return every other name of a layer with the one we prefer."""
    found = {path: name for path, name in preferred.items() if path != name}
    found.update((name, preferred[path]) for name, path in names if path in preferred and preferred[path] != name)
    taken = set(preferred.values())
    return {name: layer for name, layer in found.items() if name not in taken}


def _main(spec: NetworkSpec, body: Anatomy, preferred: Mapping[str, str]) -> set[str]:
    """Choose the layers worth listing: those that papers look into, or the author named, or the network's stages."""
    by_name = {**{path: path for path in body.layers}, **{name: path for path, name in preferred.items()}}
    settled = literature.main(spec.factory) if spec.family != specs.TIMM else ()
    chosen = [by_name[name] for name in (*settled, *(name for name, _ in spec.aliases)) if name in by_name]
    return set(chosen or stages(body.layers))


def stages(layers: Mapping[str, Layer]) -> list[str]:
    """Return the outermost modules that mix channels or places, opened until there are enough of them."""
    children = _children(layers)
    chosen = children.get("", [])
    while True:
        maps = [path for path in chosen if path not in layers or layers[path].layout != VECTOR]
        heavy = [path for path in maps if path in layers and layers[path].weighted]
        closed = [path for path in maps if children.get(path)]
        if len(heavy) >= _ENOUGH or not closed:
            return heavy or list(layers)[-1:]
        largest = max(closed, key=lambda path: sum(1 for layer in layers if layer.startswith(f"{path}.")))
        place = chosen.index(largest)
        chosen = [*chosen[:place], *children[largest], *chosen[place + 1 :]]


def _children(layers: Mapping[str, Layer]) -> dict[str, list[str]]:
    """Return the modules directly inside each module, in forward order."""
    children: dict[str, list[str]] = {}
    for path in layers:
        parts = path.split(".")
        for depth in range(len(parts)):
            inside, outside = ".".join(parts[: depth + 1]), ".".join(parts[:depth])
            if inside not in children.setdefault(outside, []):
                children[outside].append(inside)
    return children
