"""Data sets by name: images by index, and what is known about each."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import torch

from figures.glyphs import dataset as glyphs
from figures.methods.digests import with_code

DEFAULT_COUNT = 6000
_NAMES = ("glyphs",)


class Dataset(Protocol):
    """Images in [0, 1] by index; `digest` stands for all of their pixels."""

    name: str

    @property
    def digest(self) -> str: ...

    def __len__(self) -> int: ...

    def images(self, indices: Sequence[int] | torch.Tensor) -> torch.Tensor: ...


@dataclass(frozen=True)
class Glyphs:
    """The first `count` images of the procedural data set that no network was trained on."""

    count: int

    @property
    def name(self) -> str:
        return f"glyphs:{self.count}"

    @property
    def digest(self) -> str:
        """The digest of the name and, in a lab that remembers, of the code that draws the images."""
        return with_code(hashlib.sha256(self.name.encode()).hexdigest(), glyphs.render)

    def __len__(self) -> int:
        return self.count

    def images(self, indices: Sequence[int] | torch.Tensor) -> torch.Tensor:
        """Draw images (n, 3, 64, 64), float32 in [0, 1]."""
        return self._render(indices)[0]

    def parameters(self, indices: Sequence[int] | torch.Tensor) -> glyphs.Parameters:
        """Return the true parameters of images, each with a leading axis over them."""
        return self._render(indices)[1]

    def _render(self, indices: Sequence[int] | torch.Tensor) -> tuple[torch.Tensor, glyphs.Parameters]:
        chosen = torch.as_tensor(indices, dtype=torch.int64)
        wrong = chosen[(chosen < 0) | (chosen >= self.count)]
        if len(wrong):
            raise ValueError(f"{self.name} has images 0 to {self.count - 1}, not {int(wrong[0])}")
        return glyphs.render(glyphs.HELD_OUT + chosen)


def load(text: str) -> Glyphs:
    """Return a data set by name, `glyphs` or `glyphs:N`; raises ValueError with the nearest name."""
    name, _, count = text.partition(":")
    if name not in _NAMES:
        close = difflib.get_close_matches(name, _NAMES, n=1)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"no data set {text!r}{hint} (there is: glyphs:N)")
    if count and (not count.isdigit() or int(count) < 1):
        raise ValueError(f"{text!r}: expected glyphs:N with N images, at least 1")
    return Glyphs(int(count or DEFAULT_COUNT))
