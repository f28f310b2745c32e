"""Names of units as they stand in charts."""

from __future__ import annotations

from collections.abc import Sequence

LONG = 14
"""Letters of a name that neighbours still leave room for."""
LETTER_PX = 6.2
"""How wide a letter of a name is at most on average, at 12 px."""


def shared(names: Sequence[str], *, crowded: bool = False) -> str:
    """Return the layer that goes without saying: all of several units have it, and there is little room for it."""
    layers = {name.partition(":")[0] for name in names}
    narrow = crowded or max(map(len, names), default=0) > LONG
    return layers.pop() if len(names) > 1 and len(layers) == 1 and narrow else ""


def short(names: Sequence[str], *, crowded: bool = False) -> list[str]:
    """Leave the layer out of units' names where it is `shared`; `heading` then tells it."""
    layer = shared(names, crowded=crowded)
    return [name.removeprefix(f"{layer}:") for name in names]


def heading(names: Sequence[str], *, crowded: bool = False) -> str:
    """Say once for a whole chart what `short` leaves out of its names, or nothing."""
    layer = shared(names, crowded=crowded)
    return f"Units of {layer}" if layer else ""


def room(names: Sequence[str], least_px: float) -> float:
    """Return how wide a column of names is, in pixels."""
    return max(least_px, LETTER_PX * max(map(len, names), default=0))
