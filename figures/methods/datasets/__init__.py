"""Data sets by name: images by index, and what is known about each."""

from __future__ import annotations

import contextlib
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Protocol

import numpy as np
import torch

from figures import lab, manifests, specs
from figures.methods.datasets.glyphs import Glyphs
from figures.methods.datasets.huggingface import Rows
from figures.methods.datasets.indices import Indices
from figures.methods.datasets.photographs import Squares
from figures.methods.datasets.pictures import SIZE_PX, Files, Pictures, Reader

__all__ = ["DEFAULT_COUNT", "Dataset", "Glyphs", "Pictures", "file_column", "load", "with_files"]

DEFAULT_COUNT = 6000


class Dataset(Protocol):
    """Square images in [0, 1] by index; `digest` stands for all of their pixels.

    Labels are no part of the digest: a measurement that needs them takes them as an argument.
    `broken` names what was listed and is not among the images, because it cannot even be opened.
    """

    @property
    def name(self) -> str: ...

    @property
    def size_px(self) -> int: ...

    @property
    def channels(self) -> int: ...

    @property
    def broken(self) -> tuple[str, ...]: ...

    @property
    def digest(self) -> str: ...

    def __len__(self) -> int: ...

    def images(self, indices: Indices, size_px: int | None = None) -> torch.Tensor:
        """Return images (n, channel, size, size); raises ValueError for one that cannot be decoded."""
        ...

    def usable(self, indices: Indices) -> tuple[np.ndarray, torch.Tensor]:
        """Return those of the indices whose images can be decoded, and the images."""
        ...

    def names(self, indices: Indices) -> list[str]: ...

    def files(self, indices: Indices) -> list[str]:
        """Return the name of each image that lies somewhere, as `names` does; none where images are drawn."""
        ...

    def labels(self, indices: Indices) -> list[str]:
        """Return the label of each image, empty where there is none."""
        ...

    def part(self, start: int, stop: int) -> Dataset:
        """Return the images from `start` to before `stop`, whose digest depends on them alone."""
        ...

    def sized(self, size_px: int, channels: int) -> Dataset:
        """Return the same images in another size, and in colour (3) or grey (1)."""
        ...


def load(text: str) -> Dataset:
    """Return a data set by name, as the site of the lab knows it.

    `glyphs[:N]`, `photographs`, `stamps`, a name of the site's settings, or a path: a folder of
    images, a CSV of paths and labels, tar shards, a Hugging Face data set on disk. Raises ValueError with
    the nearest name, for a data set without images, or where a library is missing.
    """
    current = lab.current()
    spec = specs.dataset(text, current.site)
    if spec.kind == specs.GLYPHS:
        return Glyphs(spec.count or DEFAULT_COUNT)
    if current.store is None:
        return _opened(spec)
    known = _seen.get(spec)
    if known is None or known[0]() is not current:
        known = _seen[spec] = weakref.ref(current), _opened(spec)
    return known[1]


def file_column(dataset: Dataset, indices: Indices) -> dict[str, list[str]]:
    """Return the column `file` of a table that has one of images by index; no column where they come from no files."""
    files = dataset.files(indices)
    return {"file": files} if files else {}


def with_files(
    dataset: Dataset, columns: Mapping[str, Sequence[object] | np.ndarray]
) -> dict[str, Sequence[object] | np.ndarray]:
    """Set the column `file` behind a table's column `image`, where images come from files."""
    files = file_column(dataset, np.asarray(columns["image"]))
    named: dict[str, Sequence[object] | np.ndarray] = {}
    for name, column in columns.items():
        named |= {name: column, **(files if name == "image" else {})}
    return named


#: What a lab that remembers has looked at: a million files are listed once a build and not once a figure.
_seen: dict[specs.DataSpec, tuple[weakref.ref[lab.Lab], Pictures]] = {}


def _opened(spec: specs.DataSpec) -> Pictures:
    memory = manifests.memory_in(lab.current().site.root)
    with _told(f"reading {spec.name}") as tell:
        manifest = manifests.fingerprint(spec, memory if memory.parent.is_dir() else None, tell)
    reader: Reader = Squares(manifest) if spec.kind == specs.PHOTOGRAPHS else Files(manifest)
    if spec.kind == "huggingface":
        reader = Rows(spec.location, manifest, spec.image_column, spec.label_column)
        if len(reader) < (spec.count or 1):
            raise ValueError(f"data set {spec.name!r}: there are {len(reader)} images, fewer than {spec.count or 1}")
    return Pictures(spec.name, reader, spec.size_px or SIZE_PX, ground=spec.ground)


@contextlib.contextmanager
def _told(description: str) -> Iterator[Callable[[int, int], None]]:
    """Show on the lab's progress line how many files have been read, once there are any."""
    progress, task, before = lab.current().progress, None, 0

    def tell(done: int, total: int) -> None:
        nonlocal task, before
        task = task if before else progress.begin(description, total)
        progress.advance(task, done - before)
        before = done

    try:
        yield tell
    finally:
        if before:
            progress.end(task)
