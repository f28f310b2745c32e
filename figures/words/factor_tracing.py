"""What is said of images that were traced by their factors."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words

if TYPE_CHECKING:
    from figures.methods.factor_tracing import FactorTraces


def factor_tracing(seen: FactorTraces) -> Words:
    """Say how much the factors explain, and how alike the splines are to what they were bent to."""
    return Words(_alt(seen), values(seen), tuple(_notes(seen)))


def values(seen: FactorTraces) -> dict[str, Value]:
    """Quote what the factors explain, together and one by one."""
    first, last = seen.errors
    numbers: dict[str, Value] = {
        "factors": len(seen.share),
        "images": len(first),
        "reused": seen.reused,
        "explained": float(seen.share.sum()),
        "median_cosine": float(np.nanmedian(seen.score)),
        "mean_error": float(first.mean()),
    }
    numbers |= {f"explained_{rank}": float(share) for rank, share in enumerate(seen.share, 1)}
    return numbers | ({"mean_error_reused": float(last.mean())} if seen.reused else {})


def _alt(seen: FactorTraces) -> str:
    count = len(seen.share)
    text = (
        f"{len(seen.names)} images in rows: each image, {count} coloured splines over it, and each spline alone. "
        f"The {count} factors explain {seen.share.sum():.0%} of the squares of the layer's {seen.of}."
    )
    return f"{text} The last {seen.reused} reuse the factors of the others." if seen.reused else text


def _notes(seen: FactorTraces) -> Iterator[str]:
    yield (
        f"Shares are of the squares of {seen.of} in {seen.before}; below each spline stands "
        "the cosine between what it and the image drive, under the factor's mask."
    )
    missing = int(np.isnan(seen.score).sum())
    if missing:
        yield f"{missing} splines are not drawn: nothing that the family rests on lies under the factor."
