"""The nearest of some names: the door to the figure library's one way to find it."""

from __future__ import annotations

from figures.nearest import nearest

__all__ = ["nearest"]
