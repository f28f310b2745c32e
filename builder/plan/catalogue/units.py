"""Units as authors write them: the door to the figure library's one grammar of them."""

from __future__ import annotations

from figures.units import EXAMPLE, PRE, NetworkUnit, Unit, read, read_named

__all__ = ["EXAMPLE", "PRE", "NetworkUnit", "Unit", "read", "read_named"]
