"""What channels of one layer add to those of another, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from figures.words import Value, Words
from figures.words.phrases import written

if TYPE_CHECKING:
    from figures.methods.blocks.channel_flow import ChannelFlow


def channel_attribution(seen: ChannelFlow) -> Words:
    """Say which link carries most and what all links carry; values `upper-1`, `lower-1` name units from the top."""
    above, below = np.unravel_index(np.abs(seen.links).argmax(), seen.links.shape)
    values: dict[str, Value] = {
        "carried": seen.carried,
        "unit": seen.upper_names[above],
        "from": seen.lower_names[below],
        "attribution": float(seen.links[above, below]),
        "share": float(seen.links[above, below] / seen.flow.value[above]) if seen.flow.value[above] else float("nan"),
        "negative": float((seen.links < 0).mean()),
    }
    values |= {f"upper-{rank}": name for rank, name in enumerate(seen.upper_names, 1)}
    values |= {f"lower-{rank}": name for rank, name in enumerate(seen.lower_names, 1)}
    values |= {f"explained-{rank}": part for rank, part in enumerate(seen.explained.tolist(), 1)}
    return Words(_alt(seen, values), values, tuple(_notes(seen)))


def _alt(seen: ChannelFlow, values: dict[str, Value]) -> str:
    return (
        f"The {len(seen.flow.index)} channels of {seen.upper} of {seen.network} that answer most to {seen.word}, "
        f"linked with the {len(seen.sources)} of {seen.lower} that move them most. The widest link: {values['from']} "
        f"adds {values['attribution']:+.2f} to {values['unit']}."
    )


def _notes(seen: ChannelFlow) -> Iterator[str]:
    yield (
        f"A link is the activation of the channel on the right × the gradient of the one on the left, added up over "
        f"{seen.word}: red adds, blue takes away, as wide as it is large. The links carry {seen.carried:.0%} of all "
        f"that the channels of {seen.lower} add or take away here."
    )
    parts = seen.explained[np.isfinite(seen.explained)]
    if len(parts):
        yield (
            f"All channels of {seen.lower} together make {_range(parts)} of what a channel on the left answers; the "
            "rest is biases and activations at a limit."
        )
    yield "Each picture is a channel's feature visualization, made without the picture."


def _range(parts: np.ndarray) -> str:
    low, high = written(parts.min(), ".0%"), written(parts.max(), ".0%")
    return low if low == high else f"{low} to {high}"
