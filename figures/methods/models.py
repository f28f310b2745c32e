"""Networks by name: what they are, and the network itself once it is needed."""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import torch
from torch import nn

from figures import lab, specs
from figures.glyphs import storage
from figures.glyphs.network import Glyphs, fold, initialise
from figures.methods import networks
from figures.methods.digests import with_code
from figures.methods.networks import cards
from figures.methods.networks.anatomy import Anatomy, Layer
from figures.methods.networks.instances import Source, Wanted, anatomy_of, instance
from figures.methods.receptive_field import ReceptiveField, everything
from figures.nearest import nearest
from figures.specs import UNTRAINED, NetworkSpec

PRE = ".pre"
_UNIT = re.compile(r"([^\s:@,]+):(\d+)(?:@(\d+),(\d+))?(-)?")
_MOST_NAMES = 16


@functools.total_ordering
@dataclass(frozen=True)
class Unit:
    """One channel of a layer, or one class of a head; at one (y, x) of its map, or in its negative direction."""

    layer: str
    index: int
    position: tuple[int, int] | None = None
    negative: bool = False

    def __str__(self) -> str:
        place = f"@{self.position[0]},{self.position[1]}" if self.position else ""
        return f"{self.layer}:{self.index}{place}{'-' if self.negative else ''}"

    def __lt__(self, other: Unit) -> bool:
        return self._key < other._key

    @property
    def _key(self) -> tuple[str, int, tuple[int, ...], bool]:
        return self.layer, self.index, self.position or (), self.negative


def whole_channel(unit: Unit, *, minus: bool = True) -> Unit:
    """Return a unit that is a whole channel; raises ValueError for one position, and without `minus` for a minus."""
    if not minus and (unit.position is not None or unit.negative):
        raise ValueError(f"{unit}; expected a whole channel without a minus, {unit.layer}:{unit.index}")
    if unit.position is not None:
        raise ValueError(f"{unit} is one position; expected a whole channel, {unit.layer}:{unit.index}")
    return unit


@dataclass(frozen=True, eq=False)
class Model:
    """A network by name, built at first use.

    `record` holds its input, layers and heads: a card, or for embedded networks how they were made.
    """

    name: str
    source: Source
    record: Mapping[str, object]
    spec: NetworkSpec | None = None

    @property
    def digest(self) -> str:
        """The digest of the weights and, in a lab that remembers, of the code that makes a network of them."""
        return with_code(self.source.digest, self.source.code)

    @property
    def input_size(self) -> int:
        return int(self.record["input"]["size_px"])

    @property
    def channels(self) -> int:
        return int(self.record["input"]["channels"])

    @property
    def random(self) -> bool:
        """Whether nobody trained the weights; figures of such a network must say so."""
        return bool(self.record.get("random"))

    @property
    def layers(self) -> dict[str, int]:
        """The named layers in forward order, with their numbers of channels."""
        return {name: known if isinstance(known, int) else known["channels"] for name, known in self._known.items()}

    @property
    def main(self) -> tuple[str, ...]:
        """The layers that are worth listing, in forward order."""
        return tuple(name for name, known in self._known.items() if isinstance(known, int) or known["main"])

    @property
    def heads(self) -> dict[str, tuple[str, ...]]:
        """The heads with the names of their classes."""
        return {name: tuple(classes) for name, classes in self.record["heads"].items()}

    @property
    def card(self) -> Mapping[str, object]:
        """All that is known about the network, as `networks.describe` gives it."""
        return self.record if "digest" in self.record else _card(self)

    @property
    def network(self) -> nn.Module:
        """The frozen network on the lab's device; images come in [0, 1], in as many channels as it has.

        Raises ValueError where the weights are not those that the record describes.
        """
        return instance(self.source, lab.device()).network

    @property
    def anatomy(self) -> Anatomy:
        """What is known of all modules of the network, by dotted path."""
        if self.spec is not None and self.spec.family != specs.GLYPHS:
            return networks.anatomy_of(self.spec)
        return anatomy_of(self.source, self.input_size, self.channels)

    @property
    def _known(self) -> Mapping[str, object]:
        return self.record["layers"]

    def layer(self, name: str) -> str:
        """Return the name that we prefer for a layer or head; it keeps an ending `.pre`.

        Raises ValueError with the nearest name, and for the `.pre` of what ends in no nonlinearity.
        """
        for base, end in ((name, ""), (name.removesuffix(PRE), PRE if name.endswith(PRE) else "")):
            found = self._preferred(base)
            if found is not None:
                if end and (found in self.heads or not self.part(found).pre):
                    raise ValueError(f"{found} of {self.name} ends in no nonlinearity: there is no {found}{end}")
                return found + end
        shown = [*self.main, *self.heads]
        listed = ", ".join(shown[:_MOST_NAMES]) + (", …" if len(shown) > _MOST_NAMES else "")
        hint = nearest(name, [*self.layers, *self.heads, *self._aliases])
        raise ValueError(f"{self.name} has no layer {name!r}{hint} (it has {listed})")

    @property
    def _aliases(self) -> Mapping[str, str]:
        return self.record.get("aliases", {})

    def _preferred(self, name: str) -> str | None:
        name = self._aliases.get(name, name)
        return name if name in self._known or name in self.heads else None

    def part(self, layer: str) -> Layer:
        """Return what is known of the module that a layer is the output of."""
        name = layer if layer in self._known else layer.removesuffix(PRE)
        known = self._known[name]
        return self.anatomy.layers[name if isinstance(known, int) else known["module"]]

    def size(self, layer: str) -> int:
        """Return how many units a layer or head has; raises ValueError with the nearest name."""
        name = self.layer(layer)
        if name in self.heads:
            return len(self.heads[name])
        return self.layers[name if name in self._known else name.removesuffix(PRE)]

    def unit(self, text: str) -> Unit:
        """Read `layer:index`, `layer:index@y,x` or `layer:index-`; raises ValueError for a wrong form, layer or index.

        The unit has the name that we prefer for its layer.
        """
        match = _UNIT.fullmatch(text.strip())
        if match is None:
            example = [*self.heads, *self.layers, *self.main][-1]
            raise ValueError(f"{text!r} is not a unit; expected layer:index, for example {example}:17")
        position = (int(match[3]), int(match[4])) if match[3] else None
        unit, size = Unit(self.layer(match[1]), int(match[2]), position, bool(match[5])), self.size(match[1])
        if unit.index >= size:
            raise ValueError(f"no unit {unit}: {unit.layer} of {self.name} has units 0 to {size - 1}")
        if position is not None:
            self._check_place(unit, position)
        return unit

    def _check_place(self, unit: Unit, position: tuple[int, int]) -> None:
        if unit.layer in self.heads:
            raise ValueError(f"no unit {unit}: a class of {unit.layer} has no places")
        part = self.part(unit.layer)
        if position[0] >= part.height or position[1] >= part.width:
            has = f"rows 0 to {part.height - 1} and columns 0 to {part.width - 1}"
            raise ValueError(f"no unit {unit}: the map of {unit.layer} in {self.name} has {has}; expected @row,column")

    def label(self, unit: Unit) -> str:
        """Return the class that a unit of a head stands for, or an empty string."""
        return self.heads[unit.layer][unit.index] if unit.layer in self.heads else ""

    def receptive_field(self, layer: str) -> ReceptiveField:
        """Return what a position of a layer sees; a head sees the whole image."""
        name = self.layer(layer)
        return everything(self.input_size, 1) if name in self.heads else self.part(name).receptive_field

    def reader(self, wanted: Wanted) -> Callable[[torch.Tensor], Mapping[object, torch.Tensor]]:
        """Return a function of images that answers {(module or head, before its rectifier?): output}."""
        return instance(self.source, lab.device()).reader(wanted, self.anatomy, tuple(self.heads))


def load(name: str) -> Model:
    """Return a network by name, without its weights; raises ValueError with the nearest name.

    Names are those of the lab's site. Raises MissingWeights where the weights are not on this disk.
    """
    return of(specs.network(name, lab.current().site))


def of(spec: NetworkSpec) -> Model:
    """Return the network of a specification, without its weights; raises ValueError as `load` does."""
    if spec.family == specs.GLYPHS:
        return _embedded(spec)
    card = networks.describe(spec)
    build = functools.partial(networks.build, spec)
    return Model(spec.name, Source(str(card["digest"]), build, networks.build), card, spec)


def names() -> list[str]:
    """List the trained networks that come with the package."""
    return specs.embedded()


def untrained(model: Model, seed: int = 0) -> Model:
    """Return the same architecture with random weights drawn from `seed`."""
    name = model.name.partition("@")[0] + UNTRAINED
    if model.spec is not None and model.spec.family != specs.GLYPHS:
        return of(dataclasses.replace(model.spec, name=name, weights=specs.NONE, seed=seed))
    known = {key: model.record[key] for key in ("architecture", "input", "layers", "heads")}
    digest = hashlib.sha256(f"{known} {seed}".encode()).hexdigest()
    build = functools.partial(_draw, known["architecture"], seed)
    return Model(name, Source(digest, build, _draw), {**known, "name": name, "seed": seed, "random": True}, model.spec)


def _embedded(spec: NetworkSpec) -> Model:
    record = storage.read_record(spec.factory)
    digest = str(record["sha256"])
    source = Source(digest, functools.partial(_restore, spec.factory, digest), _restore)
    model = Model(spec.factory, source, record, spec)
    return dataclasses.replace(untrained(model), name=spec.name) if spec.random else model


def _restore(name: str, digest: str) -> nn.Module:
    """Read trained weights; the file must be the one whose record was read first."""
    found = storage.read_record(name)["sha256"]
    if found != digest:
        raise ValueError(f"the weights of {name} changed while in use: {digest[:12]} became {found[:12]}")
    return storage.load(name)


def _draw(architecture: Mapping[str, object], seed: int) -> nn.Module:
    return fold(initialise(Glyphs(**{**architecture, "folded": False}), seed=seed, conv1_gain=1.0))


def _card(model: Model) -> cards.Card:
    """Describe an embedded network as all others are."""
    layers, kind = model.anatomy.layers, "none" if model.random else "embedded"
    file = "" if model.random else f"{model.record['name']}.safetensors"
    return {
        "name": model.name,
        "digest": model.source.digest,
        "weights": {"kind": kind, "file": file, "sha256": str(model.record.get("sha256", "")), "url": ""},
        "input": {**model.record["input"], "mean": [0.0] * model.channels, "std": [1.0] * model.channels},
        "layers": {name: cards.entry(layers[name], main=True) for name in model.layers},
        "aliases": {},
        "heads": {name: list(classes) for name, classes in model.heads.items()},
        "random": model.random,
    }
