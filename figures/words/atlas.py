"""An atlas of a layer in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words.images import unreadable

if TYPE_CHECKING:
    from figures.methods.atlas.atlas import Atlas

METHODS = {"tsne": "t-SNE", "umap": "UMAP", "pca": "principal components"}
_COMMONEST = 5


def atlas(seen: Atlas) -> Words:
    """Say how many positions are laid out by what, what cells are called, and how far neighbours agree."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _class(seen: Atlas) -> str:
    return "" if seen.about is None else seen.classes[seen.about]


def _alt(seen: Atlas) -> str:
    held = seen.grids[len(seen.grids) // 2].cells
    names, counts = np.unique(held.label, return_counts=True)
    common = ", ".join(seen.names(names[np.argsort(-counts, kind="stable")][:_COMMONEST]))
    about = f" that speak for {_class(seen)}" if seen.about is not None else ""
    what = "Feature visualizations" if seen.wish.look == "visualizations" else "Crops of images"
    return (
        f"{what} of {len(held)} mean activations of {seen.layer} of {seen.network}, of {len(seen.chosen)} positions"
        f"{about}, laid out so that similar ones lie near each other; most cells are called {common}."
    )


def _values(seen: Atlas) -> dict[str, Value]:
    finest, middle = seen.grids[-1].cells, seen.grids[len(seen.grids) // 2].cells
    return {
        "positions": len(seen.chosen),
        "sampled": len(seen.sampled),
        "images": seen.images,
        "cells": sum(len(grid.cells) for grid in seen.grids),
        "labels": len(np.unique(middle.label)),
        "dropped": finest.dropped / len(seen.chosen),
        "purity": seen.purity,
        "chance": seen.chance,
        **({"class": _class(seen), "answered": seen.answered} if seen.about is not None else {}),
    }


def _notes(seen: Atlas) -> Iterator[str]:
    sampled, each = seen.sampled, int(seen.sampled.per_image)
    drawn = f"{each} positions" if each > 1 else "one position"
    edges = ", none at an edge of the map" if sampled.edges_left_out else ""
    when = "after its rectifier" if seen.rectified else "as it leaves the layer"
    if seen.about is not None:
        yield (
            f"{len(seen.chosen)} of {len(sampled)} positions: the {seen.answered} that add more to {_class(seen)} than "
            "to any other class, and the largest of the others."
        )
    yield (
        f"{len(sampled)} activation vectors of {seen.layer} {when}: {drawn} of each of {seen.images} images of "
        f"{seen.dataset}, drawn at random{edges}; laid out by {_laid_out(seen)}, seed {seen.wish.seed}."
    )
    yield _dropped(seen)
    yield (
        f"A cell is called after the class of {seen.head} that its vectors add most to on average: activation times "
        "the derivative of the logit, exact for every class. It says what a place speaks for, not what is seen there."
    )
    yield from _looks(seen)
    if seen.about is None and not math.isnan(seen.purity):
        yield (
            f"The nearest neighbour from another image speaks for the same class at {seen.purity:.0%} of positions; "
            f"by chance it would at {seen.chance:.1%}."
        )
    yield from unreadable(seen)


def _laid_out(seen: Atlas) -> str:
    name = METHODS[seen.wish.layout]
    return name if seen.wish.layout == "pca" else f"{name} of their cosines along 50 axes"


def _dropped(seen: Atlas) -> str:
    total = len(seen.chosen)
    each = ", ".join(
        f"{grid.cells.dropped / total:.0%} of {grid.cells.grid} × {grid.cells.grid}" for grid in seen.grids
    )
    return (
        f"Positions outside the 1st to 99th percentile with a margin, or in cells with fewer than {seen.wish.least}, "
        f"are left out: {each}. A larger picture holds more positions."
    )


def _looks(seen: Atlas) -> Iterator[str]:
    if seen.wish.look == "crops":
        yield "A picture is the crop around the position whose vector is most like the cell's mean."
        return
    cosine = np.concatenate([grid.cosine for grid in seen.grids if grid.cosine is not None])
    yield climbed(cosine, seen.wish.steps)


def climbed(cosine: np.ndarray, steps: int) -> str:
    """Say how the icons of cells were made, and how near they come to their directions."""
    return (
        f"A picture climbs along the whitened mean of its cell for {steps} steps; the layer's answer to it "
        f"has a cosine of {np.median(cosine):.2f} with that direction, in the median."
    )
