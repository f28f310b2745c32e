"""What a data set on disk holds: the names, sizes and digests of its images, read without numerics.

The digest of a data set is over names and contents, so it is the same on every machine and
whatever the order in which a file system lists them. Contents are read once: digests are
remembered by path, size and time of change, one file for each data set.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from figures.manifests import folder, photographs, shards, table
from figures.manifests.listing import Listing
from figures.manifests.memory import DIGEST_BYTES, Memory, Tell
from figures.specs import GROUNDS, PHOTOGRAPHS, DataSpec

__all__ = ["DIGEST_BYTES", "Listing", "Manifest", "fingerprint", "is_absent", "memory_in"]

_LAYOUTS: dict[str, Callable[[DataSpec, Memory], Listing]] = {
    "folder": folder.images,
    "csv": table.images,
    "webdataset": shards.images,
    "huggingface": folder.rows,
    PHOTOGRAPHS: photographs.images,
}
_ALL = 2**63 - 1


@dataclass(frozen=True)
class Manifest:
    """The images of a data set, and what else decides their pixels.

    For a Hugging Face data set the files are listed and not the images; `span` says from which row
    of them to before which one, as far as there are rows.
    """

    listing: Listing
    size_px: int | None = None
    column: str = ""
    span: tuple[int, int] | None = None
    ground: str = GROUNDS[0]

    @property
    def names(self) -> tuple[str, ...]:
        return self.listing.names

    @property
    def sizes(self) -> tuple[int, ...]:
        return self.listing.sizes

    @property
    def digests(self) -> bytes:
        """The SHA-256 of each content, 32 bytes an image."""
        return self.listing.digests

    @property
    def labels(self) -> tuple[str, ...]:
        """The label of each image, or nothing where there are none."""
        return self.listing.labels

    @property
    def broken(self) -> tuple[str, ...]:
        """What was listed and could not be read at all; it is no part of the data set."""
        return self.listing.broken

    def __len__(self) -> int:
        return len(self.listing.names)

    @functools.cached_property
    def pixels_digest(self) -> str:
        """The digest of all that decides the pixels: names and contents, also of what cannot be read; not labels."""
        what = f"{self.size_px} {self.column} {self.span} {self.ground}"
        return _sha256(what.encode(), _joined(self.names), self.digests, _joined(self.broken))

    @functools.cached_property
    def digest(self) -> str:
        """The digest of the data set with its labels."""
        return _sha256(self.pixels_digest.encode(), _joined(self.labels)) if self.labels else self.pixels_digest

    def part(self, start: int, stop: int) -> Manifest:
        """Return the manifest of the images from `start` to before `stop`."""
        if self.span is not None:
            return replace(self, span=(self.span[0] + start, min(self.span[0] + stop, self.span[1])))
        return replace(self, listing=self.listing.part(start, stop))


def _joined(texts: tuple[str, ...]) -> bytes:
    return "\0".join(texts).encode("utf-8", "surrogateescape")


def _sha256(*parts: bytes) -> str:
    """Digest byte strings so that none can borrow from its neighbour."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.hexdigest()


def fingerprint(spec: DataSpec, memory: Path | None = None, tell: Tell | None = None) -> Manifest:
    """Return what a data set on disk holds; contents are read only where size or time have changed.

    `memory` is the folder that remembers, and `tell` hears how many files of how many have been
    read. Raises ValueError where there is no image, or fewer than were asked for, and RowsError
    for mistakes in a table.
    """
    if spec.kind not in _LAYOUTS:
        raise ValueError(f"data set {spec.name!r} is not on disk; expected one of {', '.join(_LAYOUTS)}")
    if spec.kind not in ("webdataset", PHOTOGRAPHS) and not os.path.exists(spec.location):
        raise ValueError(f"data set {spec.name!r}: there is no {spec.path}")
    with Memory.of(spec, memory, tell) as remembered:
        listing = _LAYOUTS[spec.kind](spec, remembered)
    if spec.kind == "huggingface":
        column = f"{spec.image_column}/{spec.label_column}"
        return Manifest(listing, spec.size_px, column, (0, spec.count or _ALL), spec.ground)
    if not listing.names:
        raise ValueError(f"data set {spec.name!r} has no image that can be read in {spec.path}")
    if spec.count and len(listing.names) + len(listing.broken) < spec.count:
        raise ValueError(f"data set {spec.name!r}: there are {len(listing.names)} images, fewer than {spec.count}")
    return Manifest(listing, spec.size_px, ground=spec.ground)


def is_absent(spec: DataSpec) -> bool:
    """Tell whether nothing at all lies where a data set should, for example on a machine that only prints pages."""
    if spec.kind == PHOTOGRAPHS:
        return bool(photographs.missing())
    path = spec.path
    return path is not None and not os.path.exists(path) and not any(path.parent.glob(f"*{path.suffix}"))


def memory_in(root: Path) -> Path:
    """Return the folder of a site that remembers the contents of its data sets."""
    return root / ".microscribe" / "datasets"
