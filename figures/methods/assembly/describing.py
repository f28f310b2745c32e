"""All that is known about a network without running it, as a card."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from figures.cards import VECTOR, Input, LayerCard, NetworkCard, Weights
from figures.methods import networks
from figures.methods.assembly import build, checkpoints
from figures.methods.assembly.blueprint import Blueprint, identity
from figures.methods.insides.anatomy import Anatomy, Layer
from figures.nearest import nearest
from figures.specs import NetworkSpec

_ENOUGH = 5


def describe(spec: NetworkSpec, *, weights: bool = True) -> NetworkCard:
    """Return a network's card, looking at the network but not giving it its weights where more is asked than is known.

    Raises MissingWeights where they are not on this disk, unless `weights` need not be there:
    then the card has no digest.
    """
    known = networks.known(spec)
    if known is not None:
        return known
    plan = networks.blueprint(spec)
    if weights:
        networks.check(spec, plan)
    body = _anatomy(spec)
    return card(spec, plan, body, build.note(spec, plan) if weights else "")


def _anatomy(spec: NetworkSpec) -> Anatomy:
    try:
        return build.anatomy_of(spec)
    except (ValueError, AssertionError) as error:  # networks assert that images fit them
        named = str(error).startswith(f"{spec.name}:")
        raise ValueError(str(error) if named else f"{spec.name}: {error}") from error


def card(spec: NetworkSpec, plan: Blueprint, body: Anatomy, note: str = "") -> NetworkCard:
    """Describe a network whose layers are these, in forward order.

    They go by the name that the site's table or the literature gives them, else by their
    dotted path. The digest is empty where the weights are not on this disk; `note` is about these.
    """
    layers = {path: layer for path, layer in body.layers.items() if not plan.layers or path in plan.layers}
    names = _names(spec, plan, body)
    preferred = {path: name for name, path in reversed(names) if path in layers}
    chosen, own = _main(spec, plan, layers, preferred), replace(weights(spec, plan), note=note)
    return NetworkCard(
        name=spec.name,
        digest=identity(spec, plan, own.sha256),
        weights=own,
        input=Input(plan.input_size, plan.channels, plan.mean, plan.std),
        layers={preferred.get(path, path): entry(layer, main=path in chosen) for path, layer in layers.items()},
        heads={name: plan.heads.get(name) or classes(plan.classes, count) for name, count in body.heads.items()},
        aliases=_aliases(names, preferred),
        random=spec.random,
    )


def entry(layer: Layer, *, main: bool = True) -> LayerCard:
    """Describe a layer."""
    field = layer.receptive_field
    return LayerCard(
        module=layer.module,
        channels=layer.channels,
        height=layer.height,
        width=layer.width,
        layout=layer.layout,
        prefix=layer.prefix,
        receptive_field=(field.size_px, field.stride_px, field.start_px),
        rectified=layer.rectified,
        pre=layer.pre,
        main=main,
    )


def classes(named: Sequence[str], count: int) -> tuple[str, ...]:
    """Return the names of a head's classes, their numbers where they have none."""
    return tuple(named) if len(named) == count else tuple(map(str, range(count)))


def weights(spec: NetworkSpec, plan: Blueprint) -> Weights:
    """Describe where a network's weights come from and lie."""
    if spec.random or plan.file is None:
        return Weights("none" if spec.random else "file", url="" if spec.random else plan.url)
    sha256 = checkpoints.digest(plan.file) if plan.file.is_file() else ""
    if plan.packaged:
        return Weights("embedded", plan.file.name, sha256)
    return Weights("file", str(plan.file), sha256, plan.url, plan.package, plan.licence)


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


def _main(spec: NetworkSpec, plan: Blueprint, layers: Mapping[str, Layer], preferred: Mapping[str, str]) -> set[str]:
    """Choose the layers worth listing: those that papers look into, or the author named, or the network's stages."""
    by_name = {**{path: path for path in layers}, **{name: path for path, name in preferred.items()}}
    chosen = [by_name[name] for name in (*plan.main, *(name for name, _ in spec.aliases)) if name in by_name]
    return set(chosen or stages(layers))


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
