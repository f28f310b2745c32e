"""The figures of the store, typed: the door to what the figure library says of kept artifacts.

What is imported from there is of the standard library only, and stays in memory when figures are forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.errors import Problem
from builder.frozen import frozen
from builder.store import FIGURE, Entry, Store
from figures.kept import record as records
from figures.kept.hierarchy import HierarchyPart
from figures.kept.live import LivePart
from figures.kept.parts import ChartPart, Control, ImagePart, KeptPart, LensPart, MosaicPart, SpritePart, Tile
from figures.kept.record import FigureRecord, KeptTable

__all__ = [
    "ChartPart",
    "Control",
    "Entries",
    "FigureEntry",
    "FigureRecord",
    "HierarchyPart",
    "ImagePart",
    "KeptPart",
    "KeptTable",
    "LensPart",
    "LivePart",
    "MosaicPart",
    "Resolved",
    "SpritePart",
    "Tile",
    "find",
    "png",
    "save",
]


@frozen
class FigureEntry(Entry):
    """A figure in the store: what is kept of its artifact, how it was made, and the bytes."""

    record: FigureRecord

    @property
    def provenance(self) -> Mapping[str, Any]:
        """Say how it was made."""
        made: Mapping[str, Any] = self.meta["provenance"]
        return made


@frozen
class Resolved:
    """The figures that are there, by key, and what stood in the way of the others."""

    entries: Mapping[str, FigureEntry]
    problems: tuple[Problem, ...]
    measured: int


@dataclass
class Entries(Mapping[str, FigureEntry]):
    """Figures by key: those that were resolved, and others of the store, looked up when they are asked for."""

    store: Store
    known: dict[str, FigureEntry]

    def __getitem__(self, key: str) -> FigureEntry:
        if key not in self.known:
            entry = find(self.store, key)
            if entry is None:
                raise KeyError(key)
            self.known[key] = entry
        return self.known[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.known)

    def __len__(self) -> int:
        return len(self.known)


def find(store: Store, key: str) -> FigureEntry | None:
    """Look a figure up; one whose record is of another version counts as missing."""
    entry = store.get(FIGURE, key)
    if entry is None:
        return None
    try:
        record = records.read(entry.meta.get("artifact"))
    except ValueError:
        return None
    return FigureEntry(entry.meta, entry.objects, record)


def save(entry: FigureEntry, folder: Path) -> list[Path]:
    """Write a figure's pictures, charts, table, words and provenance to a folder."""
    return records.write(entry.record, entry.read, png, entry.provenance, folder)


def png(svg: bytes) -> bytes:
    """Draw a chart in pixels. Raises ImportError where what draws is not installed."""
    from figures.charts import raster

    return raster.png(svg)
