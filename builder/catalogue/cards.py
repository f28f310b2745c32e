"""What is known about a network without loading it: its digest, its layers, and their units."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from builder.catalogue import units
from builder.catalogue.units import PRE, Written
from builder.errors import nearest

MOST_NAMES = 16


@dataclass(frozen=True)
class ModelCard:
    """A network by the names of its layers, in forward order, and of its heads.

    `sizes` counts the units of layers and heads, `maps` gives (height, width) where it is known,
    `aliases` leads from every other name to the one we prefer, `smooth` are the layers that have
    no `.pre`, `random` tells weights that nobody trained.
    """

    name: str
    digest: str
    sizes: Mapping[str, int]
    layers: tuple[str, ...]
    main: tuple[str, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    maps: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    smooth: frozenset[str] = frozenset()
    random: bool = False

    @property
    def heads(self) -> tuple[str, ...]:
        return tuple(name for name in self.sizes if name not in self.layers)

    def layer(self, name: str, *, heads: bool = False) -> str:
        """Return the name that we prefer for a layer; raises ValueError with the nearest."""
        for base, end in ((name, ""), (name.removesuffix(PRE), PRE if name.endswith(PRE) else "")):
            known = base if base in self.sizes else self.aliases.get(base, "")
            if known in self.layers or (heads and known in self.sizes):
                return self._with_end(known, end)
        raise ValueError(f"{self.name} has no layer {name!r}{self._hint(name, heads)}")

    def _with_end(self, layer: str, end: str) -> str:
        if end and (layer in self.smooth or layer not in self.layers):
            raise ValueError(f"{layer} of {self.name} does not end in a nonlinearity, so that there is no {layer}{end}")
        return layer + end

    def _hint(self, name: str, heads: bool) -> str:
        known = [*self.layers, *(self.heads if heads else ())]
        shown = [one for one in known if one in self.main or one not in self.layers] if self.main else known
        close = nearest(name.removesuffix(PRE), [*known, *self.aliases])
        all_of_them = f"; `microscribe models show {self.name} --all` lists every layer"
        return f"{close} (it has {_listed(shown)}{all_of_them if len(shown) < len(known) else ''})"

    def unit(self, text: str) -> Written:
        """Read a unit; raises ValueError for a wrong form, layer, index or place."""
        written = units.read(text)
        if written is None:
            example = f"{(self.main or self.layers)[-1]}:17"
            raise ValueError(f"{text!r} is not a unit; expected layer:index, for example {example}")
        unit = replace(written, layer=self.layer(written.layer, heads=True))
        size = self.sizes[self._base(unit.layer)]
        if unit.index >= size:
            raise ValueError(f"no unit {text.strip()}: {unit.layer} of {self.name} has units 0 to {size - 1}")
        if unit.position is not None:
            self._check_place(unit, unit.position)
        return unit

    def _base(self, layer: str) -> str:
        """Name the layer that a `.pre` belongs to."""
        return layer if layer in self.sizes else layer.removesuffix(PRE)

    def _check_place(self, unit: Written, position: tuple[int, int]) -> None:
        layer = self._base(unit.layer)
        if layer not in self.layers:
            raise ValueError(f"no unit {unit}: a class of {layer} has no places")
        if layer not in self.maps:
            return
        height, width = self.maps[layer]
        if position[0] >= height or position[1] >= width:
            has = f"rows 0 to {height - 1} and columns 0 to {width - 1}"
            raise ValueError(f"no unit {unit}: the map of {layer} in {self.name} has {has}; expected @row,column")


def _listed(names: Iterable[str]) -> str:
    """List names, but never so many that the reader is lost."""
    names = list(names)
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_NAMES])} and {len(names) - MOST_NAMES} more"


def from_description(card: Mapping[str, object], name: str) -> ModelCard:
    """Read a card as the figure library describes it."""
    layers = card["layers"]
    heads = {head: len(classes) for head, classes in card["heads"].items()}
    modules = {layer["module"]: preferred for preferred, layer in layers.items() if layer.get("module")}
    return ModelCard(
        name=name,
        digest=str(card["digest"]),
        sizes={**{preferred: int(layer["channels"]) for preferred, layer in layers.items()}, **heads},
        layers=tuple(layers),
        main=tuple(preferred for preferred, layer in layers.items() if layer["main"]),
        aliases={**modules, **card["aliases"]},
        maps={preferred: (int(one["height"]), int(one["width"])) for preferred, one in layers.items()},
        smooth=frozenset(preferred for preferred, layer in layers.items() if not layer["pre"]),
        random=bool(card["random"]),
    )


def from_record(record: Mapping[str, object], name: str, digest: str, *, random: bool) -> ModelCard:
    """Read the record of an embedded network; all of its layers end in a rectifier."""
    heads = {head: len(classes) for head, classes in record["heads"].items()}
    layers = tuple(record["layers"])
    return ModelCard(name, digest, {**record["layers"], **heads}, layers, layers, random=random)
