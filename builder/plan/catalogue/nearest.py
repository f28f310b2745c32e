"""The nearest of some names: the door to the figure library's one way to find it."""

from __future__ import annotations

import functools
from collections.abc import Iterable

__all__ = ["nearest"]


def nearest(name: str, names: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the nearest of `names`, or an empty string."""
    return _nearest(name, tuple(names))


@functools.lru_cache(maxsize=128)
def _nearest(name: str, names: tuple[str, ...]) -> str:
    from figures import nearest as names_alike

    # Hundreds of articles may lead to one that was renamed, and among thousands of names the search takes long.
    return names_alike.nearest(name, names)
