"""What is left of a picture: its greys, its silhouette, its edges, its texture, its shape in another's texture.

The conditions of Geirhos et al. (2019, "ImageNet-trained CNNs are biased towards texture", figure 2). Images are
(channel, side, side), silhouettes (side, side), both in [0, 1]; a silhouette is 1 where the figure is.
"""

from __future__ import annotations

import math

import numpy as np
from scipy import ndimage
from skimage import feature

ORIGINAL, GREY, SILHOUETTE, EDGES = "original", "grey", "silhouette", "edges"
TEXTURE, CONFLICT, TURNED = "texture", "conflict", "turned silhouette"
CONDITIONS = (ORIGINAL, GREY, SILHOUETTE, EDGES, TEXTURE, CONFLICT, TURNED)
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""Of ITU-R BT.601."""
_LEAST_PX = 4


def grey(image: np.ndarray) -> np.ndarray:
    """Return an image without its colours, as many channels as before."""
    if len(image) != len(_LUMA):
        return image
    return np.broadcast_to(np.tensordot(_LUMA, image, 1), image.shape).astype(np.float32)


def silhouette(mask: np.ndarray, channels: int = 3) -> np.ndarray:
    """Return the figure in black on white."""
    return np.repeat(1 - mask[None], channels, axis=0).astype(np.float32)


def edges(image: np.ndarray, sigma_px: float | None = None) -> np.ndarray:
    """Return black lines on white where brightness changes (Canny, 1986).

    `sigma_px` is how far the image is blurred before, by default a hundredth of its side, at least 1.5.
    """
    sigma = max(1.5, image.shape[-1] / 100) if sigma_px is None else sigma_px
    lines = feature.canny(grey(image)[0].astype(np.float64), sigma=sigma, mode="nearest")
    return np.repeat(1 - lines[None].astype(np.float32), len(image), axis=0)


def texture(image: np.ndarray, mask: np.ndarray) -> np.ndarray:
    """Return the largest square that lies in the figure, laid beside its own mirror images until it fills the image.

    Raises ValueError where no square of a few pixels lies in it.
    """
    inside = np.pad(mask > 0.5, 1)
    reach = ndimage.distance_transform_cdt(inside, metric="chessboard")[1:-1, 1:-1]
    row, column = np.unravel_index(int(reach.argmax()), reach.shape)
    half = int(reach.max()) - 1
    if 2 * half + 1 < _LEAST_PX:
        raise ValueError(f"the figure is nowhere {_LEAST_PX} px wide; expected one that shows some texture")
    square = image[:, row - half : row + half + 1, column - half : column + half + 1]
    return mirrored(square, image.shape[-1])


def mirrored(square: np.ndarray, side_px: int) -> np.ndarray:
    """Lay a square (channel, any, any) beside its mirror images; return (channel, side, side) around a square."""
    places = np.arange(side_px) - (side_px - square.shape[-1]) // 2
    period = places % (2 * square.shape[-1])
    fold = np.minimum(period, 2 * square.shape[-1] - 1 - period)
    return square[:, fold[:, None], fold[None, :]]


def filled(mask: np.ndarray, image: np.ndarray, ground: float = 1.0) -> np.ndarray:
    """Cut a figure out of an image of some texture; return it on a ground of one brightness, white by default."""
    return (mask * image + (1 - mask) * np.float32(ground)).astype(np.float32)


def turned(values: np.ndarray, degrees: float) -> np.ndarray:
    """Turn a silhouette (side, side) clockwise about the middle, made smaller where its square would not fit in."""
    angle = math.radians(degrees)
    cosine, sine = math.cos(angle), math.sin(angle)
    shrink = abs(cosine) + abs(sine)
    turn = shrink * np.array([[cosine, -sine], [sine, cosine]])
    middle = np.full(2, (values.shape[-1] - 1) / 2)
    moved = ndimage.affine_transform(values.astype(np.float64), turn, middle - turn @ middle, order=1, mode="constant")
    return np.clip(moved, 0, 1).astype(np.float32)


def every(image: np.ndarray, mask: np.ndarray, conflict: np.ndarray, turn_deg: float) -> np.ndarray:
    """Return an image under all `CONDITIONS`, in their order, (condition, channel, side, side)."""
    channels = len(image)
    return np.stack([
        image,
        grey(image),
        silhouette(mask, channels),
        edges(image),
        texture(image, mask),
        conflict,
        silhouette(turned(mask, turn_deg), channels),
    ]).astype(np.float32)  # fmt: skip
