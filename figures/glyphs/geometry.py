"""Where the ink is: signed distances of drawn figures, and their outlines' curvature."""

from __future__ import annotations

import numpy as np

from figures.glyphs.shapes import DISTANCES

SIZE_PX = 64

_AXIS = np.arange(SIZE_PX, dtype=np.float32) + np.float32(0.5)
_WARP_RATE = np.float32(2 * np.pi / 40)  # one bend of the warp in 40 px


def signed_distance(truth: dict[str, np.ndarray]) -> np.ndarray:
    """Return distances to the drawn outline, (batch, 64, 64) px, negative in the ink."""
    filled = _form_distance(truth)
    half = truth["stroke_px"][:, None, None] / 2
    return np.where(truth["filled"][:, None, None], filled, np.abs(filled) - half)


def figure_frame(truth: dict[str, np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return coordinates in the figure's own turned, stretched, warped unit frame."""
    bend = truth["warp_px"][:, None] * np.sin(_AXIS * _WARP_RATE + truth["warp_phase"][..., None].transpose(1, 0, 2))
    x = (_AXIS - truth["x_px"][:, None])[:, None, :] + bend[0][:, :, None]
    y = (_AXIS - truth["y_px"][:, None])[:, :, None] + bend[1][:, None, :]
    u, v = turned(x, y, truth["angle_deg"])
    scale, aspect = truth["scale_px"][:, None, None], np.sqrt(truth["aspect"])[:, None, None]
    return u / (scale * aspect), v / (scale / aspect)


def turned(x: np.ndarray, y: np.ndarray, angle_deg: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return coordinates in axes turned clockwise by `angle_deg`, (batch,)."""
    angle = np.deg2rad(angle_deg.astype(np.float64))[:, None, None]
    cosine, sine = np.cos(angle).astype(np.float32), np.sin(angle).astype(np.float32)
    return cosine * x + sine * y, cosine * y - sine * x


def _form_distance(truth: dict[str, np.ndarray]) -> np.ndarray:
    u, v = figure_frame(truth)
    a, b = truth["form"][:, 0, None, None], truth["form"][:, 1, None, None]
    field = np.empty_like(u)
    names = list(DISTANCES)
    for k in np.unique(truth["shape"]):
        rows = np.flatnonzero(truth["shape"] == k)
        field[rows] = DISTANCES[names[k]](u[rows], v[rows], a[rows], b[rows])
    field *= truth["scale_px"][:, None, None]
    # Stretch, warp and a few of the formulas change the slope; divide it out.
    return field / np.clip(np.hypot(*gradient(field)), 0.4, 2.5)


def gradient(field: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return (d/dx, d/dy) of (batch, height, width) by central differences, per px."""
    along_x, along_y = np.empty_like(field), np.empty_like(field)
    along_x[:, :, 1:-1] = (field[:, :, 2:] - field[:, :, :-2]) * np.float32(0.5)
    along_x[:, :, 0] = field[:, :, 1] - field[:, :, 0]
    along_x[:, :, -1] = field[:, :, -1] - field[:, :, -2]
    along_y[:, 1:-1] = (field[:, 2:] - field[:, :-2]) * np.float32(0.5)
    along_y[:, 0] = field[:, 1] - field[:, 0]
    along_y[:, -1] = field[:, -1] - field[:, -2]
    return along_x, along_y


def contour(distance: np.ndarray, n_points: int) -> tuple[np.ndarray, ...]:
    """Return points, normals, curvature and validity on the zero level set of `distance`.

    Curvature is the divergence of the unit gradient (Osher and Fedkiw, 2003, section 1.4);
    points are pixels within 0.7 px of the outline moved onto it along the normal.
    """
    normal_x, normal_y = gradient(distance)
    length = np.maximum(np.hypot(normal_x, normal_y), 1e-3)
    normal_x, normal_y = normal_x / length, normal_y / length
    bend = gradient(normal_x)[0] + gradient(normal_y)[1]
    batch = len(distance)
    points, normals = np.zeros((2, batch, n_points, 2), np.float32)
    curvature, valid = np.zeros((batch, n_points), np.float32), np.zeros((batch, n_points), bool)
    for i in range(batch):
        rows, columns = _around(distance[i], n_points)
        n = len(rows)
        normals[i, :n] = np.stack([normal_x[i, rows, columns], normal_y[i, rows, columns]], axis=1)
        points[i, :n] = np.stack([columns, rows], axis=1) + 0.5
        points[i, :n] -= distance[i, rows, columns, None] * normals[i, :n]
        curvature[i, :n], valid[i, :n] = bend[i, rows, columns], True
    return points, normals, curvature, valid


def _around(distance: np.ndarray, n_points: int) -> tuple[np.ndarray, np.ndarray]:
    """Return rows and columns of at most `n_points` pixels by the outline, in order of angle."""
    rows, columns = np.nonzero(np.abs(distance) < 0.7)
    if not len(rows):
        return rows, columns
    order = np.argsort(np.arctan2(rows - rows.mean(), columns - columns.mean()), kind="stable")
    chosen = order[np.linspace(0, len(order) - 1, min(n_points, len(order))).astype(int)]
    return rows[chosen], columns[chosen]
