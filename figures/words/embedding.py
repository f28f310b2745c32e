"""Images in the plane, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.embedding.embedded import Embedded
    from figures.methods.embedding.worth import Worth

METHODS = {"tsne": "t-SNE", "pca": "the first two principal components", "umap": "UMAP"}
POOLS = {
    "mean": "the mean of each channel over the map", "max": "the largest value of each channel",
    "flat": "all values of the map",
}  # fmt: skip


def embedding(seen: Embedded) -> Words:
    """Say what lies where, how far the map can be trusted, and whether neighbours have the same label."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _alt(seen: Embedded) -> str:
    as_what = "thumbnails on a square grid" if seen.recipe.grid else "dots"
    groups = f", in {len(seen.attribute.order)} groups by {_attribute(seen)}" if seen.attribute.order else ""
    trust = f"Neighbours in the plane are neighbours of codes to a degree of {_drawn(seen, seen.trained):.2f} of 1."
    same = f" {seen.trained.purity:.0%} of nearest codes are of the same group." if seen.attribute.order else ""
    return (
        f"{len(seen.image)} images of {seen.dataset} as {as_what}, laid out by {METHODS[seen.recipe.method]} of "
        f"their codes at {seen.layer} of {seen.network}{groups}. {trust}{same}"
    )


def _attribute(seen: Embedded) -> str:
    return seen.attribute.name.removesuffix("_px").removesuffix("_deg").replace("_", " ")


def _drawn(seen: Embedded, worth: Worth) -> float:
    return worth.grid if seen.recipe.grid else worth.trustworthiness


def _values(seen: Embedded) -> dict[str, Value]:
    """Quote trustworthiness and purity of the network and, after `control_`, of the one before training."""
    control = {} if seen.control is None else {f"control_{name}": value for name, value in _of(seen.control).items()}
    both = {**_of(seen.trained), **control, "chance": seen.chance}
    known: dict[str, Value] = {name: value for name, value in both.items() if not math.isnan(value)}
    return {"images": len(seen.image), "numbers": seen.numbers, "groups": len(seen.attribute.order), **known}


def _of(worth: Worth) -> dict[str, float]:
    return {"trustworthiness": worth.trustworthiness, "grid_trustworthiness": worth.grid, "purity": worth.purity}


def _notes(seen: Embedded) -> Iterator[str]:
    yield (
        f"{len(seen.image)} of the {seen.size} images of {seen.dataset}, evenly over it. The code of one is "
        f"{POOLS[seen.recipe.pool]} of {seen.layer}, {seen.numbers} numbers scaled to length one."
    )
    if seen.recipe.method == "tsne":
        yield "t-SNE keeps who is near whom; how far groups lie apart, and how wide they are, means nothing."
    yield _trusted(seen)
    if seen.attribute.order:
        yield _pure(seen)


def _trusted(seen: Embedded) -> str:
    own = f"Trustworthiness with five neighbours (Venna & Kaski, 2001): {seen.trained.trustworthiness:.3f}"
    grid = f", {seen.trained.grid:.3f} on the grid" if seen.recipe.grid else ""
    if seen.control is None:
        return f"{own}{grid}."
    return f"{own}{grid}; of the network before training, laid out alike, {seen.control.trustworthiness:.3f}."


def _pure(seen: Embedded) -> str:
    control = "" if seen.control is None else f", of the network before training {seen.control.purity:.0%}"
    same = f"Of the five nearest codes {seen.trained.purity:.0%} are of the same {_attribute(seen)}{control}"
    return f"{same}; by chance it would be {seen.chance:.0%}."
