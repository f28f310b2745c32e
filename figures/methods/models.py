"""Networks by name: what they are, and the network itself once it is needed."""

from __future__ import annotations

import difflib
import functools
import hashlib
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

import torch
from torch import nn

from figures import lab
from figures.glyphs import storage
from figures.glyphs.network import Glyphs, fold, initialise
from figures.methods.digests import with_code
from figures.methods.receptive_field import ReceptiveField, receptive_fields

_UNTRAINED = "-untrained"


@dataclass(frozen=True, order=True)
class Unit:
    """One channel of a layer, or one class of a head."""

    layer: str
    index: int

    def __str__(self) -> str:
        return f"{self.layer}:{self.index}"


@dataclass(frozen=True)
class Source:
    """How to build a network whose weights have this digest; equal digests make equal networks.

    `code` is the function of this project that does it, where its source decides the result too.
    """

    digest: str
    build: Callable[[], nn.Module] = field(compare=False, repr=False)
    code: Callable[..., nn.Module] | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, eq=False)
class Model:
    """A network by name, built at first use.

    `record` holds its layers and heads, and for trained networks how they were made.
    """

    name: str
    source: Source
    record: Mapping[str, object]

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
    def layers(self) -> dict[str, int]:
        """The named layers in forward order, with their numbers of channels."""
        return dict(self.record["layers"])

    @property
    def heads(self) -> dict[str, tuple[str, ...]]:
        """The heads with the names of their classes."""
        return {name: tuple(classes) for name, classes in self.record["heads"].items()}

    @property
    def network(self) -> nn.Module:
        """The frozen, folded network on the lab's device; images come as RGB in [0, 1].

        Raises ValueError where the weights are not those that the record describes.
        """
        return _network(self.source, lab.device())

    def size(self, layer: str) -> int:
        """Return how many units a layer or head has; raises ValueError with the nearest name."""
        sizes = {**self.layers, **{head: len(classes) for head, classes in self.heads.items()}}
        if layer not in sizes:
            raise ValueError(f"{self.name} has no layer {layer!r}{_nearest(layer, sizes)} (it has {', '.join(sizes)})")
        return sizes[layer]

    def unit(self, text: str) -> Unit:
        """Read `layer:index`; raises ValueError for a wrong form, layer or index."""
        match = re.fullmatch(r"([\w.]+):(\d+)", text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a unit; expected layer:index, for example {list(self.layers)[-1]}:17")
        unit, size = Unit(match[1], int(match[2])), self.size(match[1])
        if unit.index >= size:
            raise ValueError(f"no unit {unit}: {unit.layer} of {self.name} has units 0 to {size - 1}")
        return unit

    def label(self, unit: Unit) -> str:
        """Return the class that a unit of a head stands for, or an empty string."""
        return self.heads[unit.layer][unit.index] if unit.layer in self.heads else ""

    def receptive_field(self, layer: str) -> ReceptiveField:
        """Return what a position of a layer sees; a head sees the whole image."""
        self.size(layer)
        if layer in self.heads:
            return ReceptiveField(self.input_size, self.input_size, 0)
        return _fields(self.source, self.input_size)[layer]


def load(name: str) -> Model:
    """Return a network by name, reading only its record; raises ValueError with the nearest name."""
    trained = name.removesuffix(_UNTRAINED)
    if trained not in names():
        raise ValueError(f"no network {name!r}{_nearest(name, names())} (there are: {', '.join(names())})")
    record = storage.read_record(trained)
    digest = str(record["sha256"])
    model = Model(trained, Source(digest, functools.partial(_restore, trained, digest), _restore), record)
    return untrained(model) if name != trained else model


def names() -> list[str]:
    """List the trained networks that come with the package."""
    return sorted(path.stem for path in storage.WEIGHTS.glob("*.json"))


def untrained(model: Model, seed: int = 0) -> Model:
    """Return the same architecture with random weights drawn from `seed`."""
    name = f"{model.name}{_UNTRAINED}"
    known = {key: model.record[key] for key in ("architecture", "input", "layers", "heads")}
    digest = hashlib.sha256(f"{known} {seed}".encode()).hexdigest()
    build = functools.partial(_draw, known["architecture"], seed)
    return Model(name, Source(digest, build, _draw), {**known, "name": name, "seed": seed})


def _restore(name: str, digest: str) -> nn.Module:
    """Read trained weights; the file must be the one whose record was read first."""
    found = storage.read_record(name)["sha256"]
    if found != digest:
        raise ValueError(f"the weights of {name} changed while in use: {digest[:12]} became {found[:12]}")
    return storage.load(name)


def _draw(architecture: Mapping[str, object], seed: int) -> nn.Module:
    return fold(initialise(Glyphs(**{**architecture, "folded": False}), seed=seed, conv1_gain=1.0))


@functools.lru_cache(maxsize=8)
def _network(source: Source, device: str) -> nn.Module:
    with torch.inference_mode(False):  # weights made in inference mode could never pass a gradient
        network = source.build().eval().requires_grad_(False)
        return network.to(device=device, memory_format=torch.channels_last)


@functools.lru_cache(maxsize=8)
def _fields(source: Source, input_size: int) -> dict[str, ReceptiveField]:
    return receptive_fields(source.build(), input_size)


def _nearest(name: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f"; did you mean {close[0]!r}?" if close else ""
