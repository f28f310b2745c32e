"""Networks by name: every file of this folder is one source of them.

Names are `glyphs`, `torchvision/NAME[@WEIGHTS]`, `timm/NAME[@TAG]`, `inceptionv1[@path]` or that of a
table of the site; `@none` or the ending `-untrained` asks for random weights. To add a source, write a
file with a constant `SOURCE` (see `figures.methods.assembly.blueprint.Source`): nothing else knows it.
"""

from __future__ import annotations

import importlib
import os
import pkgutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from figures import tables
from figures.cards import NetworkCard, Weights
from figures.methods.assembly.blueprint import Blueprint, MissingWeights, Source
from figures.nearest import nearest
from figures.specs import NONE, WEIGHT_FILES, NetworkSpec, Site, weight_file

UNTRAINED = "-untrained"
_TABLE: tables.Keys = {
    "factory": (tables.text, "factory", "a text, module:function"),
    "weights": (tables.text, "weights", "a path, the name of weights, or none"),
    "input_size": (tables.count, "input_size", "a whole number of pixels, at least 1"),
    "channels": (tables.count, "channels", "a whole number, at least 1"),
    "mean": (tables.numbers, "mean", "a number, or one for each channel"),
    "std": (tables.spreads, "std", "a number above 0, or one for each channel"),
    "classes": (tables.classes, "classes", "a list of names, or a file with one a line"),
    "aliases": (tables.aliases, "aliases", "a table of name = dotted path"),
    "seed": (tables.seed, "seed", "a whole number, at least 0"),
}


def sources() -> Mapping[str, Source]:
    """Return every source of networks by the name of its file."""
    files = sorted({module.name for module in pkgutil.iter_modules(__path__)})
    return {name: importlib.import_module(f"{__name__}.{name}").SOURCE for name in files}


def source_of(spec: NetworkSpec) -> Source:
    """Return the source that makes a network."""
    return sources()[spec.source]


def names(site: Site | None = None) -> list[str]:
    """List the networks that have a name of their own, those of the site's tables among them."""
    site = site or Site()
    return list(dict.fromkeys(name for source in sources().values() for name in source.names(site)))


def blueprint(spec: NetworkSpec) -> Blueprint:
    """Return what a network's source says of it; raises ValueError for a network that there is not."""
    return source_of(spec).blueprint(spec)


def known(spec: NetworkSpec) -> NetworkCard | None:
    """Return what is known of a network without a look at it; None for those that must be looked at."""
    return source_of(spec).card(spec)


def kept(spec: NetworkSpec, weights: Weights) -> Path | None:
    """Return the file on this machine, there or not, of the weights that a card names; None where they are no file."""
    return source_of(spec).kept(spec, weights)


def check(spec: NetworkSpec, plan: Blueprint) -> None:
    """Raise MissingWeights, which says what to do, where a network's weights are not on this disk."""
    if not (spec.random or (plan.file is not None and os.path.isfile(plan.file))):
        raise missing(spec, plan)


def missing(spec: NetworkSpec, plan: Blueprint) -> MissingWeights:
    """Return the error that says what to do about weights that are not on this disk."""
    if spec.file is not None:
        return MissingWeights(f"{spec.name}: no weights at {plan.file}")
    return MissingWeights(f"{spec.name}: {source_of(spec).missing(spec, plan)}")


def code_of(spec: NetworkSpec) -> list[tuple[str, str]]:
    """Return (module, function) of all code that makes a network and none other: its source's, and a site's own."""
    function, own = source_of(spec).blueprint, source_of(spec).code(spec)
    return [(function.__module__, function.__qualname__), *([own] if own else [])]


def untrained(name: str) -> str:
    """Name the same network with random weights."""
    return name.partition("@")[0].removesuffix(UNTRAINED) + UNTRAINED


def read(text: str, site: Site | None = None) -> NetworkSpec:
    """Read a network's name; raises ValueError with what was expected and the nearest name."""
    site, text = site or Site(), text.strip()
    if text in site.networks:
        return _from_table(text, site)
    base, at, weights = text.partition("@")
    if at and not weights:
        raise ValueError(f"{text!r}: expected the name or the path of weights, or none, after the @")
    if not at and base.endswith(UNTRAINED):
        base, weights = base.removesuffix(UNTRAINED), NONE
    spec = _from_table(base, site) if base in site.networks else _named(base, text, site)
    return replace(spec, name=text, weights=_weights(weights, spec, text, site)) if weights else spec


def _named(base: str, text: str, site: Site) -> NetworkSpec:
    """Read a name that no table of the site gives."""
    spec = _asked(base, text)
    if spec is not None:
        return spec
    here, patterns = names(site), [source.pattern for source in sources().values() if not source.tabled]
    libraries = [pattern.partition("/")[0] for pattern in patterns if "/" in pattern]
    hint = nearest(base, here) or (nearest(base.partition("/")[0], libraries) if "/" in base else "")
    raise ValueError(f"no network {text!r}{hint} (there are: {', '.join(filter(None, [*here, *patterns]))})")


def _asked(base: str, text: str, *, tabled: bool = False) -> NetworkSpec | None:
    """Ask every source whether a name is one of its own."""
    for name, source in sources().items():
        factory = source.read(base) if tabled or not source.tabled else ""
        if factory:
            return NetworkSpec(text, name, factory)
    return None


def _weights(text: str, spec: NetworkSpec, name: str, site: Site) -> str:
    """Return a normal form of what stands after the @: `none`, a name, or an absolute path."""
    source = source_of(spec)
    if text == NONE:
        return NONE
    if source.fixed:
        raise ValueError(f"{name!r}: {spec.factory} has one set of weights; expected no @ or @none")
    if weight_file(text)[0]:
        return str((site.root / Path(text).expanduser()).absolute())
    if source.named_weights:
        return text
    raise ValueError(f"{name!r}: weights {text!r}; expected none or a file that ends in {', '.join(WEIGHT_FILES)}")


def _from_table(name: str, site: Site) -> NetworkSpec:
    """Read `[tool.microscribe.models.NAME]`; a table of a network's own name says more of that one."""
    place, same = f"models.{name}", _asked(name, name)
    if same is not None and source_of(same).fixed:
        raise ValueError(f"{place}: {name!r} is the name of an embedded network; expected another")
    values = tables.read(place, site.networks[name], _TABLE)
    spec = _factory(name, place, values.pop("factory", name if same else ""), site)
    weights, classes = values.pop("weights", ""), values.pop("classes", ())
    if weights:
        weights = _weights(weights, spec, place, site)
    elif source_of(spec).tabled:
        raise ValueError(f"{place}: no weights; expected a .safetensors or .pt file, or none")
    if isinstance(classes, Path):
        classes = tables.lines(site.root / classes, place)
    return replace(spec, weights=weights or spec.weights, classes=classes, **values)


def _factory(name: str, place: str, factory: str, site: Site) -> NetworkSpec:
    """Read what makes a network: the name of another, or `module:function` of the site."""
    free = [source for source in sources().values() if not source.fixed]
    ways = [source.pattern for source in free if source.pattern]
    ways += [own for source in free if not source.pattern for own in source.names(Site())]
    expected = f"expected {', '.join(ways[:-1])} or {ways[-1]}"
    if not factory:
        raise ValueError(f"{place}: no factory; {expected}")
    own = _asked(factory, name, tabled=True)
    try:
        spec = own or read(factory, Site(site.root))
    except ValueError as error:
        raise ValueError(f"{place}: factory {factory!r}; {expected} ({error})") from None
    return replace(spec, name=name, root=site.root if source_of(spec).tabled else None)
