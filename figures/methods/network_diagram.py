"""What a network is made of: its main layers, what each sees, how they are joined, and where units lie."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from figures.methods.models import Model
from figures.methods.wiring import Branch, Wiring, wiring
from figures.units import PRE, Unit

FEWEST, DEEP = 3, 12
"""So many layers alike in a row are folded into one block; of more than `DEEP` layers, already two are."""


@dataclass(frozen=True)
class LayerShown:
    """A layer with what it is joined from, what one of its positions sees, and the units that are marked in it.

    `sees_px` is the side of the receptive field as it is, which may be larger than the picture's, `input_px`;
    `chosen` tells whether an author points the layer out.
    """

    name: str
    channels: int
    height: int
    width: int
    sees_px: int
    input_px: int
    before: tuple[str, ...]
    branches: tuple[Branch, ...]
    chosen: bool
    marked: tuple[Unit, ...]

    @property
    def sees_share(self) -> float:
        """The part of the picture's side that a position sees, at most 1."""
        return min(1.0, self.sees_px / self.input_px)

    @property
    def form(self) -> tuple[object, ...]:
        """What layers alike have in common: their name but for its numbers, and their size."""
        return re.sub(r"\d+", "#", self.name), self.channels, self.height, self.width

    def branch_of(self, index: int) -> Branch | None:
        """Return the branch that a channel comes from."""
        for branch in self.branches:
            if index < branch.channels:
                return branch
            index -= branch.channels
        return None


@dataclass(frozen=True)
class Head:
    """What a network answers with: how many classes, and the units that are marked among them.

    `layer` is the one whose output this is, "" where it has no name among those shown.
    """

    name: str
    classes: int
    marked: tuple[Unit, ...]
    layer: str = ""
    chosen: bool = False


@dataclass(frozen=True)
class Block:
    """What is drawn as one: a layer, or a run of layers alike."""

    layers: tuple[LayerShown, ...]

    @property
    def name(self) -> str:
        """The name by which blocks are joined."""
        first, last = self.layers[0].name, self.layers[-1].name
        return first if len(self.layers) == 1 else f"{first} to {last}"

    @property
    def marked(self) -> tuple[Unit, ...]:
        """The units that are marked in it."""
        return tuple(unit for layer in self.layers for unit in layer.marked)


@dataclass(frozen=True)
class NetworkDiagram:
    """A network as blocks and heads; `edges` join these, and the image, by their names.

    `chosen` and `marked` are the layers that an author points out and the units, as they are written. `traced` is
    false where the order of the layers is all that is known.
    """

    network: str
    input_px: int
    channels: int
    chosen: tuple[str, ...]
    marked: tuple[str, ...]
    layers: tuple[LayerShown, ...]
    blocks: tuple[Block, ...]
    heads: tuple[Head, ...]
    edges: tuple[tuple[str, str], ...]
    traced: bool

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table says of each layer."""
        layers = self.layers
        return {
            "layer": [layer.name for layer in layers],
            "units": [layer.channels for layer in layers],
            "map": [f"{layer.height} x {layer.width}" for layer in layers],
            "sees_px": [layer.sees_px for layer in layers],
            "sees_share": [layer.sees_share for layer in layers],
            "from": [", ".join(layer.before) for layer in layers],
            "branches": [", ".join(map(str, layer.branches)) for layer in layers],
            "chosen": ["yes" if layer.chosen else "no" for layer in layers],
            "marked": [", ".join(_places(layer)) for layer in layers],
        }


def _places(layer: LayerShown) -> list[str]:
    """Name the units that are marked with the branches that they come from."""
    branches = [layer.branch_of(unit.index) for unit in layer.marked]
    pairs = zip(layer.marked, branches, strict=True)
    return [f"{unit} ({branch.label})" if branch else str(unit) for unit, branch in pairs]


def of(model: Model, layers: Sequence[str] = (), units: Sequence[str] = (), *, fold: bool = True) -> NetworkDiagram:
    """Describe the main layers of a network, and those that are pointed out or hold units that are marked.

    With `fold` runs of layers alike become one block, but not those that are pointed out or marked, in themselves
    or inside. Raises ValueError with the nearest name.
    """
    marked = [model.unit(unit) for unit in units]
    asked = tuple(model.layer(layer) for layer in layers)
    chosen = {layer.removesuffix(PRE) for layer in asked}
    apart = chosen | {unit.layer.removesuffix(PRE) for unit in marked}
    names = [name for name in model.layers if name in {*model.main, *apart}]
    joined = wiring(model, names)
    shown = [_layer(model, name, joined, name in chosen, marked) for name in names]
    blocks = _blocks([layer for layer in shown if layer.name not in joined.answers], joined, apart, fold)
    return NetworkDiagram(
        network=model.name,
        input_px=model.input_size,
        channels=model.channels,
        chosen=asked,
        marked=tuple(units),
        layers=tuple(shown),
        blocks=tuple(blocks),
        heads=tuple(_head(model, head, joined, chosen, marked) for head in model.heads),
        edges=_edges(blocks, joined),
        traced=joined.traced,
    )


def _layer(model: Model, name: str, joined: Wiring, chosen: bool, marked: Sequence[Unit]) -> LayerShown:
    shape = model.part(name)
    return LayerShown(
        name=name,
        channels=shape.channels,
        height=shape.height,
        width=shape.width,
        sees_px=model.receptive_field(name).size_px,
        input_px=model.input_size,
        before=tuple(start for start, end in joined.edges if end == name),
        branches=joined.branches.get(name, ()),
        chosen=chosen,
        marked=tuple(unit for unit in marked if unit.layer.removesuffix(PRE) == name),
    )


def _head(model: Model, head: str, joined: Wiring, chosen: set[str], marked: Sequence[Unit]) -> Head:
    layer = next((name for name, answer in joined.answers.items() if answer == head), "")
    within = tuple(unit for unit in marked if unit.layer in (head, layer))
    return Head(head, model.size(head), within, layer, chosen=bool({head, layer} & chosen))


def _blocks(shown: Sequence[LayerShown], joined: Wiring, apart: set[str], fold: bool) -> list[Block]:
    """Join runs of layers of one form that lead from each to the next and are not to stand apart."""
    runs: list[list[LayerShown]] = []
    for layer in shown:
        last = runs[-1][-1] if runs else None
        if fold and last and _joins(last, layer, joined) and not (_holds(last, apart) or _holds(layer, apart)):
            runs[-1].append(layer)
        else:
            runs.append([layer])
    fewest = 2 if len(shown) > DEEP else FEWEST
    several = [[run] if len(run) >= fewest else [[layer] for layer in run] for run in runs]
    return [Block(tuple(run)) for runs in several for run in runs]


def _holds(layer: LayerShown, apart: set[str]) -> bool:
    """Tell whether a layer, or one inside it, is to stand apart."""
    return any(name == layer.name or name.startswith(f"{layer.name}.") for name in apart)


def _joins(last: LayerShown, layer: LayerShown, joined: Wiring) -> bool:
    """Tell whether a layer is like the last, which leads to it and to nothing else."""
    around = [(start, end) for start, end in joined.edges if start == last.name or end == layer.name]
    return around == [(last.name, layer.name)] and last.form == layer.form


def _edges(blocks: Sequence[Block], joined: Wiring) -> tuple[tuple[str, str], ...]:
    """Join blocks instead of layers, once each."""
    home: Mapping[str, str] = {layer.name: block.name for block in blocks for layer in block.layers}
    pairs = [(home.get(start, start), home.get(end, end)) for start, end in joined.edges]
    return tuple(pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1])
