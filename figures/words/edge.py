"""An edge between two units, in words and numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING

from figures.words import Value, Words
from figures.words.phrases import written

if TYPE_CHECKING:
    from figures.methods.walks.edge import Edge

GUIDED, MIXED = "guided", "gradient, then guided"


def edge(seen: Edge) -> Words:
    """Say what the lower unit adds to the upper one, where, and how the two go together in the data set."""
    return Words(_alt(seen), _values(seen), tuple(_notes(seen)))


def _upper(seen: Edge) -> str:
    return f"{seen.upper} ({seen.label})" if seen.label else seen.upper


def _alt(seen: Edge) -> str:
    together = seen.pairs.correlation
    alike = "" if math.isnan(together) else f", correlated by {together:.2f}"
    return (
        f"The picture {seen.word}, what of it drives {_upper(seen)} of {seen.network} and {seen.lower} below it, and "
        f"where the lower unit adds {written(seen.signed)} to the upper. Beside them, what both answer to "
        f"{len(seen.pairs.image)} images{alike}."
    )


def _values(seen: Edge) -> dict[str, Value]:
    values: dict[str, Value] = {
        "upper": seen.upper, "lower": seen.lower, "value": seen.value, "answer": seen.answer, "weight": seen.signed,
        "share": seen.share, "rank": seen.rank, "sum": seen.total, "images": len(seen.pairs.image),
    }  # fmt: skip
    return values | ({} if math.isnan(seen.pairs.correlation) else {"correlation": seen.pairs.correlation})


def _notes(seen: Edge) -> Iterator[str]:
    where = f" at row {seen.place[0]}, column {seen.place[1]} of its map" if seen.place else ""
    layer = seen.lower.rpartition(":")[0]
    yield (
        f"{_upper(seen)} answers {written(seen.value)}{where}. Of that, all units of {layer} add up to "
        f"{written(seen.total)}, {seen.lower} adds {written(seen.signed)}: {seen.share:.1%} of all absolute weights, "
        f"rank {seen.rank}."
    )
    if not seen.signed:
        yield f"{seen.lower} does not answer there: the edge is empty."
    yield "The map is what each position of the lower unit adds, red, or takes away, blue; the rest is faded."
    if MIXED in seen.rules:
        yield "Guided backpropagation leaves nothing of the lower unit; down to it, the gradient was taken."
    elif GUIDED not in seen.rules:
        yield f"{seen.network} has no rectifiers to be guided by: what drives a unit is its gradient."
    yield (
        f"Each point is an image of {seen.dataset}: the upper unit where it answers most, the lower one at that place."
        if seen.place
        else f"Each point is an image of {seen.dataset}: the class, and the lower unit where it answers most."
    )
