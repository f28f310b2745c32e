"""The bytes of an image file to pixels."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import numpy as np

from figures.methods.datasets import grounds
from figures.methods.datasets.depth import levels
from figures.specs import GROUNDS

if TYPE_CHECKING:
    from PIL.Image import Image

#: JPEG files much larger than asked for are decoded at a fraction of their size, at least this much larger.
_SPARE = 2
_CHANNELS = (1, 3, 4)


def decoded(content: bytes | object, size_px: int, channels: int, ground: str = GROUNDS[0]) -> np.ndarray:
    """Decode an image to uint8 (size, size, channel): resized on the short side, then cropped around the centre.

    Bilinear with antialiasing. What EXIF says of its orientation is followed; transparency is laid
    over `ground`; deeper pixels become 8 bits, as `depth.levels` says. Raises whatever the decoder does
    for a broken file.
    """
    from PIL import ImageOps

    image = grounds.flat(ImageOps.exif_transpose(_opened(content, size_px)), ground)
    return _cut(image.convert("L") if channels == 1 else image, size_px).reshape(size_px, size_px, channels)


def silhouette(content: bytes | object, size_px: int) -> np.ndarray:
    """Return how opaque an image is, uint8 (size, size), cut as `decoded` cuts it; 255 where it has no transparency."""
    from PIL import ImageOps

    return _cut(grounds.opacity(ImageOps.exif_transpose(_opened(content, size_px))), size_px)


def _cut(image: Image, size_px: int) -> np.ndarray:
    width, height = image.size
    scale = size_px / min(width, height)
    left, top = (max(side - size_px / scale, 0) / 2 for side in image.size)  # a rounding error may be below 0
    box = (left, top, width - left, height - top)
    if (width, height) != (size_px, size_px):
        image = image.resize((size_px, size_px), resample=2, box=box)
    return np.asarray(image)


def _opened(content: bytes | object, size_px: int) -> Image:
    """Open bytes, or take an image or an array as it is."""
    from PIL import Image

    if isinstance(content, Image.Image):
        return content
    if not isinstance(content, bytes):
        return Image.fromarray(levels(_channels_last(np.asarray(content))))
    image = Image.open(io.BytesIO(content))
    if image.format == "JPEG" and min(image.size) > 2 * _SPARE * size_px:
        width, height = (_SPARE * size_px * side // min(image.size) for side in image.size)
        image.draft(image.mode, (width, height))
    image.load()
    return image


def _channels_last(pixels: np.ndarray) -> np.ndarray:
    """Bring an array (channel, height, width) to (height, width, channel), one channel to (height, width)."""
    if pixels.ndim == 3 and pixels.shape[0] in _CHANNELS and pixels.shape[-1] not in _CHANNELS:
        pixels = np.moveaxis(pixels, 0, -1)
    return pixels[..., 0] if pixels.ndim == 3 and pixels.shape[-1] == 1 else pixels
