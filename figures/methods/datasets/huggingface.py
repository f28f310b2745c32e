"""A Hugging Face data set that `save_to_disk` wrote, read by the `datasets` library."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from pathlib import Path

from figures.manifests import Manifest
from figures.nearest import nearest

_LABELS = ("label", "labels", "fine_label")
_USUAL = "image"


@dataclass(frozen=True)
class Rows:
    """Images in a column of a table; the first that holds images unless `image_column` names one.

    Raises ValueError where the library is missing, or the column.
    """

    path: Path
    manifest: Manifest
    image_column: str = ""
    label_column: str = ""

    @property
    def digest(self) -> str:
        """The digest of all files of the table, and of the rows that are meant."""
        return self.manifest.pixels_digest

    @property
    def broken(self) -> tuple[str, ...]:
        return ()

    @property
    def span(self) -> tuple[int, int]:
        """The first row, and the one after the last."""
        whole = len(self._images[0])
        start, stop = self.manifest.span or (0, whole)
        return start, min(stop, whole)

    def __len__(self) -> int:
        start, stop = self.span
        return stop - start

    def content(self, index: int) -> object:
        """Return the bytes of an image where the table keeps them, else the image or array itself."""
        table, column = self._images
        found = table[self.span[0] + index][column]
        if not isinstance(found, dict):
            return found
        return found["bytes"] if found.get("bytes") is not None else Path(found["path"]).read_bytes()

    def name(self, index: int) -> str:
        """Return the number of the row."""
        return f"row {self.span[0] + index}"

    def label(self, index: int) -> str:
        """Return the name of a row's class, or what its label says."""
        column = self.label_column or next((name for name in _LABELS if name in self._table.features), "")
        if not column:
            return ""
        own = self._table.select_columns([column])  # a whole row would decode its image
        value, feature = own[self.span[0] + index][column], own.features[column]
        return feature.int2str(value) if hasattr(feature, "int2str") else str(value)

    def part(self, start: int, stop: int) -> Rows:
        """Return the rows from `start` to before `stop`."""
        return replace(self, manifest=self.manifest.part(start, stop))

    @property
    def _table(self):
        return _opened(str(self.path), self.manifest.digests)

    @property
    def _images(self):
        return _images(str(self.path), self.manifest.digests, self.image_column)


@functools.lru_cache(maxsize=8)
def _opened(path: str, _digests: bytes):
    """Open a table; the digests of its files make one that has changed another."""
    library = _library(path)
    try:
        return library.load_from_disk(path)
    except Exception as error:  # the library raises many kinds for a folder that is not whole
        raise ValueError(f"{path} cannot be opened as a Hugging Face data set: {error}") from None


@functools.lru_cache(maxsize=8)
def _images(path: str, digests: bytes, column: str) -> tuple[object, str]:
    """Return the table with its column of images alone, undecoded, and the name of that column."""
    library, table = _library(path), _opened(path, digests)
    pictures = [name for name, feature in table.features.items() if isinstance(feature, library.Image)]
    name = column or next(iter(pictures), _USUAL)
    if name not in table.features:
        known = ", ".join(table.features)
        raise ValueError(f"{path} has no column {name!r}{nearest(name, table.features)} (it has {known})")
    table = table.select_columns([name])
    if name in pictures:
        return table.cast_column(name, library.Image(decode=False)), name
    return (table if isinstance(table.features[name], library.Value) else table.with_format("numpy")), name


def _library(path: str):
    try:
        import datasets
    except ImportError:
        raise ValueError(
            f"{path} is a Hugging Face data set; reading it needs: pip install 'microscribe[huggingface]'"
        ) from None
    return datasets
