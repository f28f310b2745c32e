"""Names of units as they stand in charts."""

from __future__ import annotations

from collections.abc import Sequence

LONG = 14
"""Letters of a name that neighbours still leave room for."""


def short(names: Sequence[str], *, crowded: bool = False) -> list[str]:
    """Leave the layer out of units' names where all share it and there is little room for them."""
    alone = len({name.partition(":")[0] for name in names}) == 1
    narrow = crowded or max(map(len, names), default=0) > LONG
    return [name.partition(":")[2] if alone and narrow else name for name in names]
