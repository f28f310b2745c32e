"""How far the units of a family are one feature, rotated, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words, layers_of
from figures.words import tuning as tunings

if TYPE_CHECKING:
    from figures.methods.equivariance import Equivariance


def equivariance(seen: Equivariance) -> Words:
    """Say how much of a family one mean curve explains, and what units answer each other's picture."""
    return Words(_alt(seen), _values(seen), (*tunings.tuning(seen.seen).notes, *_notes(seen)))


def _values(seen: Equivariance) -> dict[str, Value]:
    values: dict[str, Value] = {"units": len(seen.units)}
    if not math.isnan(seen.explained):
        values |= {"explained": seen.explained, "least_explained": float(np.nanmin(seen.explained_each))}
    return values | {f"mean_{name}": mean for name, mean in _means(seen) if not math.isnan(mean)}


def _means(seen: Equivariance) -> Iterator[tuple[str, float]]:
    yield "agreement", seen.mean_agreement
    if seen.pictures:
        yield "turned", seen.pictures.mean_turned
        yield "still", seen.pictures.mean_still
    if seen.filters:
        yield "turned_filters", seen.filters.mean_turned
        yield "still_filters", seen.filters.mean_still


def _alt(seen: Equivariance) -> str:
    text = (
        f"Tuning curves of {len(seen.units)} units of {layers_of(seen.units)}, each turned so that it prefers 0, over "
        "each other."
    )
    if not math.isnan(seen.explained):
        text += f" Their mean explains {max(seen.explained, 0):.0%} of how they vary."
    if seen.pictures:
        text += (
            " Shown another unit's picture, turned to where it looks, a unit answers "
            f"{seen.pictures.mean_turned:.2f} of what it answers its own; unturned, {seen.pictures.mean_still:.2f}."
        )
    return text


def _notes(seen: Equivariance) -> Iterator[str]:
    yield "Each curve is turned by the direction where it peaks and divided by its peak."
    if seen.pictures:
        yield "Pictures are cut to a disc that fades to their mean colour, also those that are not turned."
        yield f"Unturned, pictures of other units give {seen.pictures.mean_still:.2f} of a unit's own."
    if seen.filters:
        yield f"Unturned, the filters' mean cosine is {seen.filters.mean_still:.2f}."
