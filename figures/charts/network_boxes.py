"""Draw a network as boxes: a box for the image, for each layer or run of layers alike, and for each head."""

from __future__ import annotations

import dataclasses
import os.path
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


def draw(
    shown: NetworkDiagram,
    *,
    across_px: int = 664,
    columns: int | None = None,
    name: str = "network-diagram",
    alt_text: str,
) -> Chart:
    """Draw a network, at most `columns` boxes to a row, and again for a narrow page; see `diagram.draw`."""
    known = _shared([layer.name for layer in shown.layers])
    boxes = [
        _image(shown),
        *(_box(block, known) for block in shown.blocks),
        *(_head(one, known) for one in shown.heads),
    ]
    chart = diagram.draw(boxes, shown.edges, across_px=across_px, columns=columns, name=name, alt_text=alt_text)
    if across_px <= diagram.NARROW_PX:
        return chart
    narrow = diagram.draw(boxes, shown.edges, across_px=diagram.NARROW_PX, name=name, alt_text=alt_text)
    return dataclasses.replace(chart, narrow=narrow)


def _image(shown: NetworkDiagram) -> Box:
    side = shown.input_px
    tip = f"{side} × {side} px, {shown.channels} channels"
    return Box(IMAGE, shown.channels, side, (IMAGE, f"{shown.channels} × {side}²"), tip, head=True)


def _box(block: Block, known: str = "") -> Box:
    layer = block.layers[-1]
    branches = layer.branches if len(block.layers) == 1 else ()
    tip = f"{layer.channels} units, map {_map(layer)}, sees {seen(layer.sees_px, layer.input_px)}"
    return Box(
        name=block.name,
        channels=layer.channels,
        height=layer.height,
        lines=(
            *_titles(block, known),
            f"{layer.channels} × {_map(layer)}" if layer.height * layer.width > 1 else f"{layer.channels} units",
            f"sees {layer.sees_px} px, {share(layer.sees_px, layer.input_px)}",
            *_named(block.marked),
        ),
        tip=f"{tip}; {', '.join(map(str, branches))}" if branches else tip,
        chosen=any(layer.chosen or layer.marked for layer in block.layers),
        several=len(block.layers) > 1,
        ends=tuple(
            sum(branch.channels for branch in branches[: i + 1]) / layer.channels for i in range(len(branches) - 1)
        ),
        marks=_marks(block.marked, layer.channels),
    )


def _head(head: Head, known: str = "") -> Box:
    count = f"{head.classes} classes"
    title = f"{_last(head.layer, known)}, {head.name}" if head.layer else head.name
    return Box(
        name=head.name,
        channels=head.classes,
        height=1,
        lines=(title, count, *_named(head.marked)),
        tip=f"{count}, the output of {head.layer}" if head.layer else count,
        chosen=head.chosen or bool(head.marked),
        head=True,
        marks=_marks(head.marked, head.classes),
    )


def _marks(units: Sequence[Unit], of: int) -> tuple[float, ...]:
    return tuple((unit.index + 0.5) / of for unit in units)


def _titles(block: Block, known: str) -> Iterator[str]:
    """Name a layer, or the first and the last of several and their number."""
    first, last = (_last(block.layers[at].name, known) for at in (0, -1))
    together = f"{first} to {last}"
    if len(block.layers) == 1:
        yield first
    elif len(together) <= diagram.LETTERS:
        yield from (together, f"× {len(block.layers)}")
    else:
        yield from (first, f"to {last}, × {len(block.layers)}")


def _shared(names: Sequence[str]) -> str:
    """Return the beginning of dotted paths that goes without saying: all have it, and more."""
    parents = [name.split(".")[:-1] for name in names]
    return "".join(f"{name}." for name in os.path.commonprefix(parents))


def _last(name: str, known: str) -> str:
    """Shorten a dotted path to as many of its last names as have room; numbers keep the name before them."""
    names = name.removeprefix(known).split(".")
    least = 2 if names[-1].isdigit() else 1
    ends = [".".join(names[-count:]) for count in range(len(names), least, -1)]
    return next((end for end in ends if len(end) <= diagram.LETTERS), ".".join(names[-least:]))


def _map(layer: LayerShown) -> str:
    return f"{layer.height}²" if layer.height == layer.width else f"{layer.height}·{layer.width}"


def _named(units: Sequence[Unit]) -> Iterator[str]:
    if units:
        more = f" +{len(units) - NAMED}" if len(units) > NAMED else ""
        yield ", ".join(str(unit.index) for unit in units[:NAMED]) + more
