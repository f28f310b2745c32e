"""Scripts parsed: the door to the figure library's one way to read them."""

from __future__ import annotations

from figures.scripts import parsed

__all__ = ["parsed"]
