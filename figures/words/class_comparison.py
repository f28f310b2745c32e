"""Two classes side by side, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.atlas import climbed

if TYPE_CHECKING:
    from figures.methods.comparison.compared import Cell, Compared

LEAST = 0.5
"""A correlation below which attributions are not to be trusted."""


def class_comparison(seen: Compared) -> Words:
    """Say what stands at both ends, how the places were chosen and what the scale is."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _ends(seen: Compared) -> tuple[Cell, Cell]:
    """Return the cells that add most to the one class and to the other, of the difference."""
    ordered = sorted(seen.cells, key=lambda cell: cell.towards[1] - cell.towards[0])
    return ordered[0], ordered[-1]


def _alt(seen: Compared) -> str:
    first, last = (", ".join(cell.labels) or cell.name for cell in _ends(seen))
    return (
        f"{_what(seen)} in {len(seen.cells)} cells of a grid, by what they add to {seen.names[1]} more than "
        f"to {seen.names[0]} at {seen.places.layer} of {seen.network}. Furthest to the left, for {seen.names[0]}, are "
        f"crops of {first}; furthest to the right, for {seen.names[1]}, of {last}."
    )


def _what(seen: Compared) -> str:
    if seen.icons is None:
        return f"Crops of {seen.dataset}"
    return f"Feature visualizations of mean activations on {seen.dataset}"


def _values(seen: Compared) -> dict[str, Value]:
    """Quote how many places there are, how many lie on either side, and what the ends stand for."""
    difference = seen.places.difference
    return {
        "places": len(seen.places.best),
        "kept": len(seen.x),
        "cells": len(seen.cells),
        "dropped": seen.dropped,
        "scale": seen.scale,
        **({} if math.isnan(seen.agreement) else {"agreement": seen.agreement}),
        "towards_first": int((seen.x < 0).sum()),
        "towards_second": int((seen.x > 0).sum()),
        "most_for_first": float(-difference.min()),
        "most_for_second": float(difference.max()),
    }


def _agreement(seen: Compared) -> Iterator[str]:
    if math.isnan(seen.agreement):
        return
    a, b = seen.names
    told = f"Over images, what places add goes with the logits of {b} and {a} by a correlation of {seen.agreement:.2f}"
    little = "; small changes say little of the classes at this layer, and the ends may be the wrong way round"
    yield f"{told}{little if seen.agreement < LEAST else ''}."


def _notes(seen: Compared) -> Iterator[str]:
    sampled, pair = seen.places.sampled, seen.places.pair
    edges = ", none of them on an edge of the map" if sampled.edges_left_out else ""
    yield (
        f"{len(sampled)} places of {seen.places.layer}, {int(sampled.per_image)} in each of {int(sampled.images)} "
        f"images of {seen.dataset}{edges}. Kept are the {len(seen.x)} that add most of all to one of the two classes, "
        "or are among those that add most to it."
    )
    yield (
        f"What a place adds to a class is the layer's values there times the slope of its logit ({pair.head}), exact "
        f"for small changes alone. The ends are at the 99th percentile of the difference, {seen.scale:.3g}; zero is in "
        "the middle."
    )
    yield from _agreement(seen)
    yield (
        "Up and down, places of like directions lie together (t-SNE on a line); which end is up means nothing. A crop "
        f"is the most typical of its cell, {seen.crop_px} of the picture's {seen.input_px} px around the place; larger "
        "ones stand for more places."
    )
    if seen.icons is not None:
        yield climbed(seen.icons.cosine, seen.steps)
    if seen.dropped:
        yield f"{seen.dropped} places lie in cells of fewer than {seen.least} and are left out."
