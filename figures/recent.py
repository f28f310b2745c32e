"""Keep what was read lately, up to a size: figures of the same units ask for the same measurements."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Generic, TypeVar

MOST_BYTES = 64 * 2**20
V = TypeVar("V")


@dataclass
class Recent(Generic[V]):
    """Values by key; when they become too large together, those go that were not asked for the longest."""

    most_bytes: int = MOST_BYTES
    size: int = 0
    kept: OrderedDict[str, tuple[V, int]] = field(default_factory=OrderedDict)

    def get(self, key: str) -> V | None:
        """Return a value that is still there."""
        if key not in self.kept:
            return None
        self.kept.move_to_end(key)
        return self.kept[key][0]

    def put(self, key: str, value: V, size: int) -> None:
        """Keep a value of so many bytes, unless it alone is too large."""
        if key in self.kept or size > self.most_bytes:
            return
        self.kept[key] = value, size
        self.size += size
        while self.size > self.most_bytes:
            self.size -= self.kept.popitem(last=False)[1][1]
