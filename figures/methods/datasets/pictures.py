"""Pictures that lie somewhere: read, checked, decoded and cut square."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
import torch

from figures.manifests import Manifest
from figures.methods.datasets.decoding import decoded, silhouette
from figures.methods.datasets.indices import Indices
from figures.methods.digests import with_code
from figures.specs import GROUNDS

SIZE_PX = 224


class Reader(Protocol):
    """Where the contents of images come from."""

    @property
    def digest(self) -> str: ...

    @property
    def broken(self) -> tuple[str, ...]: ...

    def __len__(self) -> int: ...

    def content(self, index: int) -> object:
        """Return the bytes of an image file, or an image; raises ValueError where they have changed."""
        ...

    def name(self, index: int) -> str: ...

    def label(self, index: int) -> str: ...

    def part(self, start: int, stop: int) -> Reader: ...


def legible(name: str) -> str:
    """Return the name of a file so that a page can show it: bytes that are no UTF-8 become �."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


@dataclass(frozen=True)
class Files:
    """Images in files, or in parts of files."""

    manifest: Manifest

    @property
    def digest(self) -> str:
        return self.manifest.pixels_digest

    @property
    def broken(self) -> tuple[str, ...]:
        return tuple(map(legible, self.manifest.broken))

    def __len__(self) -> int:
        return len(self.manifest)

    def content(self, index: int) -> object:
        """Return the bytes of one image file; raises ValueError as `read` does."""
        return self.read(index)

    def read(self, index: int) -> bytes:
        """Read one image; raises ValueError where it is not the one that was fingerprinted."""
        listing = self.manifest.listing
        path = listing.root / listing.files[index]
        try:
            with open(path, "rb") as file:
                file.seek(listing.offsets[index])
                content = file.read(listing.sizes[index])
        except OSError as error:
            raise ValueError(f"{path} was there and cannot be read any more: {error.strerror}") from None
        if hashlib.sha256(content).digest() != listing.digest(index):
            raise ValueError(f"{path} changed while in use")
        return content

    def name(self, index: int) -> str:
        return legible(self.manifest.names[index])

    def label(self, index: int) -> str:
        return legible(self.manifest.labels[index]) if self.manifest.labels else ""

    def part(self, start: int, stop: int) -> Files:
        """Return the images from `start` to before `stop`."""
        return Files(self.manifest.part(start, stop))


@dataclass(frozen=True)
class Pictures:
    """Images of any size and kind, resized on the short side and cropped around the centre.

    What is transparent in them shows `ground`.
    """

    name: str
    reader: Reader
    size_px: int = SIZE_PX
    channels: int = 3
    ground: str = GROUNDS[0]

    @property
    def digest(self) -> str:
        """The digest of the contents, of the size and, in a lab that remembers, of the code that decodes."""
        what = f"{self.reader.digest} {self.size_px} {self.channels} {self.ground}"
        return with_code(hashlib.sha256(what.encode()).hexdigest(), decoded)

    @property
    def broken(self) -> tuple[str, ...]:
        return self.reader.broken

    def __len__(self) -> int:
        return len(self.reader)

    def images(self, indices: Indices, size_px: int | None = None) -> torch.Tensor:
        """Read images (n, channel, size, size), float32 in [0, 1]; raises ValueError for one that is broken."""
        chosen, place = np.unique(self._chosen(indices), return_inverse=True)
        there, images = self.sized(size_px or self.size_px, self.channels).usable(chosen)
        if len(there) < len(chosen):
            raise self._undecodable(int(np.setdiff1d(chosen, there)[0]))
        return images[torch.from_numpy(place)]

    def usable(self, indices: Indices) -> tuple[np.ndarray, torch.Tensor]:
        """Return those of the indices whose images can be decoded, and the images, channels last in memory."""
        chosen = self._chosen(indices)
        found = [(index, pixels) for index in chosen if (pixels := self._pixels(int(index))) is not None]
        shape = (len(found), self.size_px, self.size_px, self.channels)
        whole = np.stack([pixels for _, pixels in found]) if found else np.zeros(shape, np.uint8)
        there = np.array([index for index, _ in found], dtype=np.int64)
        return there, torch.from_numpy(whole).permute(0, 3, 1, 2).float().div_(255)

    def silhouettes(self, indices: Indices) -> torch.Tensor:
        """Return how opaque images are, (n, 1, size, size) in [0, 1]; 1 everywhere where nothing is transparent.

        Raises ValueError for one that is broken.
        """
        whole = np.zeros((len(chosen := self._chosen(indices)), self.size_px, self.size_px), np.uint8)
        for place, index in enumerate(chosen.tolist()):
            mask = self._read(index, silhouette, self.size_px)
            if mask is None:
                raise self._undecodable(index)
            whole[place] = mask
        return torch.from_numpy(whole)[:, None].float().div_(255)

    def names(self, indices: Indices) -> list[str]:
        """Return the name of each image in the data set."""
        return [self.reader.name(int(index)) for index in indices]

    def files(self, indices: Indices) -> list[str]:
        """Return the same: the file's path in the data set, the member of a shard, the row of a table."""
        return self.names(indices)

    def labels(self, indices: Indices) -> list[str]:
        """Return the label of each image, empty where there is none."""
        return [self.reader.label(int(index)) for index in indices]

    def part(self, start: int, stop: int) -> Pictures:
        """Return the images from `start` to before `stop`."""
        stop = min(stop, len(self))
        return replace(self, name=f"{self.name}[{start}:{stop}]", reader=self.reader.part(start, stop))

    def sized(self, size_px: int, channels: int) -> Pictures:
        """Return the same images in another size, and in colour (3) or grey (1)."""
        if channels not in (1, 3):
            raise ValueError(f"the images of {self.name} have 1 or 3 channels; not {channels}, as the network takes")
        return replace(self, size_px=size_px, channels=channels)

    def _pixels(self, index: int) -> np.ndarray | None:
        """Decode one image, or return None where that cannot be done."""
        return self._read(index, decoded, self.size_px, self.channels, self.ground)

    def _undecodable(self, index: int) -> ValueError:
        return ValueError(f"image {index} of {self.name}, {self.reader.name(index)}, cannot be decoded")

    def _read(self, index: int, decode: Callable[..., np.ndarray], *how: object) -> np.ndarray | None:
        """Give the content of one image to a decoder; return None where that fails."""
        content = self.reader.content(index)
        try:
            return decode(content, *how)
        except MemoryError:
            raise
        except Exception:  # a decoder may raise anything for a file that is not what its name says
            return None

    def _chosen(self, indices: Indices) -> np.ndarray:
        chosen = np.asarray(indices, dtype=np.int64).reshape(-1)
        wrong = chosen[(chosen < 0) | (chosen >= len(self))]
        if len(wrong):
            raise ValueError(f"{self.name} has images 0 to {len(self) - 1}, not {int(wrong[0])}")
        return chosen
