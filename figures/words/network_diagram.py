"""What a network is made of, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Words

if TYPE_CHECKING:
    from figures.methods.network_diagram import NetworkDiagram


def network_diagram(seen: NetworkDiagram) -> Words:
    """Say how many layers a network has, and what is highlighted and marked in it."""
    units = sum(layer.channels for layer in seen.layers)
    values = {"layers": len(seen.layers), "boxes": len(seen.blocks), "units": units}
    return Words(_alt(seen), values, tuple(_notes(seen)))


def _alt(seen: NetworkDiagram) -> str:
    last = seen.layers[-1]
    text = (
        f"The {len(seen.layers)} main layers of {seen.network} from an image of {seen.input_px} px to {last.name} with "
        f"{last.channels} units{''.join(_heads(seen))}."
    )
    text += f" Highlighted: {', '.join(seen.chosen)}." if seen.chosen else ""
    return text + (f" Marked: {', '.join(seen.marked)}." if seen.marked else "")


def _heads(seen: NetworkDiagram) -> Iterator[str]:
    """Name the head that the last layer is, and the others."""
    own = [head.name for head in seen.heads if head.layer == seen.layers[-1].name]
    others = [head.name for head in seen.heads if head.name not in own]
    if own:
        yield f", its head {own[0]}"
    if others:
        yield f", and its heads {', '.join(others)}"


def _notes(seen: NetworkDiagram) -> Iterator[str]:
    yield "The width of a box grows with the root of its channels, its height with the root of the map's side."
    yield f"Below stands how far a unit sees, and how much of the picture's side of {seen.input_px} px that is."
    if any(layer.branches for layer in seen.layers):
        yield "Dotted lines in a box part the branches that its channels come from."
    runs = [f"{block.name} ({len(block.layers)})" for block in seen.blocks if len(block.layers) > 1]
    if runs:
        yield f"Layers alike are drawn as one, with what the last of them sees: {', '.join(runs)}."
    if not seen.traced:
        yield f"The graph of {seen.network} cannot be written down; layers are joined in the order in which they run."
