"""What is known about one unit, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.cards import seen
from figures.words import Value, Words
from figures.words.examples import done
from figures.words.feature_visualization import portrait
from figures.words.images import channels, unreadable
from figures.words.sigma import activation, before

if TYPE_CHECKING:
    from figures.methods.examples import Examples
    from figures.methods.feature_visualization.reached import Reached


def unit_card(reached: Reached, best: Examples, sees_px: int, image_px: int) -> Words:
    """Say what a unit's picture reaches, and how its activations spread; it sees `sees_px` of images of `image_px`."""
    alt = f"{portrait(reached)}, and the images of {best.scanned.dataset} that {done(best)} it most."
    return Words(alt, values(reached, best, sees_px), (*notes(reached, best), *_field(sees_px, image_px)))


def values(reached: Reached, best: Examples, sees_px: int) -> dict[str, Value]:
    """Name what was measured of a unit; activations are before the rectifier."""
    ratio, label = float(reached.ratio[0]), reached.classes[0]
    numbers: dict[str, Value] = {
        "activation_reached": float(reached.activation[0]),
        "under_held_out_movements": float(reached.portraits.held_out[0]),
        "mean_of_top_examples": float(reached.best[0]),
        "ratio": 0.0 if np.isnan(ratio) else ratio,
        "mean": best.scanned.mean,
        "standard_deviation": best.scanned.std,
        "share_firing": best.scanned.share_firing,
        "receptive_field_px": sees_px,
    }
    return {**numbers, "class": label} if label else numbers


def notes(reached: Reached, best: Examples) -> Iterator[str]:
    """Say of what the numbers are, and what is not as usual."""
    if reached.portraits.dead[0]:
        yield "The unit never answered while its picture was made."
    if best.unit.position is not None:
        channel = f"{best.unit.layer}:{best.unit.index}"
        yield f"Images and numbers are those of all positions of {channel}; the picture is for this one."
    what = activation(before(best.rectified))
    yield f"Mean and standard deviation are those of {what} over all positions of {best.scanned.dataset}."
    yield from unreadable(best.scanned)
    yield from channels(reached.channels)


def _field(sees_px: int, image_px: int) -> tuple[str, ...]:
    """Say how much of an image the unit sees where the receptive field is larger."""
    return (f"The receptive field is larger than the image: {seen(sees_px, image_px)}.",) if sees_px > image_px else ()
