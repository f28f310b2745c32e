"""Crops for people to label: drawn evenly from the whole range of a unit's activation, which nobody is to see."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator

import numpy as np
from PIL import Image

from figures.methods import models, scan
from figures.methods.datasets import Dataset
from figures.methods.labels import Place
from figures.methods.models import Model
from figures.units import Unit

SIDE_PX = 384
"""Smaller crops are made about so large, each of their pixels a square, so that all browsers show the same."""
BATCH = 64


def drawn(
    model: Model, dataset: Dataset, unit: Unit, count: int, *, samples: int, seed: int, without: Iterable[Place] = ()
) -> tuple[Place, ...]:
    """Draw crops from the bins of a scan in turns, as many from each as there are; fewer where there are no more.

    More crops are the fewer ones and others besides. `samples` is how many the scan keeps of each bin at most,
    `without` what is left out.
    """
    channel = models.whole_channel(unit, minus=False)
    kept = scan.of(model, dataset, channel.layer, samples_per_bin=samples, seed=seed).unit(channel.index).samples
    return evenly(kept.places, count, seed=seed, without=without)


def evenly(places: np.ndarray, count: int, *, seed: int, without: Iterable[Place] = ()) -> tuple[Place, ...]:
    """Take places (bins, n, 3) in turns, one of each bin, its first ones first; an image below 0 is no place."""
    turns = np.random.default_rng(seed).permutation(len(places))
    rows = places[turns].swapaxes(0, 1).reshape(-1, 3).tolist()
    left_out = set(without)
    there = [place for image, y, x in rows if image >= 0 and (place := (image, y, x)) not in left_out]
    return tuple(there[:count])


def pictures(model: Model, dataset: Dataset, layer: str, places: Iterable[Place]) -> Iterator[bytes]:
    """Encode what places of a layer see as PNG files that say nothing else of them."""
    rows = np.array(list(places)).reshape(-1, 3)
    for first in range(0, len(rows), BATCH):
        for crop in scan.crops(model, dataset, layer, *rows[first : first + BATCH].T):
            yield _encoded((crop.clamp(0, 1) * 255).round().byte().permute(1, 2, 0).cpu().numpy())


def _encoded(crop: np.ndarray) -> bytes:
    picture, times = Image.fromarray(crop), max(1, round(SIDE_PX / len(crop)))
    buffer = io.BytesIO()
    picture.resize((picture.width * times, picture.height * times), Image.Resampling.NEAREST).save(buffer, "PNG")
    return buffer.getvalue()
