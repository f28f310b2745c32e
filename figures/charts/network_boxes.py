"""Draw a network as boxes: a box for the image, for each layer or run of layers alike, and for each head."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from figures.artifact import Chart
from figures.cards import seen, share
from figures.charts import diagram
from figures.charts.diagram import Box

if TYPE_CHECKING:
    from figures.methods.network_diagram import Block, Head, LayerShown, NetworkDiagram
    from figures.units import Unit

IMAGE, NAMED = "image", 3
"""The name of the first box, and how many marked units are named below one."""


def draw(shown: NetworkDiagram, *, columns: int = 7, name: str = "network-diagram", alt_text: str) -> Chart:
    """Draw a network, at most `columns` boxes to a row; see `diagram.draw`."""
    boxes = [_image(shown), *map(_box, shown.blocks), *map(_head, shown.heads)]
    return diagram.draw(boxes, shown.edges, columns=columns, name=name, alt_text=alt_text)


def _image(shown: NetworkDiagram) -> Box:
    side = shown.input_px
    tip = f"{side} × {side} px, {shown.channels} channels"
    return Box(IMAGE, shown.channels, side, (IMAGE, f"{shown.channels} × {side}²"), tip, head=True)


def _box(block: Block) -> Box:
    layer = block.layers[-1]
    branches = layer.branches if len(block.layers) == 1 else ()
    tip = f"{layer.channels} units, map {_map(layer)}, sees {seen(layer.sees_px, layer.input_px)}"
    return Box(
        name=block.name,
        channels=layer.channels,
        height=layer.height,
        lines=(
            *_titles(block),
            f"{layer.channels} × {_map(layer)}",
            f"sees {layer.sees_px} px, {share(layer.sees_px, layer.input_px)}",
            *_named(block.marked),
        ),
        tip=f"{tip}; {', '.join(map(str, branches))}" if branches else tip,
        chosen=any(layer.chosen or layer.marked for layer in block.layers),
        ends=tuple(
            sum(branch.channels for branch in branches[: i + 1]) / layer.channels for i in range(len(branches) - 1)
        ),
        marks=_marks(block.marked, layer.channels),
    )


def _head(head: Head) -> Box:
    count = f"{head.classes} classes"
    return Box(
        name=head.name,
        channels=head.classes,
        height=1,
        lines=(head.name, count, *_named(head.marked)),
        tip=count,
        chosen=bool(head.marked),
        head=True,
        marks=_marks(head.marked, head.classes),
    )


def _marks(units: Sequence[Unit], of: int) -> tuple[float, ...]:
    return tuple((unit.index + 0.5) / of for unit in units)


def _titles(block: Block) -> Iterator[str]:
    """Shorten dotted paths to their last names; numbers keep the name before them."""
    ends = [layer.name.split(".") for layer in (block.layers[0], block.layers[-1])]
    first, last = (".".join(names[-2:] if names[-1].isdigit() else names[-1:]) for names in ends)
    yield first
    if len(block.layers) > 1:
        number = re.search(r"\d+$", last)
        yield f"to {number[0] if number else last}, × {len(block.layers)}"


def _map(layer: LayerShown) -> str:
    return f"{layer.height}²" if layer.height == layer.width else f"{layer.height}·{layer.width}"


def _named(units: Sequence[Unit]) -> Iterator[str]:
    if units:
        more = f" +{len(units) - NAMED}" if len(units) > NAMED else ""
        yield ", ".join(str(unit.index) for unit in units[:NAMED]) + more
