"""The squares of the photographs that are always there, cut from their pictures."""

from __future__ import annotations

import functools
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from figures.manifests import photographs
from figures.manifests.photographs import Square
from figures.methods.datasets.pictures import Files

if TYPE_CHECKING:
    from PIL.Image import Image


@dataclass(frozen=True)
class Squares(Files):
    """Squares of photographs, which their names describe."""

    def content(self, index: int) -> object:
        """Cut one square; raises ValueError where its picture is not the one that was fingerprinted."""
        square = _by_name()[self.name(index)]
        picture = _opened(self.read(index))
        own = square.picture
        if picture.size != (own.width, own.height):
            size = f"{picture.size[0]} x {picture.size[1]}"
            raise ValueError(f"the photograph {own.name!r} has {size} pixels; expected {own.width} x {own.height}")
        return picture.crop(square.box)

    def part(self, start: int, stop: int) -> Squares:
        """Return the squares from `start` to before `stop`."""
        return Squares(self.manifest.part(start, stop))


@functools.cache
def _by_name() -> dict[str, Square]:
    return {square.name: square for square in photographs.squares()}


@functools.lru_cache(maxsize=8)
def _opened(content: bytes) -> Image:
    """Decode a picture; its squares come one after the other, and figures ask for those of a few."""
    from PIL import Image

    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture
