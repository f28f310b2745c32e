"""Where the figure of a picture is: its transparency, its darker or lighter tone, or what it was drawn from."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from figures.glyphs import dataset as glyphs
from figures.methods import asked_images
from figures.methods.datasets import Dataset, Glyphs, Pictures
from figures.methods.datasets.decoding import silhouette
from figures.methods.datasets.resizing import resized

HAVE_ONE = "a cut-out (a picture with transparency), a picture in two tones, a picture of `stamps`, or one of `glyphs`"
_TONE, _BETWEEN, _CLEAR, _OPAQUE, _FIGURE = 0.15, 0.06, 0.1, 0.97, 0.002
"""How far from black or white a tone may be, the share of pixels that may lie between, how little opaque the ground of
a cut-out is and how much so a row with something in it, and the least share of a figure or of a ground."""


def masks(dataset: Dataset, pictures: Sequence[str | Path], side_px: int) -> np.ndarray:
    """Return where the figures are, (n, side, side) in [0, 1]; raises ValueError for a picture without a silhouette."""
    return np.stack([_mask(dataset, picture, side_px) for picture in pictures])


def _mask(dataset: Dataset, picture: str | Path, side_px: int) -> np.ndarray:
    mask = _file(picture, side_px) if isinstance(picture, Path) else _image(dataset, str(picture), side_px)
    if mask is None:
        named = picture.name if isinstance(picture, Path) else f"{picture} of {dataset.name}"
        raise ValueError(f"{named} has no silhouette; expected {HAVE_ONE}")
    return mask


def _file(path: Path, side_px: int) -> np.ndarray | None:
    """Read the silhouette of a file; None where it has none."""
    tones = asked_images.opened(path, side_px, 1)[0]
    return _told(silhouette(path.read_bytes(), side_px).astype(np.float32) / 255, tones)


def _image(dataset: Dataset, written: str, side_px: int) -> np.ndarray | None:
    number = asked_images.number_of(dataset, written)
    if isinstance(dataset, Glyphs):
        return drawn(dataset.parameters([number]), side_px)[0]
    if not isinstance(dataset, Pictures):
        return None
    sized = dataset.sized(side_px, 1)
    return _told(sized.silhouettes([number])[0, 0].numpy(), sized.images([number])[0, 0].numpy())


def drawn(parameters: glyphs.Parameters, side_px: int = glyphs.SIZE_PX) -> np.ndarray:
    """Return where the ink of glyphs is, (n, side, side), soft at its border."""
    ink: torch.Tensor = (0.5 - glyphs.masks(parameters)).clamp(0, 1)
    return resized(ink[:, None].float(), side_px)[:, 0].numpy()


def _told(opacity: np.ndarray, tones: np.ndarray) -> np.ndarray | None:
    """Take what is opaque for the figure; where all is, the tone of a picture in two that its border has less of.

    A picture that merely allows for transparency is made square by bars with nothing in them.
    """
    clear = opacity < _CLEAR
    rows, columns = (np.flatnonzero(opacity.max(axis=axis) > _OPAQUE) for axis in (1, 0))
    if not len(rows):
        return opacity if clear.any() and not clear.all() else None
    inside = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    is_framed = len(rows) == len(clear) or len(columns) == len(clear)
    if clear[inside].mean() > _FIGURE or not is_framed:
        return opacity
    return _framed(two_tones(tones[inside]), inside, opacity.shape)


def _framed(mask: np.ndarray | None, inside: tuple[slice, ...], shape: tuple[int, ...]) -> np.ndarray | None:
    """Set a silhouette into a larger square with nothing around it."""
    if mask is None:
        return None
    whole = np.zeros(shape, np.float32)
    whole[inside] = mask
    return whole


def two_tones(tones: np.ndarray) -> np.ndarray | None:
    """Return the figure of a grey image (side, side) in black and white: what its border is not; None for others."""
    between = (tones > _TONE) & (tones < 1 - _TONE)
    border = np.concatenate([tones[0], tones[-1], tones[:, 0], tones[:, -1]])
    mask = 1 - tones if np.median(border) > 0.5 else tones
    return mask.astype(np.float32) if between.mean() < _BETWEEN and mask.mean() > _FIGURE else None
