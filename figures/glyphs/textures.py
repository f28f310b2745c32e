"""Sixteen textures as fields in [0, 1].

Every function takes a `Frame`: coordinates in texture periods, (n, height, width), and
fields of smooth noise of the same shape. Edges are soft, about a pixel wide at the
periods that `dataset` draws (4.5 to 11 px), so that nothing aliases at 64 px.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

Array = np.ndarray
_TURN = np.float32(2 * np.pi)

BANK_PX = 256


@dataclass(frozen=True)
class Frame:
    """Where a texture is evaluated: `u, v` with random phase, `x, y` centred on the figure."""

    u: Array
    v: Array
    x: Array
    y: Array
    noise: Callable[[str], Array]


@lru_cache(maxsize=1)
def noise_bank() -> dict[str, Array]:
    """Return periodic noise fields, zero mean, unit variance, each (320, 320) by wrapping."""
    random = np.random.Generator(np.random.Philox(20240229))
    radius = np.hypot(*np.meshgrid(*[np.fft.fftfreq(BANK_PX)] * 2)).clip(1 / BANK_PX)
    spectra = {
        "rough": radius**-0.8, "pink": radius**-1.2, "cloud": radius**-1.7,
        "smooth": np.exp(-((radius / 0.03) ** 2)),
        "band": np.exp(-(((radius - 0.085) / 0.025) ** 2)),
    }  # fmt: skip
    return {name: _field(random, spectrum) for name, spectrum in spectra.items()}


def _field(random: np.random.Generator, spectrum: Array) -> Array:
    white = np.fft.fft2(random.standard_normal((BANK_PX, BANK_PX)))
    field = np.fft.ifft2(white * spectrum).real
    field = (field - field.mean()) / field.std()
    return np.pad(field, ((0, 64), (0, 64)), mode="wrap").astype(np.float32)


def _soft(signal: Array, gain: float) -> Array:
    """Squash a signal around 0 to [0, 1]; `gain` sets how hard the edge is."""
    return np.clip(0.5 + gain * signal, 0.0, 1.0)


def _cell(x: Array) -> Array:
    """Return the offset from the nearest lattice point, in [-0.5, 0.5]."""
    return x - np.round(x)


def stripes(f: Frame) -> Array:
    """Parallel bars."""
    return _soft(np.sin(_TURN * f.u), 0.9)


def checker(f: Frame) -> Array:
    """A soft checkerboard."""
    return _soft(np.sin(_TURN * 0.6 * f.u) * np.sin(_TURN * 0.6 * f.v), 1.5)


def dots(f: Frame) -> Array:
    """Discs on a square lattice."""
    return _soft(0.28 - np.hypot(_cell(f.u), _cell(f.v)), 4.0)


def noise(f: Frame) -> Array:
    """Rough 1/f noise."""
    return _soft(f.noise("rough"), 0.35)


def bricks(f: Frame) -> Array:
    """A running bond of bricks."""
    row = np.round(f.v)
    along = _cell(0.5 * f.u + 0.25 * row) * 2.0
    joint = np.minimum(0.5 - np.abs(_cell(f.v)), 1.0 - np.abs(along))
    return _soft(joint - 0.13, 5.0)


def waves(f: Frame) -> Array:
    """Bars that bend along a sine."""
    return _soft(np.sin(_TURN * (f.u + 0.3 * np.sin(_TURN * 0.4 * f.v))), 0.9)


def plaid(f: Frame) -> Array:
    """The sum of two gratings."""
    return 0.5 + 0.25 * (np.sin(_TURN * 0.8 * f.u) + np.sin(_TURN * 0.8 * f.v))


def radial(f: Frame) -> Array:
    """Spokes around the figure's centre."""
    return _soft(np.sin(12.0 * np.arctan2(f.y, f.x)), 0.9)


def wood(f: Frame) -> Array:
    """Warped, stretched rings."""
    rings = np.hypot(f.x + 1.3, 0.45 * f.y) + 0.12 * f.noise("smooth")
    return _soft(np.sin(_TURN * rings), 0.8)


def scales(f: Frame) -> Array:
    """Overlapping arcs: each point sees the lowest of the rows of discs that cover it."""
    shade = np.zeros_like(f.u)
    for step in (1.0, 0.0):
        row = np.floor(f.v) + step
        away = np.hypot(_cell(f.u * 0.8 + 0.5 * row) / 0.8, f.v - row)
        shade = np.where(away < 1.0, away * away, shade)
    return np.clip(shade, 0.0, 1.0)


def hatch(f: Frame) -> Array:
    """Two sets of lines at 60 degrees."""
    lines = np.maximum(np.cos(_TURN * f.u), np.cos(_TURN * (0.5 * f.u + 0.87 * f.v)))
    return _soft(lines - 0.55, 1.6)


def zigzag(f: Frame) -> Array:
    """Bars that bend at corners."""
    return _soft(np.sin(_TURN * (f.u + 1.6 * np.abs(_cell(0.4 * f.v)))), 0.9)


def cells(f: Frame) -> Array:
    """Distance to the nearest of one jittered point per lattice square (Worley, 1996)."""
    nearest = np.full_like(f.u, 9.0)
    u, v = f.u * 0.75, f.v * 0.75
    column, row = np.floor(u), np.floor(v)
    for i in (-1.0, 0.0, 1.0):
        for j in (-1.0, 0.0, 1.0):
            x, y = column + i, row + j
            jitter_x = _scramble(x * 0.754877 + y * 0.569840)
            jitter_y = _scramble(x * 0.438579 - y * 0.819173 + 0.37)
            gap_x, gap_y = x + jitter_x - u, y + jitter_y - v
            nearest = np.minimum(nearest, gap_x * gap_x + gap_y * gap_y)
    return np.clip(np.sqrt(nearest) * 1.3, 0.0, 1.0)


def _scramble(x: Array) -> Array:
    """Return a jumbled fraction in [0, 1): the squares of a linear walk, modulo one."""
    squared = 7.31 * x * x
    return squared - np.floor(squared)


def curl(f: Frame) -> Array:
    """Blobs of one size: thresholded band-pass noise."""
    return _soft(f.noise("band"), 1.2)


def grid(f: Frame) -> Array:
    """Thin lines on a square lattice."""
    line = np.minimum(np.abs(_cell(0.8 * f.u)), np.abs(_cell(0.8 * f.v)))
    return _soft(0.12 - line, 6.0)


def marble(f: Frame) -> Array:
    """A grating displaced by noise."""
    return 0.5 + 0.5 * np.sin(_TURN * (0.35 * f.u + 0.55 * f.noise("cloud")))


FIELDS: dict[str, Callable[[Frame], Array]] = {
    "stripes": stripes, "checker": checker, "dots": dots, "noise": noise,
    "bricks": bricks, "waves": waves, "plaid": plaid, "radial": radial,
    "wood": wood, "scales": scales, "hatch": hatch, "zigzag": zigzag,
    "cells": cells, "curl": curl, "grid": grid, "marble": marble,
}  # fmt: skip

TEXTURES: tuple[str, ...] = tuple(FIELDS)
