"""What channels say of a picture position by position, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.blocks.dictionary import LayerDictionary, SemanticDictionary


def semantic_dictionary(seen: SemanticDictionary) -> Words:
    """Say what the cells of the picture answer most; values are those of the first layer, and `strongest`, a unit."""
    first = seen.layers[0]
    cell = first.listed[0]
    values: dict[str, Value] = {
        "rows": first.rows,
        "columns": first.columns,
        "channels": len(first.named),
        "icons": len(first.drawn),
        "covered": first.covered,
        "most_common": f"{first.layer}:{first.drawn[0]}",
        "strongest": f"{first.layer}:{first.index[cell, 0]}",
        "activation": float(first.value[cell, 0]),
    }
    return Words(_alt(seen), values, tuple(_notes(seen)))


def _alt(seen: SemanticDictionary) -> str:
    first = seen.layers[0]
    row, column = first.place(first.listed[0])
    units = ", ".join(f"{first.layer}:{channel}" for channel in first.index[first.listed[0]].tolist() if channel >= 0)
    names = ", ".join(layer.layer for layer in seen.layers)
    return (
        f"{seen.word.capitalize()} under a grid of {first.rows} by {first.columns} cells, each with the channels of "
        f"{names} of {seen.network} that answer most there. The strongest cell, row {row + 1}, column {column + 1}: "
        f"{units}."
    )


def _notes(seen: SemanticDictionary) -> Iterator[str]:
    yield (
        "Pointing at a cell, or arrow keys on the picture, shows the channels that answer most there and their "
        "activations as they leave the layer; without pointing, the numbered cells stand for all."
    )
    yield from map(_of_icons, seen.layers)
    for layer in seen.layers:
        if layer.block > 1:
            yield f"A cell of {layer.layer} is the mean over {layer.block} × {layer.block} positions."
    yield "A channel's picture is its feature visualization: what drives it furthest, not what it sees here."


def _of_icons(layer: LayerDictionary) -> str:
    drawn, named = len(layer.drawn), len(layer.named)
    if drawn == named:
        return f"The cells of {layer.layer} name {named} channels; all have a picture."
    return (
        f"The cells of {layer.layer} name {named} channels; {drawn} have a picture, those of the numbered cells and "
        f"those named most often: {layer.covered:.0%} of what cells name."
    )
