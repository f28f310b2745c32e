"""The `glyphs` data set: one of 16 shapes in one of 16 textures, drawn when asked for.

Image i is a pure function of (seed, i, variant): the same bytes alone, in any batch, in
any order. Every parameter it was drawn with is returned with it, so that a label such as
"a contour of this curvature passes here" is computed from the truth, not from pixels.

Coordinates are in pixels; pixel (row y, column x) fills the square from (x, y) to
(x + 1, y + 1), so the image's centre is (32, 32). Angles are in degrees, clockwise on the screen (y points down).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import torch

from figures.glyphs import counter, painting
from figures.glyphs.geometry import SIZE_PX, contour, signed_distance
from figures.glyphs.shapes import SHAPES
from figures.glyphs.textures import TEXTURES

__all__ = [
    "BACKGROUNDS", "CLOSE_UP", "CONFLICT", "HELD_OUT", "LINKED", "Parameters", "SHAPES", "SIZE_PX",
    "STANDARD", "TEXTURES", "Variant", "crossed", "cue_conflict", "masks", "outline", "render",
]  # fmt: skip

#: Training reads indices below this one; evaluation reads from here on.
HELD_OUT = 1 << 30

BACKGROUNDS: tuple[str, ...] = ("plain", "noise", "gradient", "texture")


@dataclass(frozen=True)
class Variant:
    """A distribution of images. Ranges are (low, high); contrasts are luminance differences.

    `texture_link` is the probability that the texture has the shape's class number.
    `scale` is a fraction of half the image. Two curricula, each in [0, 1]: `ease` helps
    to learn shape (more contrast between figure and ground, faint textures, backgrounds and
    noise), `close` helps to learn texture (large, filled figures in strong textures).
    """

    texture_link: float = 0.0
    filled_share: float = 0.65
    scale: tuple[float, float] = (0.42, 0.85)
    figure_contrast: tuple[float, float] = (0.2, 0.6)
    texture_contrast: tuple[float, float] = (0.15, 0.6)
    background_shares: tuple[float, ...] = (0.15, 0.35, 0.2, 0.3)
    background_contrast: tuple[float, float] = (0.05, 0.45)
    noise_sd_max: float = 0.1
    blur_share: float = 0.25
    warp_px_max: float = 1.5
    grey_share: float = 0.3
    ease: float = 0.0
    close: float = 0.0


STANDARD = Variant()

#: Filled, close, often cropped figures in strong textures, on a plain ground that may be as light as they are.
CLOSE_UP = Variant(
    filled_share=1.0,
    scale=(0.7, 1.9),
    figure_contrast=(0.0, 0.4),
    texture_contrast=(0.45, 0.8),
    background_shares=(1.0, 0.0, 0.0, 0.0),
)

#: The same, but with its outline in the image and another lightness than the ground: what a conflict of cues shows,
#: and what the controlled pair learns from. Either cue is enough to go by.
CONFLICT = replace(CLOSE_UP, scale=(0.7, 1.0), figure_contrast=(0.2, 0.4))

#: The same, with the texture tied to the class.
LINKED = replace(CONFLICT, texture_link=1.0)


#: What of an image is its figure, and what the texture that this wears: the rest is its colours, ground and noise.
_FIGURE = (
    "shape", "x_px", "y_px", "scale_px", "angle_deg", "aspect", "form", "warp_px", "warp_phase", "filled", "stroke_px",
)  # fmt: skip
_TEXTURE = ("texture", "texture_contrast", "texture_angle_deg", "texture_period_px")
_DRAWN_TEXTURE = ("phase", "crop")


@dataclass(frozen=True)
class Parameters:
    """The truth about a batch of images; every field is a tensor of leading size batch."""

    shape: torch.Tensor
    texture: torch.Tensor
    x_px: torch.Tensor
    y_px: torch.Tensor
    scale_px: torch.Tensor
    angle_deg: torch.Tensor
    aspect: torch.Tensor
    form: torch.Tensor
    warp_px: torch.Tensor
    warp_phase: torch.Tensor
    filled: torch.Tensor
    stroke_px: torch.Tensor
    figure_rgb: torch.Tensor
    ground_rgb: torch.Tensor
    texture_contrast: torch.Tensor
    texture_angle_deg: torch.Tensor
    texture_period_px: torch.Tensor
    background: torch.Tensor
    background_texture: torch.Tensor
    background_contrast: torch.Tensor
    noise_sd: torch.Tensor
    blur_px: torch.Tensor

    def numpy(self) -> dict[str, np.ndarray]:
        """Return {name: array}, on the CPU."""
        return {field.name: getattr(self, field.name).numpy(force=True) for field in fields(self)}


def render(
    indices: torch.Tensor | Sequence[int],
    *,
    seed: int = 0,
    variant: Variant = STANDARD,
    shape: Sequence[int] | torch.Tensor | None = None,
    texture: Sequence[int] | torch.Tensor | None = None,
) -> tuple[torch.Tensor, Parameters]:
    """Draw images (batch, 3, 64, 64), float32 in [0, 1], and return them with the truth.

    `shape` and `texture`, (batch,), override the class numbers that would be drawn;
    everything else about image i stays as it is.
    """
    key = counter.keys(seed, np.asarray(indices, dtype=np.int64).reshape(-1))
    return _painted(*_sample(key, variant), shape, texture)


def _painted(
    truth: dict[str, np.ndarray],
    chance: dict[str, np.ndarray],
    shape: Sequence[int] | torch.Tensor | None,
    texture: Sequence[int] | torch.Tensor | None,
) -> tuple[torch.Tensor, Parameters]:
    if shape is not None:
        truth["shape"] = _class_numbers(shape)
    if texture is not None:
        truth["texture"] = _class_numbers(texture)
    count = len(truth["shape"])
    images = np.empty((count, 3, SIZE_PX, SIZE_PX), np.float32)
    for start in range(0, count, 32):  # chunks stay in the processor's cache
        part = slice(start, start + 32)
        images[part] = painting.paint(*({k: v[part] for k, v in drawn.items()} for drawn in (truth, chance)))
    parameters = Parameters(**{name: torch.from_numpy(v) for name, v in truth.items()})
    return torch.from_numpy(images), parameters


def crossed(
    indices: torch.Tensor | Sequence[int],
    figures: torch.Tensor | Sequence[int],
    textures: torch.Tensor | Sequence[int],
    *,
    seed: int = 0,
    variant: Variant = STANDARD,
    shape: Sequence[int] | torch.Tensor | None = None,
    texture: Sequence[int] | torch.Tensor | None = None,
) -> tuple[torch.Tensor, Parameters]:
    """Draw images with the figure of one image, the texture of another, and the rest of a third, each by its index.

    A figure keeps its outline, place, size and direction; a texture its contrast, direction, period and phase, and
    moves with the figure that wears it. `shape` and `texture` override class numbers as in `render`.
    """
    parts = [
        _sample(counter.keys(seed, np.asarray(one, dtype=np.int64).reshape(-1)), variant)
        for one in (indices, figures, textures)
    ]
    (truth, chance), (figure, _), (worn, painted) = parts
    truth |= {name: figure[name] for name in _FIGURE} | {name: worn[name] for name in _TEXTURE}
    for name in _DRAWN_TEXTURE:  # the first two numbers are the figure's, the others the ground's
        chance[name] = np.concatenate([painted[name][:, :2], chance[name][:, 2:]], axis=1)
    return _painted(truth, chance, shape, texture)


def known(indices: torch.Tensor | Sequence[int], *, seed: int = 0, variant: Variant = STANDARD) -> Parameters:
    """Return the truth about images alone, as `render` returns it, without drawing them."""
    truth, _ = _sample(counter.keys(seed, np.asarray(indices, dtype=np.int64).reshape(-1)), variant)
    return Parameters(**{name: torch.from_numpy(v) for name, v in truth.items()})


def masks(parameters: Parameters) -> torch.Tensor:
    """Return the signed distance to the drawn outline, (batch, 64, 64) px, negative in the ink.

    Exact to first order near the outline; before blur and noise.
    """
    return torch.from_numpy(signed_distance(parameters.numpy()))


def outline(parameters: Parameters, n_points: int = 128) -> tuple[torch.Tensor, ...]:
    """Return up to `n_points` points of each drawn outline, spread over its length.

    points (batch, n, 2) as x, y in px; unit normals (batch, n, 2) pointing out of the ink;
    curvature (batch, n) in 1/px, positive where the ink is convex; and which of them are
    real (batch, n), bool. Parts of the outline outside the image are not returned.
    """
    parts = contour(signed_distance(parameters.numpy()), n_points)
    return tuple(torch.from_numpy(part) for part in parts)


def cue_conflict(
    n_per_pair: int = 2, *, seed: int = 0, filled: bool = True, variant: Variant = CONFLICT
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return images, shape class and texture class for every pair of different class numbers.

    After Geirhos et al. (2019, "ImageNet-trained CNNs are biased towards texture"), who
    made such images by style transfer; here shape and texture are parameters.
    """
    pairs = [(s, t) for s in range(len(SHAPES)) for t in range(len(TEXTURES)) if s != t]
    shape_ids, texture_ids = torch.tensor(pairs * n_per_pair).T
    variant = replace(variant, filled_share=1.0 if filled else STANDARD.filled_share)
    indices = HELD_OUT + torch.arange(len(shape_ids))
    images, _ = render(indices, seed=seed, variant=variant, shape=shape_ids, texture=texture_ids)
    return images, shape_ids, texture_ids


def _sample(key: np.ndarray, v: Variant) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray]]:
    """Draw every parameter. The order of the draws is part of the data set: append only."""
    slots = iter(counter.uniforms(key, 64).T)

    def between(low: float, high: float) -> np.ndarray:
        return low + (high - low) * next(slots)

    plain = max(v.ease, v.close)
    shape = np.floor(between(0, len(SHAPES))).astype(np.int64)
    free = np.floor(between(0, len(TEXTURES))).astype(np.int64)
    texture = np.where(next(slots) < v.texture_link, shape, free)
    scale = (between(*v.scale) + 0.3 * v.close) * SIZE_PX / 2
    reach = np.maximum(SIZE_PX / 2 - 0.9 * scale, 5.0)
    middle = SIZE_PX / 2
    low, high = v.texture_contrast
    span = high - low
    truth = {
        "shape": shape,
        "texture": texture,
        "x_px": middle + reach * between(-1, 1),
        "y_px": middle + reach * between(-1, 1),
        "scale_px": scale,
        "angle_deg": between(0, 360),
        "aspect": np.exp(between(-0.14, 0.14)),
        "form": np.stack([next(slots), next(slots)], axis=1),
        "warp_px": between(0, v.warp_px_max),
        "warp_phase": np.stack([between(0, 2 * np.pi), between(0, 2 * np.pi)], axis=1),
        "filled": next(slots) < v.filled_share + v.close * (1 - v.filled_share),
        "stroke_px": between(2.0, 4.5),
        "texture_contrast": between(low + 0.6 * v.close * span, high - 0.8 * v.ease * span),
        "texture_angle_deg": between(0, 360),
        "texture_period_px": SIZE_PX / 2 / between(3.0, 7.0),
        "background": np.searchsorted(np.cumsum(v.background_shares)[:-1], next(slots), "right"),
        "background_texture": np.floor(between(0, len(TEXTURES))).astype(np.int64),
        "background_contrast": between(*v.background_contrast) * (1.0 - 0.9 * plain),
        "noise_sd": v.noise_sd_max * next(slots) ** 1.5 * (1.0 - 0.8 * plain),
        "blur_px": np.where(next(slots) < v.blur_share, between(0.4, 1.1), 0.0),
    }
    low, high = v.figure_contrast
    contrast = between(low + v.ease * (0.45 - low), high)
    truth |= painting.colours(key, contrast, next(slots), v.grey_share)
    chance = painting.choices(key)
    return {k: _narrow(x) for k, x in truth.items()}, {k: _narrow(x) for k, x in chance.items()}


def _class_numbers(values: Sequence[int] | torch.Tensor) -> np.ndarray:
    return torch.as_tensor(values, dtype=torch.int64).numpy()


def _narrow(x: np.ndarray) -> np.ndarray:
    return x.astype(np.float32) if x.dtype == np.float64 else x
