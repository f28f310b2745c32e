"""What moves a unit in crops, in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words import labels as label_words
from figures.words.images import Scanned, unreadable

if TYPE_CHECKING:
    from figures.methods.explained_crops import ExplainedCrops
    from figures.methods.labelled_crops import LabelledCrops

NOTE = (
    "Each picture raises those activations of {layer} that moved the unit at the crop, each as far as it did "
    "(activation times gradient, after Cammarata et al., 2020). Strong and weak crops get pictures of one contrast."
)
SIGNED = "What drives the unit is in greens, what holds it back in reds; the weaker of the two is fainter."
CHOSEN = {
    "strongest": "crops with the strongest answers",
    "firing": "crops drawn at random among those that the unit fires for",
    "random": "crops drawn at random",
    "images": "images that were asked for",
    "same": "same crops",
}
"""How crops were chosen."""


def attribution(explained: ExplainedCrops, chosen: str, scanned: Scanned | None = None) -> Words:
    """Say what is seen of crops that were `chosen` in one of the ways that `CHOSEN` names, from a scan or without."""
    numbers = values(explained)
    hues = ", what drives it in greens and what holds it back in reds" if explained.signed else ""
    alt = (
        f"{len(explained.place)} {CHOSEN[chosen]}, of {explained.dataset}, for {explained.unit} of "
        f"{explained.network}, each above a picture of what in {explained.layer} moves the unit there{hues}. "
        f"Activations go from {numbers['weakest']:.2f} to {numbers['strongest']:.2f}; on average "
        f"{numbers['mean_held_back']:.0%} of what moves the unit holds it back, and no channel makes up more than "
        f"{numbers['largest_share']:.0%}."
    )
    said = (*notes(explained), *(unreadable(scanned) if scanned is not None else ()))
    return Words(alt, {"unit": explained.unit, "layer": explained.layer, **numbers}, said)


def false_positives(explained: ExplainedCrops, crops: LabelledCrops, label: str) -> Words:
    """Say what is seen of the strongest of crops with a label that is not what the unit is for."""
    count, share = _wrong(crops, label)
    numbers = values(explained)
    alt = (
        f"The {numbers['count']} strongest of {count} crops labelled {label} for which {explained.unit} of "
        f"{explained.network} fires, from {numbers['strongest']:.2f} down to {numbers['weakest']:.2f}, each above a "
        f"picture of what in {explained.layer} moves the unit there. Of the labelled crops that it fires for, "
        f"{share:.0%} have this label."
    )
    own: dict[str, Value] = {"unit": explained.unit, "label": label, "found": count, "share_of_firing": share}
    return Words(alt, {**own, **numbers}, (label_words.source(crops), *notes(explained)))


def _wrong(crops: LabelledCrops, label: str) -> tuple[int, float]:
    """Count the crops with a label that the unit fires for; of all labels of crops it fires for, say their share."""
    wrong = crops.fires & crops.mostly(label)
    share = crops.share[wrong, crops.names.index(label)].sum() / crops.share[crops.fires].sum()
    return int(wrong.sum()), float(share)


def values(explained: ExplainedCrops) -> dict[str, int | float]:
    """Quote a row of attributions."""
    seen = explained.seen
    return {
        "count": len(seen.value),
        "strongest": float(seen.value.max()),
        "weakest": float(seen.value.min()),
        "mean_held_back": float(seen.held_back.mean()),
        "largest_share": float(seen.share.max()),
        "empty": int(seen.empty.sum()),
    }


def notes(explained: ExplainedCrops) -> tuple[str, ...]:
    """Say how pictures came about, and where there was nothing to draw."""
    empty = int(np.sum(explained.seen.empty))
    silent = f"Nothing in the layer moves the unit at {empty} crops; their pictures are empty."
    signed = [SIGNED] if explained.signed else []
    return (NOTE.format(layer=explained.layer), *signed, *([silent] if empty else []))
