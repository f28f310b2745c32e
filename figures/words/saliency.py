"""Maps of what moves a unit in a picture, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.saliency.salient_picture import SalientPicture

RECOVERING = {"guided": "Guided backpropagation", "deconvolution": "Deconvolution"}
"""What the methods are called that partly draw the picture again."""


def saliency(seen: SalientPicture) -> Words:
    """Say which methods map which picture for which unit, what the maps are worth, and how the control's compare."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def score(seen: SalientPicture) -> str:
    """Name what deletion and insertion watch."""
    if seen.place is not None:
        return "activation before the rectifier" if seen.rectified else "activation"
    return "probability of all others" if seen.unit.endswith("-") else "probability"


def _what(seen: SalientPicture) -> str:
    return f"{seen.unit} ({seen.label})" if seen.label else seen.unit


def _alt(seen: SalientPicture) -> str:
    maps = "a map" if len(seen.methods) == 1 else f"{len(seen.methods)} maps"
    areas = "; ".join(
        f"{method} {gone:.2g} and {come:.2g}"
        for method, gone, come in zip(
            seen.methods, seen.trained.deletion_area, seen.trained.insertion_area, strict=True
        )
    )
    below = " Beneath, the same of the network before training." if seen.control else ""
    return (
        f"The picture {seen.word} beside {maps} of which pixels move {_what(seen)} of {seen.network}.{below} "
        f"Mean {score(seen)} as pixels go and as they come back: {areas}."
    )


def _values(seen: SalientPicture) -> dict[str, Value]:
    """Quote each method's areas, `deletion-grad-cam`, `insertion-grad-cam`, and its likeness to the control's map."""
    values: dict[str, Value] = {
        "unit": seen.unit,
        "value": float(seen.trained.value[0]),
        "score": float(seen.trained.deletion[0, 0]),
    }
    columns = seen.trained.deletion_area, seen.trained.insertion_area, seen.correlations, seen.gap(seen.trained)
    for method, gone, come, alike, gap in zip(seen.methods, *columns, strict=True):
        values |= {f"deletion-{method}": float(gone), f"insertion-{method}": float(come)}
        values |= {} if math.isnan(alike) else {f"correlation-{method}": float(alike)}
        values |= {} if gap is None else {"completeness_gap": gap}
    return values


def _notes(seen: SalientPicture) -> Iterator[str]:
    where = f" at row {seen.place[0]}, column {seen.place[1]} of its map" if seen.place else ""
    kind = "logit" if seen.place is None else score(seen)
    yield f"Explained is the {kind} of {_what(seen)}{where}, {seen.trained.value[0]:.2f} in the picture."
    yield (
        "Every map has its own scale, full at the 99th percentile of its absolute values: red for, blue against; maps "
        "without a sign are red."
    )
    yield from _of_methods(seen)
    yield from _empty(seen)
    yield (
        f"Deletion makes pixels grey in the order of a map, insertion brings them back, in {len(seen.shares) - 1} "
        f"steps; the numbers are the mean {score(seen)} (Petsiuk et al., 2018)."
    )
    yield from _of_the_control(seen)


def _of_methods(seen: SalientPicture) -> Iterator[str]:
    of = seen.recipe
    if "integrated-gradients" in seen.methods:
        yield f"Integrated gradients go from grey (0.5) to the picture in {of.steps} steps, close together beside grey."
    if "smooth-grad" in seen.methods:
        yield f"SmoothGrad is the mean gradient of {of.samples} pictures with noise of {of.noise:g}."
    if "grad-cam" in seen.methods and seen.place is not None:
        yield "Grad-CAM weighs channels as wholes: of a unit it marks pixels too that the unit does not see."
    if "occlusion" in seen.methods:
        yield f"Occlusion covers the picture with grey patches of {of.patch_px} px, every {of.stride_px} px."


def _empty(seen: SalientPicture) -> Iterator[str]:
    for network, maps in seen.rows.items():
        empty = [method for method, pixels in zip(seen.methods, maps.pixels, strict=True) if not pixels.any()]
        if empty:
            whose = "of the control" if network == "control" else f"of {seen.network}"
            yield f"Empty {whose}: {', '.join(empty)}. Nothing comes back from the unit there."


def _of_the_control(seen: SalientPicture) -> Iterator[str]:
    recovering = [words for method, words in RECOVERING.items() if method in seen.methods]
    if recovering:
        verb = "draws" if len(recovering) == 1 else "draw"
        yield (
            f"{' and '.join([recovering[0], *(one.lower() for one in recovering[1:])])} partly {verb} the picture "
            "again, whatever the unit (Adebayo et al., 2018): a map like the control's says little of what was learned."
        )
    if seen.control is not None:
        yield "Control: the same methods on the same network before training, its weights random."
