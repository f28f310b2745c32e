"""What the ink looks like: colours, textures, backgrounds, blur and noise.

Colours have natural statistics: RGB = luminance x (1 + chroma), where chroma is mostly
yellow against blue and mostly shared by the whole image, as under one light (Ruderman,
Cronin and Chiao, 1998, "Statistics of cone responses to natural images").
"""

from __future__ import annotations

import numpy as np

from figures.glyphs import counter
from figures.glyphs.geometry import SIZE_PX, signed_distance, turned
from figures.glyphs.textures import BANK_PX, FIELDS, Frame, noise_bank

_AXIS = np.arange(SIZE_PX, dtype=np.float32) + np.float32(0.5)
_YELLOW_BLUE = np.array([0.5, 0.5, -1.0])
_RED_GREEN = np.array([1.0, -1.0, 0.0])
_NOISES = ("rough", "pink", "cloud")


def _normal(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Turn two uniforms into one Gaussian (Box and Muller, 1958), cut at 2.5."""
    radius = np.sqrt(-2 * np.log1p(-first))
    return np.clip(radius * np.cos(2 * np.pi * second), -2.5, 2.5)


def colours(key: np.ndarray, contrast: np.ndarray, side: np.ndarray, grey_share: float) -> dict[str, np.ndarray]:
    """Draw mean colours of figure and ground, (batch, 3), `contrast` apart in luminance."""
    u = counter.uniforms(key ^ np.uint64(0xC0105), 16).T
    ground = 0.12 + 0.76 * u[0]
    lighter = np.where(ground + contrast > 0.92, False, side < 0.5)
    lighter = np.where(ground - contrast < 0.08, True, lighter)
    figure = np.clip(ground + np.where(lighter, contrast, -contrast), 0.06, 0.94)
    vivid = np.where(u[1] < 0.2, 1 + 1.5 * u[2], 1.0) * (u[3] >= grey_share)
    light = 0.13 * _normal(u[4], u[5])
    figure_tint, ground_tint = (_tint(light, vivid, u[k : k + 4]) for k in (6, 10))
    return {
        "figure_rgb": np.clip(figure[:, None] * (1 + figure_tint), 0, 1),
        "ground_rgb": np.clip(ground[:, None] * (1 + ground_tint), 0, 1),
    }


def _tint(light: np.ndarray, vivid: np.ndarray, u: np.ndarray) -> np.ndarray:
    """Return a surface's chroma (batch, 3) under the image's light; nothing where vivid is 0."""
    yellow_blue = light + 0.14 * vivid * _normal(u[0], u[1])
    red_green = 0.09 * vivid * _normal(u[2], u[3])
    tint = yellow_blue[:, None] * _YELLOW_BLUE + red_green[:, None] * _RED_GREEN
    return tint * (vivid > 0)[:, None]


def choices(key: np.ndarray) -> dict[str, np.ndarray]:
    """Draw what is needed to paint but says little about the image: phases, crops, tints."""
    u = counter.uniforms(key ^ np.uint64(0xBA1D), 16).T
    return {
        "key": key,
        "phase": np.stack([u[0], u[1], u[2], u[3]], axis=1),
        "crop": np.floor(np.stack([u[4], u[5], u[6], u[7]], axis=1) * BANK_PX).astype(np.int64),
        "ground_angle_deg": 360 * u[8],
        "ground_period_px": SIZE_PX / 2 / (3 + 4 * u[9]),
        "ground_x_px": SIZE_PX * u[10],
        "ground_y_px": SIZE_PX * u[11],
        "ground_noise": np.floor(3 * u[12]).astype(np.int64),
        "flip": np.floor(8 * u[13]).astype(np.int64),
    }


def paint(truth: dict[str, np.ndarray], chance: dict[str, np.ndarray]) -> np.ndarray:
    """Return images (batch, 3, 64, 64), float32 in [0, 1], from drawn parameters."""
    ink = np.clip(np.float32(0.5) - signed_distance(truth), 0, 1)
    figure = _figure_field(truth, chance) - np.float32(0.5)
    ground = _ground_field(truth, chance)
    figure *= truth["texture_contrast"][:, None, None]
    ground *= truth["background_contrast"][:, None, None]
    images = np.empty((len(ink), 3, SIZE_PX, SIZE_PX), np.float32)
    # Textures vary the luminance; each surface keeps its own tint.
    lum_figure, lum_ground = (truth[n].mean(1) for n in ("figure_rgb", "ground_rgb"))
    figure += lum_figure[:, None, None]
    ground += lum_ground[:, None, None]
    figure, ground = np.clip(figure, 0.02, 0.98), np.clip(ground, 0.02, 0.98)
    for c in range(3):
        over = figure * (truth["figure_rgb"][:, c] / lum_figure)[:, None, None]
        under = ground * (truth["ground_rgb"][:, c] / lum_ground)[:, None, None]
        images[:, c] = under + ink * (over - under)
    _blur(images, truth["blur_px"])
    _add_noise(images, truth["noise_sd"], chance["key"])
    return np.clip(images, 0, 1, out=images)


def _figure_field(truth: dict[str, np.ndarray], chance: dict[str, np.ndarray]) -> np.ndarray:
    return _texture_field(
        truth["texture"], truth["x_px"], truth["y_px"], truth["texture_angle_deg"],
        truth["texture_period_px"], chance["phase"][:, :2], chance["crop"][:, :2],
    )  # fmt: skip


def _ground_field(truth: dict[str, np.ndarray], chance: dict[str, np.ndarray]) -> np.ndarray:
    """Return the background's luminance around zero, within about 0.5 of it."""
    out = np.zeros((len(truth["x_px"]), SIZE_PX, SIZE_PX), np.float32)
    for row in np.flatnonzero(truth["background"] == 1):
        field = noise_bank()[_NOISES[chance["ground_noise"][row]]]
        out[row] = _crop(field, chance["crop"][row, 2:], chance["flip"][row])
    out = np.clip(out * np.float32(0.35), -0.8, 0.8)
    rows = np.flatnonzero(truth["background"] == 2)
    if len(rows):
        along, _ = turned(_AXIS[None, None] - 32, _AXIS[None, :, None] - 32,
                          chance["ground_angle_deg"][rows])  # fmt: skip
        out[rows] = np.clip(along * np.float32(1 / SIZE_PX), -0.6, 0.6)
    rows = np.flatnonzero(truth["background"] == 3)
    if len(rows):
        out[rows] = _texture_field(
            truth["background_texture"][rows], chance["ground_x_px"][rows],
            chance["ground_y_px"][rows], chance["ground_angle_deg"][rows],
            chance["ground_period_px"][rows], chance["phase"][rows, 2:], chance["crop"][rows, 2:],
        ) - np.float32(0.5)  # fmt: skip
    return out


def _crop(field: np.ndarray, corner: np.ndarray, flip: int = 0) -> np.ndarray:
    top, left = corner
    crop = field[top : top + SIZE_PX, left : left + SIZE_PX]
    crop = crop[::-1] if flip & 1 else crop
    crop = crop[:, ::-1] if flip & 2 else crop
    return crop.T if flip & 4 else crop


def _texture_field(
    texture: np.ndarray, x_px: np.ndarray, y_px: np.ndarray, angle_deg: np.ndarray,
    period_px: np.ndarray, phase: np.ndarray, corner: np.ndarray,
) -> np.ndarray:  # fmt: skip
    """Return each image's texture over the whole square, (batch, 64, 64) in [0, 1]."""
    x = (_AXIS - x_px[:, None])[:, None, :] / period_px[:, None, None]
    y = (_AXIS - y_px[:, None])[:, :, None] / period_px[:, None, None]
    x, y = turned(x, y, angle_deg)
    out = np.empty_like(x)
    for k, name in enumerate(FIELDS):
        rows = np.flatnonzero(texture == k)
        if not len(rows):
            continue

        def crops(kind: str, rows: np.ndarray = rows) -> np.ndarray:
            return np.stack([_crop(noise_bank()[kind], corner[row]) for row in rows])

        centred = x[rows], y[rows]
        u, v = (c + p[:, None, None] for c, p in zip(centred, 8 * phase[rows].T, strict=True))
        out[rows] = FIELDS[name](Frame(u, v, *centred, crops))
    return out


def _blur(images: np.ndarray, sigma_px: np.ndarray) -> None:
    """Blur in place, by a separable five-tap Gaussian, the images whose sigma is positive."""
    rows = np.flatnonzero(sigma_px > 0)
    if not len(rows):
        return
    near, far = (np.exp(-(step**2) / (2 * sigma_px[rows] ** 2)) for step in (1.0, 2.0))
    total = 1 + 2 * near + 2 * far
    weights = [(w / total)[:, None, None, None].astype(np.float32) for w in (1.0, near, far)]
    part = images[rows]
    for axis in (2, 3):
        width = [(0, 0), (0, 0), (2, 2) if axis == 2 else (0, 0), (2, 2) if axis == 3 else (0, 0)]
        padded = np.pad(part, width, mode="edge")
        taps = [_slice(padded, axis, k) for k in range(5)]
        part = weights[0] * taps[2] + weights[1] * (taps[1] + taps[3]) + weights[2] * (taps[0] + taps[4])
    images[rows] = part


def _slice(padded: np.ndarray, axis: int, start: int) -> np.ndarray:
    index = [slice(None)] * 4
    index[axis] = slice(start, start + SIZE_PX)
    return padded[tuple(index)]


def _add_noise(images: np.ndarray, noise_sd: np.ndarray, key: np.ndarray) -> None:
    """Add pixel noise in place: luminance, and a third as much yellow against blue."""
    grid = (len(images), SIZE_PX, SIZE_PX)
    sd = noise_sd[:, None, None]
    luminance = counter.gaussians(key, 1, SIZE_PX**2).reshape(grid) * sd
    tint = counter.gaussians(key, 2, SIZE_PX**2).reshape(grid) * (sd * np.float32(0.3))
    for c, share in enumerate(_YELLOW_BLUE.astype(np.float32)):
        images[:, c] += luminance + share * tint
