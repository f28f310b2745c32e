"""Draw synthetic stimuli, thousands at once, on the lab's device.

A stimulus is a coverage between 0 (ground) and 1 (ink), computed in a frame of its own
and painted in two colours. `frame` gives each pixel's coordinates in that frame, `band`
the coverage of a strip, `paint` the image: a new family needs little more.

Pixel (row y, column x) fills the square from (x, y) to (x + 1, y + 1), so that the
middle of an image lies at size_px / 2. Angles run clockwise from +x with y down:
0 right, 90 down, 180 left, 270 up.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import torch

from figures import lab

Numbers = float | Sequence[float] | np.ndarray | torch.Tensor
#: One for all, or such that it broadcasts to each pixel.
Number = float | torch.Tensor


def arcs(
    orientation_deg: Numbers,
    radius_px: Numbers,
    *,
    size_px: int,
    center_px: Numbers | None = None,
    length_px: Numbers = 24.0,
    width_px: Numbers = 2.0,
    filled: bool = False,
    ink: Numbers = 0.0,
    ground: Numbers = 1.0,
    channels: int = 3,
    device: str | torch.device | None = None,
) -> torch.Tensor:
    """Draw circular arcs, (n, channels, size_px, size_px) in [0, 1].

    The first two arguments broadcast to n arcs; length, width and centre may vary with
    them too. An arc bulges towards `orientation_deg` and has its apex, the middle of the
    stroke, at `center_px` (x, y). Its length is measured along the stroke and does not
    change with the radius; a stroke longer than the circle closes it. A radius of
    `math.inf` gives a straight line. `filled` inks the concave side instead: a shape
    whose outline follows the arc. Colours are grey levels, (r, g, b), or (n, 3); images of
    other than three channels take their mean. Raises ValueError where a radius, length or width is not above zero.

    After Cammarata et al. (2020, "Curve Detectors", section "Synthetic curves").
    """
    angle, radius, length, width = _columns(device, orientation_deg, radius_px, length_px, width_px)
    _above_zero(radius_px=radius, length_px=length, width_px=width)
    outward, along = frame(angle, size_px=size_px, center_px=center_px, device=device)
    cover = cap(outward, along, 1 / radius, length) if filled else arc(outward, along, 1 / radius, length, width)
    return paint(cover, ink=ink, ground=ground, channels=channels)


def lines(
    orientation_deg: Numbers,
    *,
    size_px: int,
    center_px: Numbers | None = None,
    length_px: Numbers = 24.0,
    width_px: Numbers = 2.0,
    ink: Numbers = 0.0,
    ground: Numbers = 1.0,
    channels: int = 3,
    device: str | torch.device | None = None,
) -> torch.Tensor:
    """Draw straight strokes whose normal points towards `orientation_deg`; see `arcs`."""
    return arcs(
        orientation_deg, math.inf, size_px=size_px, center_px=center_px, length_px=length_px,
        width_px=width_px, ink=ink, ground=ground, channels=channels, device=device,
    )  # fmt: skip


def frame(
    orientation_deg: Numbers,
    *,
    size_px: int,
    center_px: Numbers | None = None,
    device: str | torch.device | None = None,
) -> tuple[torch.Tensor, torch.Tensor]:
    """Return each pixel centre's distance from `center_px` towards the orientation, and across it.

    Both are in pixels, (n, size_px, size_px); across is 90 degrees clockwise from towards.
    """
    (angle,) = _columns(device, orientation_deg)
    center = torch.as_tensor(size_px / 2 if center_px is None else center_px, dtype=torch.float32, device=angle.device)
    x0, y0 = center.expand(*center.shape[:-1], 2).reshape(-1, 2).T[:, :, None, None]
    pixel = torch.arange(size_px, device=angle.device) + 0.5
    x, y = pixel[None, None, :] - x0, pixel[None, :, None] - y0
    cos, sin = torch.cos(torch.deg2rad(angle)), torch.sin(torch.deg2rad(angle))
    return x * cos + y * sin, y * cos - x * sin


def band(position: torch.Tensor, low: Numbers | torch.Tensor, high: Numbers | torch.Tensor) -> torch.Tensor:
    """Return how much of a pixel at `position` lies between two parallel edges, in [0, 1].

    The pixel is seen through a box of one pixel smoothed by one of sqrt(1/2): with these
    two, and not with either alone, lines keep their area at 0 and at 45 degrees, however
    thin they are and wherever they lie between the pixels.
    """
    low, high = (torch.as_tensor(edge, dtype=position.dtype, device=position.device) for edge in (low, high))
    return (_below(high - position) - _below(low - position)).clamp_(0, 1)


_BOX, _SMOOTHED_BY = 1.0, math.sqrt(0.5)


def _below(edge: torch.Tensor) -> torch.Tensor:
    """Return how much of a pixel lies below an edge so far above its centre."""
    outer, inner = (_BOX + _SMOOTHED_BY) / 2, (_BOX - _SMOOTHED_BY) / 2
    edge = edge.clamp(-outer, outer)
    corners = (edge + outer).square() - (edge + inner).relu().square() - (edge - inner).relu().square()
    return corners / (2 * _BOX * _SMOOTHED_BY)


def paint(coverage: torch.Tensor, *, ink: Numbers = 0.0, ground: Numbers = 1.0, channels: int = 3) -> torch.Tensor:
    """Mix ink into ground by coverage (n, height, width); return (n, channels, height, width)."""
    ink, ground = (_colour(colour, channels, coverage.device) for colour in (ink, ground))
    return ground + (ink - ground) * coverage[:, None]


def _colour(colour: Numbers, channels: int, device: torch.device) -> torch.Tensor:
    """Return a grey level, (r, g, b) or (n, 3) as (1 or n, channels, 1, 1)."""
    value = torch.as_tensor(colour, dtype=torch.float32, device=device)
    if value.ndim and value.shape[-1] != channels:
        value = value.mean(dim=-1, keepdim=True)
    return value.expand(*value.shape[:-1], channels).reshape(-1, channels)[:, :, None, None]


def _columns(device: str | torch.device | None, *values: Numbers) -> list[torch.Tensor]:
    """Broadcast numbers to n of each, (n, 1, 1)."""
    where = device or lab.device()
    flat = [torch.as_tensor(value, dtype=torch.float32, device=where).reshape(-1) for value in values]
    return [value[:, None, None] for value in torch.broadcast_tensors(*flat)]


def _above_zero(**values: torch.Tensor) -> None:
    for name, value in values.items():
        if not bool((value > 0).all()):
            raise ValueError(f"{name} must be above 0, not {float(value.min()):g}")


def bend(outward: torch.Tensor, along: torch.Tensor, curvature: torch.Tensor) -> tuple[torch.Tensor, ...]:
    """Return the signed distance from the circle, the arc length from its apex, and how much that is stretched.

    The circle touches the frame's origin and bulges outward.
    Written in curvature, so that a straight line is a curvature of zero and a nearly
    straight arc does not lose its digits to the subtraction of two large radii.
    """
    x, y = 1 + curvature * outward, curvature * along
    stretch = torch.hypot(x, y)
    bent = (2 * outward + curvature * (outward**2 + along**2)) / (1 + stretch)
    arc = torch.where(curvature > 1e-6, torch.atan2(y, x) / curvature.clamp_min(1e-6), along)
    return bent, arc, stretch


def arc(
    outward: torch.Tensor, along: torch.Tensor, curvature: torch.Tensor, length: Number, width: Number
) -> torch.Tensor:
    """Cover an arc whose apex is the frame's origin, `length` along the stroke; a curvature of 0 is straight."""
    bent, run, stretch = bend(outward, along, curvature)
    half, (low, high) = length / 2 * stretch, (-width / 2, width / 2)
    return band(bent, low, high) * band(run * stretch, -half, half)


def cap(outward: torch.Tensor, along: torch.Tensor, curvature: torch.Tensor, length: Number) -> torch.Tensor:
    """Cover the concave side of an arc: below it, between its ends, down to a flat base.

    The base is the chord where the arc is more than a semicircle; else it lies as deep
    as the shape is wide, at most at the circle's centre.
    """
    bent, half = bend(outward, along, curvature)[0], torch.as_tensor(length / 2)
    turn = (half * curvature).clamp(1e-6, math.pi)
    chord = torch.where(turn < math.pi / 2, half * torch.sin(turn) / turn, math.inf)
    depth = torch.maximum(half * (1 - torch.cos(turn)) / turn, torch.minimum(half, 1 / curvature))
    inside = band(bent, -math.inf, 0.0) * band(along, -chord, chord)
    return inside * band(outward, -depth, math.inf)
