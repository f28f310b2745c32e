"""What is a network made of, and where in it are the layers and units that an article is about?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

from figures.artifact import Artifact, Sprite, Table, Tile
from figures.charts import diagram, sprites, vega
from figures.methods import datasets, models
from figures.methods.feature_visualization import colours_of, visualize
from figures.methods.insides.anatomy import Layer
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.methods.wiring import IMAGE, Branch, Wiring, wiring
from figures.parameters import Dataset, Model, Seed, Units
from figures.ranges import Between
from figures.registry import figure

COLUMNS = ("layer", "units", "map", "sees_px", "from", "branches", "chosen", "marked")
FEWEST, NAMED = 3, 3


@figure("network-diagram")
def network_diagram(
    *,
    model: Model = "glyphs",
    layers: tuple[str, ...] = (),
    units: Units = (),
    collapse: bool = True,
    columns: Annotated[int, Between(2, 100)] = 7,
    pictures: bool = True,
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
) -> Artifact:
    """Draw the main layers of a network as boxes: width for channels, height for the map, what each sees below.

    layers: layers to highlight
    units: units to mark in their layers
    collapse: draw repeated layers as one, but not those that are highlighted or marked
    columns: how many boxes to a row
    pictures: show the feature visualizations of the units below, with links to their pages
    dataset: the images whose colours the feature visualizations have
    seed: where the feature visualizations start from
    """
    network = models.load(model)
    marked = [network.unit(unit) for unit in units]
    chosen = [network.layer(layer) for layer in layers]
    shown = _shown(network, [*chosen, *(unit.layer for unit in marked)])
    joined = wiring(network, shown)
    blocks = _blocks(network, shown, joined, {*chosen, *(unit.layer for unit in marked)} if collapse else set(shown))
    boxes = [
        _image(network),
        *(_box(network, block, chosen, marked, joined) for block in blocks),
        *_heads(network, marked),
    ]
    alt = _alt(network, shown, chosen, units)
    drawing = diagram.diagram(boxes, _edges(blocks, joined), columns=columns)
    parts = [vega.chart(drawing, name="network-diagram", alt=alt, pointed=diagram.POINTED)]
    parts += [_sprite(network, units, dataset, seed)] if units and pictures else []
    rows = [_row(network, layer, joined, chosen, marked) for layer in shown]
    values = {"layers": len(shown), "boxes": len(blocks), "units": sum(network.size(layer) for layer in shown)}
    return Artifact(alt, tuple(parts), Table(COLUMNS, tuple(rows)), values, tuple(_notes(network, blocks, joined)))


@dataclass(frozen=True)
class Block:
    """One box: a layer, or a run of layers alike."""

    layers: tuple[str, ...]

    @property
    def name(self) -> str:
        """The name by which boxes are joined."""
        return self.layers[0] if len(self.layers) == 1 else f"{self.layers[0]} to {self.layers[-1]}"


def _shown(network: Network, asked: Sequence[str]) -> list[str]:
    """List the main layers and those that are asked for, in forward order."""
    wanted = {*network.main, *(name.removesuffix(models.PRE) for name in asked)}
    return [name for name in network.layers if name in wanted]


def _blocks(network: Network, shown: Sequence[str], joined: Wiring, apart: set[str]) -> list[Block]:
    """Join runs of layers of one form that lead from each to the next and are not to stand apart."""
    runs: list[list[str]] = []
    for layer in shown:
        last = runs[-1][-1] if runs else ""
        chained = [edge for edge in joined.edges if last in edge[:1] or layer in edge[1:]] == [(last, layer)]
        if chained and not {last, layer} & apart and _form(network, last) == _form(network, layer):
            runs[-1].append(layer)
        else:
            runs.append([layer])
    return [Block(tuple(part)) for run in runs for part in ([run] if len(run) >= FEWEST else [[one] for one in run])]


def _form(network: Network, layer: str) -> tuple[object, ...]:
    part = network.part(layer)
    return re.sub(r"\d+", "#", layer), part.channels, part.height, part.width


def _edges(blocks: Sequence[Block], joined: Wiring) -> list[tuple[str, str]]:
    home = {layer: block.name for block in blocks for layer in block.layers}
    pairs = [(home.get(start, start), home.get(end, end)) for start, end in joined.edges]
    return [pair for pair in dict.fromkeys(pairs) if pair[0] != pair[1]]


def _image(network: Network) -> diagram.Box:
    side = network.input_size
    lines = (IMAGE, f"{network.channels} × {side}²")
    return diagram.Box(
        IMAGE, network.channels, side, lines, f"{side} × {side} px, {network.channels} channels", head=True
    )


def _box(
    network: Network, block: Block, chosen: Sequence[str], marked: Sequence[Address], joined: Wiring
) -> diagram.Box:
    layer, part = block.layers[-1], network.part(block.layers[-1])
    own = [unit for unit in marked if unit.layer.removesuffix(models.PRE) in block.layers]
    branches = joined.branches.get(layer, ()) if len(block.layers) == 1 else ()
    ends = [sum(one.channels for one in branches[: i + 1]) / part.channels for i in range(len(branches) - 1)]
    marks = tuple((unit.index + 0.5) / part.channels for unit in own)
    lines = (*_titles(block), f"{part.channels} × {_map(part)}", f"sees {_sees(network, layer)} px", *_named(own))
    tip = f"{part.channels} units, map {_map(part)}, sees {_sees(network, layer)} px"
    tip += f"; {_told(branches)}" if branches else ""
    is_chosen = any(name.removesuffix(models.PRE) in block.layers for name in (*chosen, *(one.layer for one in own)))
    return diagram.Box(block.name, part.channels, part.height, lines, tip, is_chosen, False, tuple(ends), marks)


def _heads(network: Network, marked: Sequence[Address]) -> Iterator[diagram.Box]:
    for head, classes in network.heads.items():
        own = [unit for unit in marked if unit.layer == head]
        marks = tuple((unit.index + 0.5) / len(classes) for unit in own)
        lines = (head, f"{len(classes)} classes", *_named(own))
        yield diagram.Box(head, len(classes), 1, lines, f"{len(classes)} classes", bool(own), True, (), marks)


def _titles(block: Block) -> Iterator[str]:
    """Shorten dotted paths to their last names; numbers keep the name before them."""
    ends = [name.split(".") for name in (block.layers[0], block.layers[-1])]
    first, last = (".".join(parts[-2:] if parts[-1].isdigit() else parts[-1:]) for parts in ends)
    yield first
    if len(block.layers) > 1:
        number = re.search(r"\d+$", last)
        yield f"to {number[0] if number else last}, × {len(block.layers)}"


def _map(part: Layer) -> str:
    return f"{part.height}²" if part.height == part.width else f"{part.height}·{part.width}"


def _sees(network: Network, layer: str) -> int:
    return min(network.receptive_field(layer).size_px, network.input_size)


def _named(units: Sequence[Address]) -> Iterator[str]:
    if units:
        more = f" +{len(units) - NAMED}" if len(units) > NAMED else ""
        yield ", ".join(str(one.index) for one in units[:NAMED]) + more


def _told(branches: Sequence[Branch]) -> str:
    return ", ".join(f"{one.label} {one.channels}" for one in branches)


def _sprite(network: Network, units: Sequence[str], dataset: str, seed: int) -> Sprite:
    made = visualize(network, units, seed=seed, colours=colours_of(datasets.load(dataset)))
    tiles = [Tile(f"Feature visualization of {unit}", unit, (unit,)) for unit in units]
    alt = f"Feature visualizations of {', '.join(units)}."
    return sprites.sprite(made.images, tiles, display_px=72, name="units", alt=alt)


def _row(
    network: Network, layer: str, joined: Wiring, chosen: Sequence[str], marked: Sequence[Address]
) -> tuple[object, ...]:
    part, branches = network.part(layer), joined.branches.get(layer, ())
    own = [f"{unit}{_where(branches, unit.index)}" for unit in marked if unit.layer.removesuffix(models.PRE) == layer]
    before = ", ".join(start for start, end in joined.edges if end == layer)
    size = f"{part.height} x {part.width}"
    picked = "yes" if layer in chosen else "no"
    return layer, part.channels, size, _sees(network, layer), before, _told(branches), picked, ", ".join(own)


def _where(branches: Sequence[Branch], index: int) -> str:
    """Say in which branch a channel lies."""
    for one in branches:
        if index < one.channels:
            return f" ({one.label})"
        index -= one.channels
    return ""


def _alt(network: Network, shown: Sequence[str], chosen: Sequence[str], units: Sequence[str]) -> str:
    last = network.part(shown[-1])
    text = (
        f"The {len(shown)} main layers of {network.name} from an image of {network.input_size} px to "
        f"{shown[-1]} with {last.channels} units, and its heads {', '.join(network.heads)}."
    )
    text += f" Highlighted: {', '.join(chosen)}." if chosen else ""
    return text + (f" Marked: {', '.join(units)}." if units else "")


def _notes(network: Network, blocks: Sequence[Block], joined: Wiring) -> Iterator[str]:
    yield "The width of a box grows with the root of its channels, its height with the root of the map's side."
    if joined.branches:
        yield "Dotted lines in a box part the branches that its channels come from."
    runs: Mapping[str, int] = {block.name: len(block.layers) for block in blocks if len(block.layers) > 1}
    if runs:
        yield f"Layers alike are drawn as one: {', '.join(f'{name} ({count})' for name, count in runs.items())}."
    if not joined.traced:
        yield f"The graph of {network.name} cannot be written down; layers are joined in the order in which they run."
