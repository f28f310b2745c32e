"""The kinds of networks that come with the package, made by what their records say of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from figures.glyphs.bags import Bag
from figures.glyphs.network import Glyphs, Network


def built(architecture: Mapping[str, Any]) -> Network:
    """Return a network without its weights, of the configuration in a record: patches have a size."""
    return Bag(**architecture) if "field_px" in architecture else Glyphs(**architecture)
