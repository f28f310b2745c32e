"""What a source of networks says: which names it takes, how it makes what they name, where the weights are.

A source is one file of `figures/methods/networks`, and its constant `SOURCE`. Nothing but the standard
library is imported here and there, but inside functions: the builder reads names where torch is not.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from figures.cards import NetworkCard, Weights
from figures.methods.assembly import caches
from figures.specs import NetworkSpec, Site

if TYPE_CHECKING:
    from torch import nn

    from figures.methods.assembly.checkpoints import State


class MissingWeights(ValueError):
    """The weights of a network are not on this disk; nothing fetches them but the command that the text names."""


@dataclass(frozen=True)
class Blueprint:
    """How a network is made, and what its input is like.

    `build` makes it without its weights, and must not fetch any; `complete`, where the source has a way
    of its own, with its weights, or with random ones where the specification asks for these. `file` is
    where they lie or would, `url` where they come from; `packaged` ones come with Microscribe, others in
    a `package` of their own. `tidy`
    leaves of a file of weights what belongs to the network. `heads` names the classes of each head,
    `classes` those of an only one. `layers` are those that have a name, by dotted path, where not all
    have, `main` the names of those that are worth listing, where that is settled; `aliases` are (name,
    dotted path), the preferred name of a layer first. `drawn_by_itself` networks know best how to draw
    their random weights. `code` is a digest of whatever else decides what the network is, `licence` that of
    the weights, where it is known.
    """

    build: Callable[[], nn.Module]
    input_size: int
    channels: int
    mean: tuple[float, ...]
    std: tuple[float, ...]
    classes: tuple[str, ...] = ()
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    file: Path | None = None
    url: str = ""
    packaged: bool = False
    package: str = ""
    tidy: Callable[[State], State] = dict
    layers: tuple[str, ...] = ()
    main: tuple[str, ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    drawn_by_itself: bool = False
    complete: Callable[[], nn.Module] | None = None
    code: str = ""
    licence: str = ""


@dataclass(frozen=True)
class Listing:
    """The networks of a source that a list shows, and what to say of those that it leaves out."""

    names: tuple[str, ...] = ()
    remark: str = ""


def _none(_site: Site) -> Sequence[str]:
    return ()


def _unknown(_spec: NetworkSpec) -> None:
    return None


def missing(spec: NetworkSpec, plan: Blueprint) -> str:
    """Say what to do about weights that are not on this disk."""
    if plan.url:
        return f"its weights are not on this machine; run `microscribe models pull {spec.name}`"
    return f"there are no trained weights of it; write {spec.name}@none for random ones"


def kept(spec: NetworkSpec, weights: Weights) -> Path | None:
    """Return where the author's weights lie, or those that were fetched from a URL; None where they are no file.

    What is known of them may come from another machine: of their path only the file's name counts.
    """
    if spec.file is not None or weights.kind != "file":
        return spec.file
    return caches.fetched(weights.url, Path(weights.file).name)


@dataclass(frozen=True)
class Source:
    """One source of networks.

    `title` stands above its networks in a list. `read` returns what a name, without what follows its @,
    asks for: the `factory` of the specification; an empty text where it is no name of this source.
    `blueprint` says how that is made, and raises ValueError with the nearest name where there is none.
    What is measured with the source's networks depends on the code that it reaches.

    `names` are the few that messages and lists show, `pattern` how the many others are written;
    `listed(site, word)` what `microscribe models list WORD` shows. `named_weights`: more sets of weights
    than one have names; `fixed`: there is but one, and no table of a site may take the network's name;
    `tabled`: only such tables ask for networks of this source, and say which weights.

    `missing(spec, blueprint)` says what to do where weights are not on this disk, `kept(spec, weights)`
    where a card's weights lie on this machine. `card` returns what is known without a look at the
    network, `code` the (module, function) of a site that makes it.
    """

    title: str
    read: Callable[[str], str]
    blueprint: Callable[[NetworkSpec], Blueprint]
    names: Callable[[Site], Sequence[str]] = _none
    pattern: str = ""
    listed: Callable[[Site, str], Listing] | None = None
    named_weights: bool = False
    fixed: bool = False
    tabled: bool = False
    missing: Callable[[NetworkSpec, Blueprint], str] = missing
    kept: Callable[[NetworkSpec, Weights], Path | None] = kept
    card: Callable[[NetworkSpec], NetworkCard | None] = _unknown
    code: Callable[[NetworkSpec], tuple[str, str] | None] = _unknown

    def listing(self, site: Site, word: str) -> Listing:
        """Return the networks that a list of those whose names contain `word` shows."""
        return self.listed(site, word) if self.listed else Listing(tuple(self.names(site)))


def only(spec: NetworkSpec, channels: int) -> None:
    """Raise ValueError where a network is asked for with other channels than it takes."""
    if spec.channels not in (None, channels):
        raise ValueError(f"{spec.name}: {spec.channels} channels; {spec.factory or spec.source} takes {channels}")


def per_channel(values: Sequence[float], channels: int, spec: NetworkSpec, what: str) -> tuple[float, ...]:
    """Return one number for each channel; raises ValueError where there are others than 1 or that many."""
    if len(values) not in (1, channels):
        raise ValueError(f"{spec.name}: {len(values)} numbers in {what}; expected 1 or {channels}, one a channel")
    return tuple(values) if len(values) == channels else tuple(values) * channels


def identity(spec: NetworkSpec, plan: Blueprint, sha256: str) -> str:
    """Digest all that decides what a network answers, `sha256` that of its weights; empty where these are not here.

    No path of this machine is part of it.
    """
    if not (sha256 or spec.random):
        return ""
    parts = {
        "weights": f"{sha256}#{spec.entry}" if spec.entry else sha256,
        "source": spec.source,
        "factory": spec.factory,
        "code": plan.code,
        "input": [plan.input_size, plan.channels, plan.mean, plan.std],
        "classes": list(spec.classes),
        "aliases": list(spec.aliases),
        "seed": spec.seed if spec.random else None,
    }
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
