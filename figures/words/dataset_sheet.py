"""A data set in words and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from figures.words import Words
from figures.words.images import unreadable

if TYPE_CHECKING:
    from figures.methods.dataset_sheet import DatasetSheet

FEW = 5000


def dataset_sheet(seen: DatasetSheet) -> Words:
    """Say how many images there are, and of how many labels; a small data set is said to be small."""
    labels = f" with {seen.labels} labels" if seen.labels else ""
    shown = f": {', '.join(seen.shown)}" if seen.labels else ""
    alt = f"{len(seen.names)} of the {seen.size} images of {seen.dataset}{labels}{shown}."
    notes = [f"{seen.dataset}: {seen.size} images{labels}."]
    if seen.size < FEW:
        notes.append("It is small: strongest examples are the strongest of few, and shares are rough.")
    if seen.credited:
        whose = (
            f"{label}: {credit} ({licence})"
            for label, credit, licence in zip(seen.shown, seen.credits, seen.licences, strict=True)
        )
        notes.append(f"Pictures by {'; '.join(whose)}.")
    notes.extend(unreadable(seen))
    return Words(alt, {"images": seen.size, "labels": seen.labels, "shown": len(seen.names)}, tuple(notes))
