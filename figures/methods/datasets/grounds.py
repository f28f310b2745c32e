"""What lies behind a picture that is transparent: grey, squares of two greys, white, or the mean of the picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.methods.datasets.depth import levels

if TYPE_CHECKING:
    from PIL.Image import Image

_GREY, _CHECKS = (127, 127, 127), (102, 153)
_OPAQUE = 255
#: Sides of the squares of a checked ground, as a part of the shorter side of the picture.
_SQUARE = 1 / 16
_TRANSPARENT = ("RGBA", "LA", "PA", "RGBa", "La")


def flat(image: Image, ground: str) -> Image:
    """Bring an image of any mode to RGB; what is transparent shows the ground, which makes a square of the whole."""
    from PIL import Image as pictures

    image = _shallow(image)
    if not _is_transparent(image):
        return image.convert("RGB")
    image = _squared(image.convert("RGBA"))
    return pictures.alpha_composite(_behind(image, ground).convert("RGBA"), image).convert("RGB")


def opacity(image: Image) -> Image:
    """Return how opaque an image is, as 8 bits of grey: 255 where it hides all that lies behind it."""
    from PIL import Image as pictures

    image = _shallow(image)
    if not _is_transparent(image):
        return pictures.new("L", image.size, 255)
    return _squared(image.convert("RGBA")).getchannel("A")


def _squared(image: Image) -> Image:
    """Lay a cut-out in the middle of a transparent square, so that nothing of it is cut off."""
    from PIL import Image as pictures

    side = max(image.size)
    whole = pictures.new("RGBA", (side, side))
    whole.paste(image, ((side - image.width) // 2, (side - image.height) // 2))
    return whole


def _is_transparent(image: Image) -> bool:
    """Tell whether anything of an image can be seen through: a channel for it does not say so."""
    if image.mode not in _TRANSPARENT and "transparency" not in image.info:
        return False
    lowest, _ = image.convert("RGBA").getchannel("A").getextrema()
    return float(lowest) < _OPAQUE  # type: ignore[arg-type]


def _shallow(image: Image) -> Image:
    """Bring an image of floats, or of 16 or 32 bits, to 8."""
    from PIL import Image as pictures

    if image.mode != "F" and not image.mode.startswith("I"):
        return image
    return pictures.fromarray(levels(np.asarray(image)))


def _behind(image: Image, ground: str) -> Image:
    from PIL import Image as pictures

    if ground == "checked":
        return pictures.fromarray(_checked(*image.size))
    colours = {"grey": _GREY, "white": (255, 255, 255)}
    return pictures.new("RGB", image.size, colours[ground] if ground in colours else _mean(image))


def _checked(width: int, height: int) -> np.ndarray:
    side = max(1, round(_SQUARE * min(width, height)))
    odd = (np.arange(height)[:, None] // side + np.arange(width) // side) % 2
    return np.array(_CHECKS, np.uint8)[odd]


def _mean(image: Image) -> tuple[int, int, int]:
    """Return the mean colour of what is seen of a picture, grey where nothing is."""
    pixels = np.asarray(image, dtype=np.float64)
    weights = pixels[..., 3]
    if not weights.any():
        return _GREY
    red, green, blue = np.rint(np.average(pixels[..., :3], axis=(0, 1), weights=weights)).astype(int).tolist()
    return red, green, blue
