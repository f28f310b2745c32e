"""Networks by name: what they are, and the network itself once it is needed."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import torch
from torch import nn

from figures import lab
from figures.cards import Input, NetworkCard, Weights
from figures.methods import networks
from figures.methods.assembly import build, describing
from figures.methods.digests import with_code
from figures.methods.insides.anatomy import Anatomy, Layer
from figures.methods.insides.instances import Maker, Wanted, anatomy_of, instance
from figures.methods.receptive_field import ReceptiveField, everything
from figures.specs import NONE, NetworkSpec
from figures.units import Unit
from figures.units import whole_channel as whole_channel


@dataclass(frozen=True, eq=False)
class Model:
    """A network by its card, built at first use; `spec` is how it was asked for, where that was by name."""

    card: NetworkCard
    maker: Maker
    spec: NetworkSpec | None = None

    @property
    def name(self) -> str:
        return self.card.name

    @property
    def digest(self) -> str:
        """The digest of the weights and, in a lab that remembers, of the code that makes a network of them."""
        return with_code(self.maker.digest, *self.maker.code)

    @property
    def input_size(self) -> int:
        return self.card.input.size_px

    @property
    def channels(self) -> int:
        return self.card.input.channels

    @property
    def random(self) -> bool:
        """Whether nobody trained the weights; figures of such a network must say so."""
        return self.card.random

    @property
    def layers(self) -> dict[str, int]:
        """The named layers in forward order, with their numbers of channels."""
        return {name: layer.channels for name, layer in self.card.layers.items()}

    @property
    def main(self) -> tuple[str, ...]:
        """The layers that are worth listing, in forward order."""
        return self.card.main

    @property
    def heads(self) -> Mapping[str, tuple[str, ...]]:
        """The heads with the names of their classes."""
        return self.card.heads

    @property
    def network(self) -> nn.Module:
        """The frozen network on the lab's device; images come in [0, 1], in as many channels as it has.

        Raises ValueError where the weights are not those that the card describes.
        """
        return instance(self.maker, lab.device()).network

    @functools.cached_property
    def anatomy(self) -> Anatomy:
        """What is known of all modules of the network, by dotted path."""
        if self.spec is not None:
            return build.anatomy_of(self.spec)
        return anatomy_of(self.maker, self.input_size, self.channels)

    def layer(self, name: str) -> str:
        """Return the name that we prefer for a layer or head; it keeps an ending `.pre`.

        Raises ValueError with the nearest name, and for the `.pre` of what ends in no nonlinearity.
        """
        return self.card.layer(name)

    def head(self, name: str = "") -> str:
        """Return a head by its name, the first where there is none; raises ValueError with the nearest name."""
        return self.card.head(name)

    def part(self, layer: str) -> Layer:
        """Return what is known of the module that a layer is the output of."""
        return self.anatomy.layers[self.card.layers[self.card.base(layer)].module]

    def size(self, layer: str) -> int:
        """Return how many units a layer or head has; raises ValueError with the nearest name."""
        return self.card.size(layer)

    def unit(self, text: str) -> Unit:
        """Read a unit; its layer gets the name that we prefer. Raises ValueError as the card does."""
        return self.card.unit(text)

    def label(self, unit: Unit) -> str:
        """Return the class that a unit of a head stands for, or an empty string."""
        return self.card.label(unit)

    def receptive_field(self, layer: str) -> ReceptiveField:
        """Return what a position of a layer sees; a head sees the whole image."""
        name = self.layer(layer)
        return everything(self.input_size, 1) if name in self.heads else self.part(name).receptive_field

    def reader(self, wanted: Wanted) -> Callable[[torch.Tensor], Mapping[object, torch.Tensor]]:
        """Return a function of images that answers {(module or head, before its rectifier?): output}."""
        return instance(self.maker, lab.device()).reader(wanted, self.anatomy, tuple(self.heads))

    def window(self, one: tuple[str, bool], image: torch.Tensor, rows: slice, columns: slice) -> Callable | None:
        """Return a function of images like this one that answers a window of a module's map; see `Instance.window`."""
        if self.anatomy.trouble or one[0] in self.heads:
            return None
        return instance(self.maker, lab.device()).window(one, image, rows, columns)


def load(name: str) -> Model:
    """Return a network by name, without its weights; raises ValueError with the nearest name.

    Names are those of the lab's site. Raises MissingWeights where the weights are not on this disk.
    """
    return of(networks.read(name, lab.current().site))


def of(spec: NetworkSpec) -> Model:
    """Return the network of a specification, without its weights; raises ValueError as `load` does."""
    card = describing.describe(spec)
    code = build.build, networks.source_of(spec).blueprint
    return Model(card, Maker(card.digest, functools.partial(build.build, spec), code), spec)


def untrained(model: Model, seed: int = 0) -> Model:
    """Return the same architecture with random weights drawn from `seed`; raises ValueError for one without a name."""
    if model.spec is None:
        raise ValueError(f"{model.name}: nothing is known of how it was made; expected a network by name")
    return of(dataclasses.replace(model.spec, name=networks.untrained(model.name), weights=NONE, seed=seed))


def made(
    name: str, make: Callable[[], nn.Module], *, size_px: int, channels: int = 3, layers: Sequence[str] = (),
    heads: Mapping[str, Sequence[str]] | None = None, digest: str = "",
) -> Model:  # fmt: skip
    """Return a network that `make` builds whole, for a notebook; it takes images in [0, 1].

    `layers` are the dotted paths of those that get a name, else all; `heads` names the classes. Equal
    digests, the name where there is none, must make equal networks.
    """
    maker = Maker(digest or name, make)
    body = anatomy_of(maker, size_px, channels)
    named, chosen = heads or {}, layers or tuple(body.layers)
    card = NetworkCard(
        name=name,
        digest=maker.digest,
        weights=Weights("none"),
        input=Input(size_px, channels, (0.0,) * channels, (1.0,) * channels),
        layers={path: describing.entry(layer) for path, layer in body.layers.items() if path in chosen},
        heads={head: describing.classes(named.get(head, ()), count) for head, count in body.heads.items()},
    )
    return Model(card, maker)
