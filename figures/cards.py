"""What is known of a network without loading it: its input, its layers in forward order, its heads, its digest.

A card is kept in the store and beside the embedded weights as a record, plain JSON with a version.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from figures import units
from figures.nearest import nearest
from figures.units import PRE, Unit

VERSION = 2
MOST_NAMES = 16
#: The layout of a layer whose units have no place in the image.
VECTOR = "vector"
SMALLEST_CURVES_PX = 15
"""Strokes of arcs are a fifteenth of the receptive field wide: in a smaller one, less than a pixel."""


@dataclass(frozen=True)
class Weights:
    """Where a network's weights come from.

    `kind` is `embedded` for those in this package, `file`, or `none` for random ones; `file` is where
    they lay on the machine that looked, `sha256` is empty where they were not there. `package` names the
    installed package that holds them, `licence` what they are given under, where that is known; `note`
    says what was chosen of a file that holds several, and what was done to them.
    """

    kind: str
    file: str = ""
    sha256: str = ""
    url: str = ""
    package: str = ""
    licence: str = ""
    note: str = ""


@dataclass(frozen=True)
class Input:
    """The images that a network takes: squares; `mean` and `std` per channel, of values in [0, 1]."""

    size_px: int
    channels: int
    mean: tuple[float, ...]
    std: tuple[float, ...]


@dataclass(frozen=True)
class LayerCard:
    """A layer: the module that it is the output of, and its map.

    `layout` is how the output lies in memory, with `prefix` tokens before those of the map.
    `receptive_field` is (size, stride, start) in px, the start that of position 0. `rectified` layers
    end in a rectifier; those with `pre` in some nonlinearity, before which they can be read too;
    `main` ones are worth listing.
    """

    module: str
    channels: int
    height: int
    width: int
    layout: str = "map"
    prefix: int = 0
    receptive_field: tuple[int, int, int] = (1, 1, 0)
    rectified: bool = False
    pre: bool = False
    main: bool = True

    @property
    def has_places(self) -> bool:
        """Tell whether it is a map of more than one position."""
        return self.layout != VECTOR and self.height * self.width > 1


@dataclass(frozen=True)
class NetworkCard:
    """A network by the names of its layers, in forward order, and of its heads with their classes.

    `aliases` leads from every other name of a layer to the one we prefer; `random` tells weights that
    nobody trained. The digest changes with all that decides what the network answers; it is empty
    where the weights are not on this disk.
    """

    name: str
    digest: str
    weights: Weights
    input: Input
    layers: Mapping[str, LayerCard]
    heads: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    random: bool = False

    @property
    def main(self) -> tuple[str, ...]:
        """The layers that are worth listing, in forward order."""
        return tuple(name for name, layer in self.layers.items() if layer.main)

    @property
    def example(self) -> str:
        """A unit, as this network's are written."""
        layer = (*self.heads, *self.layers, *self.main)[-1]
        return f"{layer}:{min(17, self.size(layer) - 1)}"

    def layer(self, name: str, *, heads: bool = True) -> str:
        """Return the name that we prefer for a layer, or a head where `heads` are meant too; it keeps an ending `.pre`.

        Raises ValueError with the nearest name, and for the `.pre` of what ends in no nonlinearity.
        """
        for base, end in ((name, ""), (name.removesuffix(PRE), PRE if name.endswith(PRE) else "")):
            known = base if base in self.layers or base in self.heads else self.aliases.get(base, "")
            if known in self.layers or (heads and known in self.heads):
                return self._with_end(known, end)
        raise ValueError(f"{self.name} has no layer {name!r}{self._hint(name, heads)}")

    def head(self, name: str = "") -> str:
        """Return a head by its name, the first where there is none; raises ValueError with the nearest name."""
        if not name and not self.heads:
            raise ValueError(f"{self.name} has no classes: nothing that it answers is (images, classes)")
        wanted = name or next(iter(self.heads))
        if wanted not in self.heads:
            known = ", ".join(self.heads) or "none"
            raise ValueError(f"{self.name} has no head {wanted!r}{nearest(wanted, self.heads)} (it has {known})")
        return wanted

    def _with_end(self, layer: str, end: str) -> str:
        if end and not (layer in self.layers and self.layers[layer].pre):
            raise ValueError(f"{layer} of {self.name} ends in no nonlinearity: there is no {layer}{end}")
        return layer + end

    def _hint(self, name: str, heads: bool) -> str:
        own = tuple(self.heads) if heads else ()
        known, shown = (*self.layers, *own), (*self.main, *own)
        close = nearest(name.removesuffix(PRE), [*known, *self.aliases])
        more = f"; `microscribe models show {self.name} --all` lists every layer" if len(shown) < len(known) else ""
        return f"{close} (it has {_listed(shown)}{more})"

    def base(self, layer: str) -> str:
        """Name the layer, or head, that a `.pre` belongs to."""
        return layer if layer in self.layers or layer in self.heads else layer.removesuffix(PRE)

    def sees(self, layer: str) -> str:
        """Say how much of an image a unit of a layer sees, as `seen` does; one of a head sees all of it."""
        name, side = self.base(self.layer(layer)), self.input.size_px
        return seen(side if name in self.heads else self.layers[name].receptive_field[0], side)

    def follows_curves(self, layer: str) -> bool:
        """Tell whether arcs can be drawn for the units of a layer, so that their tuning says something.

        Not for a class, which has no place in the image, nor for a layer without a map or with one of a single
        position; not where a unit sees less than 15 px, in which strokes are thinner than a pixel, nor where it
        sees the whole image.
        """
        name = self.base(self.layer(layer))
        if name in self.heads:
            return False
        known = self.layers[name]
        return known.has_places and SMALLEST_CURVES_PX <= known.receptive_field[0] < self.input.size_px

    def size(self, layer: str) -> int:
        """Return how many units a layer or head has; raises ValueError with the nearest name."""
        name = self.base(self.layer(layer))
        return len(self.heads[name]) if name in self.heads else self.layers[name].channels

    def unit(self, text: str) -> Unit:
        """Read a unit; its layer gets the name that we prefer.

        Raises ValueError for a wrong form, layer, index or place.
        """
        written = units.read(self._numbered(text), self.example)
        unit = replace(written, layer=self.layer(written.layer))
        size = self.size(unit.layer)
        if unit.index >= size:
            raise ValueError(f"no unit {written}: {unit.layer} of {self.name} has units 0 to {size - 1}")
        if unit.position is not None:
            self._check_place(unit, unit.position)
        return unit

    def _numbered(self, text: str) -> str:
        """Write a class by its number where it goes by its name; raises ValueError with the nearest name."""
        written = units.read_class(text)
        head = self.layer(written.layer) if written else ""
        if written is None or head not in self.heads:
            self._check_no_class(written)
            return text
        name = written.name
        numbers = [number for number, known in enumerate(self.heads[head]) if plainly(known) == plainly(name)]
        if not numbers:
            known = {plainly(each): each for each in self.heads[head]}
            close = re.sub("'(.*)'", lambda plain: repr(known.get(plain[1], plain[1])), nearest(plainly(name), known))
            raise ValueError(f"{head} of {self.name} has no class {name!r}{close}")
        if len(numbers) > 1:
            several = " or ".join(f"{head}:{number}" for number in numbers)
            raise ValueError(f"{head} of {self.name} has {len(numbers)} classes {name!r}; expected {several}")
        return f"{head}:{numbers[0]}{'-' if written.negative else ''}"

    def _check_no_class(self, written: units.NamedClass | None) -> None:
        """Raise ValueError, with the unit that is meant, for a class that is looked for in another layer."""
        name = written.name if written else ""
        for head, classes in self.heads.items():
            if plainly(name) in map(plainly, classes):
                raise ValueError(
                    f"{str(written)!r} is not a unit; expected {head}:{name}, as {name} is one of its classes"
                )

    def units(self, text: str) -> tuple[Unit, ...]:
        """Read `mixed3b:3,17, mixed4a:0..3`, each unit once; raises ValueError as `unit` does."""
        return tuple(dict.fromkeys(self.unit(one) for one in units.expand(text)))

    def edge(self, text: str) -> tuple[Unit, Unit]:
        """Read `mixed4b:3 -> mixed3b:17`; return the upper and the lower unit, whichever was named first.

        Raises ValueError for another form, for units that there are not, and for two of one layer.
        """
        names = re.split(r"\s*(?:->|→)\s*", text.strip())
        if len(names) != 2 or not all(names):
            raise ValueError(f"{text!r}; expected two units with an arrow between, as mixed4b:3 -> mixed3b:17")
        order = [*self.layers, *self.heads]
        lower, upper = sorted(map(self.unit, names), key=lambda unit: order.index(self.base(unit.layer)))
        if self.base(lower.layer) == self.base(upper.layer) or lower.layer in self.heads:
            raise ValueError(f"{text}: no layer lies below the other; expected units of two layers, the lower no class")
        if lower.position is not None:
            raise ValueError(f"{lower} is one position; expected a whole channel below, {lower.channel}")
        return upper, lower

    def check_class(self, head: str, text: str) -> None:
        """Raise ValueError, with the nearest name, for what is no class of a head, the first where there is no name."""
        self.unit(f"{self.head(head)}:{text}")

    def _check_place(self, unit: Unit, position: tuple[int, int]) -> None:
        name = self.base(unit.layer)
        if name in self.heads:
            raise ValueError(f"no unit {unit}: a class of {name} has no places")
        layer = self.layers[name]
        if position[0] >= layer.height or position[1] >= layer.width:
            has = f"rows 0 to {layer.height - 1} and columns 0 to {layer.width - 1}"
            raise ValueError(f"no unit {unit}: the map of {name} in {self.name} has {has}; expected @row,column")

    def label(self, unit: Unit) -> str:
        """Return the class that a unit of a head stands for, or an empty string."""
        return self.heads[unit.layer][unit.index] if unit.layer in self.heads else ""

    @property
    def record(self) -> dict[str, Any]:
        """The card as plain JSON, which `read` reads: lists, where order says something."""
        layers = [{"name": name, **_plain(asdict(layer))} for name, layer in self.layers.items()]
        return {
            "version": VERSION,
            "name": self.name,
            "digest": self.digest,
            "weights": asdict(self.weights),
            "input": _plain(asdict(self.input)),
            "layers": layers,
            "heads": [{"name": name, "classes": list(classes)} for name, classes in self.heads.items()],
            "aliases": dict(self.aliases),
            "random": self.random,
        }


def seen(field_px: int, image_px: int) -> str:
    """Say how large a receptive field is, and what share of an image's side: `46 px, 72 % of 64`, `427 px, all of 224`.

    A field may be larger than the images, whose border then lies in it.
    """
    return f"{field_px} px, {share(field_px, image_px)} of {image_px}"


def share(field_px: int, image_px: int) -> str:
    """Say what share of an image's side a receptive field is: `72 %`, `all`."""
    percent = 100 * field_px / image_px
    return "all" if field_px >= image_px else f"{min(percent, 99):.{1 if percent < 9.95 else 0}f} %"


def read(record: Mapping[str, Any]) -> NetworkCard:
    """Read a card's record; raises ValueError for one of another version, or no card at all."""
    version = record.get("version")
    if version != VERSION:
        raise ValueError(f"a network card of version {version}; expected {VERSION}")
    try:
        return NetworkCard(
            name=str(record["name"]),
            digest=str(record["digest"]),
            weights=Weights(**record["weights"]),
            input=Input(**_tuples(record["input"])),
            layers=dict(map(_layer, record["layers"])),
            heads={str(head["name"]): tuple(head["classes"]) for head in record["heads"]},
            aliases=dict(record["aliases"]),
            random=bool(record["random"]),
        )
    except (KeyError, TypeError, AttributeError, ValueError) as error:
        raise ValueError(f"not a network card: {type(error).__name__}: {error}") from error


def _layer(record: Mapping[str, Any]) -> tuple[str, LayerCard]:
    values = _tuples(record)
    return str(values.pop("name")), LayerCard(**values)


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def _tuples(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}


@functools.lru_cache(1 << 14)
def plainly(name: str) -> str:
    """Write a class's name as it is compared: `Egyptian cat` is `egyptian-cat` too."""
    return re.sub(r"[\s_-]+", " ", name.strip().casefold())


def _listed(names: Iterable[str]) -> str:
    """List names, but never so many that the reader is lost."""
    shown = list(names)
    if len(shown) <= MOST_NAMES:
        return ", ".join(shown)
    return f"{', '.join(shown[:MOST_NAMES])} and {len(shown) - MOST_NAMES} more"
