"""Sixteen shapes as signed distances in a unit frame.

Every function takes coordinates `u` (right) and `v` (down), (n, height, width), in
units of the figure's scale, and two free form parameters `a` and `b`, (n, 1, 1), in
[0, 1]. It returns values that are negative inside the ink and near a distance close to
its edge; `dataset` turns them into pixels and corrects their slope. Several formulas are
Inigo Quilez's ("2D distance functions", iquilezles.org).
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

Array = np.ndarray


def disc(u: Array, v: Array, a: Array, b: Array) -> Array:
    """A full circle."""
    return np.hypot(u, v) - 0.85


def ellipse(u: Array, v: Array, a: Array, b: Array) -> Array:
    """An ellipse about half as high as wide."""
    ratio = 0.42 + 0.18 * a
    return (np.hypot(u, v / ratio) - 0.98) * ratio


def crescent(u: Array, v: Array, a: Array, b: Array) -> Array:
    """A disc with a bite."""
    bite = np.hypot(u - (0.32 + 0.2 * a), v) - (0.68 + 0.08 * b)
    return np.maximum(np.hypot(u, v) - 0.9, -bite)


def arc(u: Array, v: Array, a: Array, b: Array) -> Array:
    """A ring's section with round ends, open towards -u."""
    half = math.pi * (0.45 + 0.22 * a)
    sine, cosine = np.sin(half), np.cos(half)
    side = np.abs(v)
    beyond = cosine * side > sine * u
    to_end = np.hypot(u - 0.75 * cosine, side - 0.75 * sine)
    to_ring = np.abs(np.hypot(u, v) - 0.75)
    # Beyond the aperture (measured from +u) the nearest point is an end of the arc.
    return np.where(beyond, to_end, to_ring) - (0.13 + 0.08 * b)


def spiral(u: Array, v: Array, a: Array, b: Array) -> Array:
    """An Archimedean spiral of about two turns."""
    turns, width = 1.9 + 0.6 * a, 0.085 + 0.03 * b
    pitch = 0.88 / turns
    turn = np.arctan2(v, u) * (0.5 / math.pi) + 0.5
    radius = np.hypot(u, v)
    lap = np.clip(np.round(radius / pitch - turn), 0, np.floor(turns - turn))
    return np.abs(radius - pitch * (lap + turn)) - width


def wave(u: Array, v: Array, a: Array, b: Array) -> Array:
    """A sine wave of constant width."""
    height, rate = 0.3 + 0.15 * a, math.pi * (1.4 + 0.5 * b)
    slope = np.hypot(1.0, height * rate * np.cos(rate * u))
    line = np.abs(v - height * np.sin(rate * u)) / slope - 0.14
    return np.maximum(line, np.abs(u) - 0.95)


def heart(u: Array, v: Array, a: Array, b: Array) -> Array:
    """A heart, upright."""
    size = 1.5
    x, y = np.abs(u) / (size * (0.95 + 0.2 * a)), 0.56 - v / size
    lobe = np.hypot(x - 0.25, y - 0.75) - math.sqrt(0.125)
    along = 0.5 * np.maximum(x + y, 0.0)
    flank = np.minimum(np.hypot(x, y - 1.0), np.hypot(x - along, y - along)) * np.sign(x - y)
    return np.where(x + y > 1.0, lobe, flank) * size


def _folded(u: Array, v: Array, count: int) -> tuple[Array, Array]:
    """Return (x, |y|) after folding the plane into one of `count` mirrored sectors."""
    sector = 2 * math.pi / count
    angle = np.arctan2(v, u)
    angle = np.abs(angle - sector * np.round(angle / sector))
    radius = np.hypot(u, v)
    return radius * np.cos(angle), radius * np.sin(angle)


def triangle(u: Array, v: Array, a: Array, b: Array) -> Array:
    """An isosceles triangle that points to +u."""
    side = math.cos(math.pi / 6) * np.abs(v) * (0.95 + 0.3 * a)
    return np.maximum(-u - 0.5, 0.5 * u + side - 0.5)


def square(u: Array, v: Array, a: Array, b: Array) -> Array:
    """A square."""
    return np.maximum(np.abs(u), np.abs(v)) - 0.72


def star(u: Array, v: Array, a: Array, b: Array) -> Array:
    """A star of five points."""
    inner = 0.4 + 0.1 * a
    x, y = _folded(u, v, 5)
    notch_x, notch_y = inner * math.cos(math.pi / 5), inner * math.sin(math.pi / 5)
    length = np.hypot(1.0 - notch_x, notch_y)
    return ((x - 1.0) * notch_y + y * (1.0 - notch_x)) / length


def cross(u: Array, v: Array, a: Array, b: Array) -> Array:
    """Two crossed bars."""
    x, y, width = np.abs(u), np.abs(v), 0.22 + 0.1 * a
    return np.minimum(np.maximum(x - 0.9, y - width), np.maximum(y - 0.9, x - width))


def hexagon(u: Array, v: Array, a: Array, b: Array) -> Array:
    """A regular hexagon."""
    x, y = np.abs(u), np.abs(v)
    return np.maximum(y * math.cos(math.pi / 6) + x * 0.5, x) - 0.78


def teardrop(u: Array, v: Array, a: Array, b: Array) -> Array:
    """A disc and the cone that touches it."""
    big, small, length = 0.5 + 0.05 * a, 0.03, 1.15 + 0.15 * b
    x, y = np.abs(u), 0.45 - v
    lean = (big - small) / length
    along = np.sqrt(1 - lean * lean)
    foot = -lean * x + along * y
    flank = along * x + lean * y - big
    tip = np.hypot(x, y - length) - small
    return np.where(foot < 0, np.hypot(x, y) - big, np.where(foot > along * length, tip, flank))


def arrow(u: Array, v: Array, a: Array, b: Array) -> Array:
    """An arrow that points to +u."""
    side, width = np.abs(v), 0.14 + 0.08 * b
    shaft = np.maximum(side - width, np.abs(u + 0.35) - 0.6)
    reach = 0.55 + 0.1 * a
    slant = (0.95 * side - reach * (0.95 - u)) / np.hypot(0.95, reach)
    return np.minimum(shaft, np.maximum(slant, -u))


def horseshoe(u: Array, v: Array, a: Array, b: Array) -> Array:
    """The letter U."""
    radius, legs, y = 0.42 + 0.12 * a, 0.75 + 0.2 * b, v - 0.25
    straight = np.hypot(np.abs(u) - radius, np.maximum(-y - legs, 0.0))
    bend = np.abs(np.hypot(u, y) - radius)
    return np.where(y > 0, bend, straight) - 0.15


def flower(u: Array, v: Array, a: Array, b: Array) -> Array:
    """Six round petals."""
    angle = np.arctan2(v, u)
    reach = 0.55 + 0.05 * b + (0.32 + 0.08 * a) * np.abs(np.cos(3.0 * angle))
    return (np.hypot(u, v) - reach) * 0.7


DISTANCES: dict[str, Callable[[Array, Array, Array, Array], Array]] = {
    "disc": disc, "ellipse": ellipse, "crescent": crescent, "arc": arc,
    "spiral": spiral, "wave": wave, "heart": heart, "triangle": triangle,
    "square": square, "star": star, "cross": cross, "hexagon": hexagon,
    "teardrop": teardrop, "arrow": arrow, "u": horseshoe, "flower": flower,
}  # fmt: skip

SHAPES: tuple[str, ...] = tuple(DISTANCES)
