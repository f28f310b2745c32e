"""Draw smooth strokes so that gradients of an image reach the points that bend them.

A stroke follows a uniform cubic B-spline from its first knot to its last; the knots between
pull it without being touched. Knots are (x, y) in pixels, as in `stimuli`: pixel (row y,
column x) fills the square from (x, y) to (x + 1, y + 1). Coverage is a piecewise smooth
function of the distance to the stroke, as of `stimuli.arcs`, so that a line drawn here is
one drawn there.

After Li et al. (2020, "Differentiable Vector Graphics Rasterization for Editing and Learning").
We differ in filtering edges in closed form instead of sampling them.
"""

from __future__ import annotations

import torch

from figures.methods import stimuli

SAMPLES = 8
"""Straight pieces that stand for the curve between two knots."""
_TINY = 1e-12


def sampled(knots: torch.Tensor, samples: int = SAMPLES) -> torch.Tensor:
    """Return points along the splines of knots (n, k, 2), (n, (k - 1) * samples + 1, 2).

    Raises ValueError for fewer than two knots.
    """
    corners = beziers(knots)
    share = torch.arange(samples, dtype=knots.dtype, device=knots.device) / samples
    rest = 1 - share
    weights = torch.stack([rest**3, 3 * rest**2 * share, 3 * rest * share**2, share**3], dim=1)
    inner = torch.einsum("sc,nkcd->nksd", weights, corners).flatten(1, 2)
    return torch.cat([inner, knots[:, -1:]], dim=1)


def beziers(knots: torch.Tensor) -> torch.Tensor:
    """Return the splines of knots (n, k, 2) as cubic Bézier curves, (n, k - 1, 4, 2)."""
    if knots.shape[1] < 2:
        raise ValueError(f"{knots.shape[1]} knots; expected at least 2")
    first, last = 2 * knots[:, :1] - knots[:, 1:2], 2 * knots[:, -1:] - knots[:, -2:-1]
    a, b, c, d = torch.cat([first, knots, last], dim=1).unfold(1, 4, 1).unbind(-1)
    return torch.stack([(a + 4 * b + c) / 6, (2 * b + c) / 3, (b + 2 * c) / 3, (b + 4 * c + d) / 6], dim=2)


def coverage(points: torch.Tensor, *, size_px: int, width_px: stimuli.Numbers) -> torch.Tensor:
    """Draw broken lines through points (n, p, 2), (n, size_px, size_px) in [0, 1]; differentiable in the points.

    Ends are cut square. The width may be one for each line.
    """
    start, end = points[:, :-1], points[:, 1:]
    grid = _pixels(size_px, points)
    with torch.no_grad():
        piece = _nearest(start, end, grid)
    across, along, length = _measured(start, end, grid, piece)
    width = torch.as_tensor(width_px, dtype=points.dtype, device=points.device).reshape(-1, 1)
    drawn = stimuli.band(across, -width / 2, width / 2) * stimuli.band(along, torch.zeros_like(length), length)
    return drawn.reshape(-1, size_px, size_px)


def strokes(
    knots: torch.Tensor,
    *,
    size_px: int,
    width_px: stimuli.Numbers = 2.0,
    ink: stimuli.Numbers = 0.0,
    ground: stimuli.Numbers = 1.0,
    channels: int = 3,
) -> torch.Tensor:
    """Draw the splines of knots (n, k, 2), (n, channels, size_px, size_px) in [0, 1]; differentiable in the knots.

    Colours are as those of `stimuli.arcs`.
    """
    drawn = coverage(sampled(knots), size_px=size_px, width_px=width_px)
    return stimuli.paint(drawn, ink=ink, ground=ground, channels=channels)


def lengths_px(points: torch.Tensor) -> torch.Tensor:
    """Return the lengths (n,) of broken lines (n, p, 2)."""
    return points.diff(dim=1).square().sum(-1).clamp_min(_TINY).sqrt().sum(1)


def evenly(points: torch.Tensor, count: int) -> torch.Tensor:
    """Return `count` points (n, count, 2) at equal steps along broken lines (n, p, 2)."""
    steps = points.diff(dim=1).norm(dim=-1)
    until = torch.nn.functional.pad(steps.cumsum(1), (1, 0))
    wanted = until[:, -1:] * torch.linspace(0, 1, count, dtype=points.dtype, device=points.device)
    after = torch.searchsorted(until.contiguous(), wanted.contiguous()).clamp(1, points.shape[1] - 1)
    low, high = (until.gather(1, at) for at in (after - 1, after))
    share = ((wanted - low) / (high - low).clamp_min(_TINY))[..., None]
    a, b = (points.gather(1, at[..., None].expand(-1, -1, 2)) for at in (after - 1, after))
    return a + (b - a) * share


def apart_px(first: torch.Tensor, second: torch.Tensor) -> torch.Tensor:
    """Return the mean distances (n,) between broken lines (n, p, 2), whichever end each begins at.

    The mean, over points at equal steps along one line, of the distance to the nearest point of the other; of both
    ways the larger.
    """
    one, other = evenly(first, 256), evenly(second, 256)
    distances = torch.cdist(one, other)
    return torch.maximum(distances.amin(dim=2).mean(dim=1), distances.amin(dim=1).mean(dim=1))


def path(knots: torch.Tensor, decimals: int = 2) -> str:
    """Write the spline of knots (k, 2) as the data of an SVG path."""
    curves = beziers(knots[None])[0].tolist()

    def pair(x: float, y: float) -> str:
        return f"{round(x, decimals):g} {round(y, decimals):g}"

    parts = ["M" + pair(*curves[0][0]), *("C" + ", ".join(pair(*at) for at in curve[1:]) for curve in curves)]
    return " ".join(parts)


def _pixels(size_px: int, like: torch.Tensor) -> torch.Tensor:
    """Return the centres (x, y) of all pixels, row by row, (size_px ** 2, 2)."""
    at = torch.arange(size_px, dtype=like.dtype, device=like.device) + 0.5
    return torch.stack(torch.meshgrid(at, at, indexing="xy"), dim=-1).reshape(-1, 2)


def _nearest(start: torch.Tensor, end: torch.Tensor, grid: torch.Tensor) -> torch.Tensor:
    """Return which piece of each line lies nearest to each pixel, (n, pixels)."""
    step = end - start
    forward = step @ grid.T - (step * start).sum(-1, keepdim=True)
    share = (forward / step.square().sum(-1, keepdim=True).clamp_min(_TINY)).clamp(0, 1)
    far = (start[..., :1] + share * step[..., :1] - grid[:, 0]).square()
    far += (start[..., 1:] + share * step[..., 1:] - grid[:, 1]).square()
    return far.argmin(dim=1)


def _measured(
    start: torch.Tensor, end: torch.Tensor, grid: torch.Tensor, piece: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """Return each pixel's distance from its piece, its place along the whole line, and the lines' lengths (n, 1).

    Beyond an end the line goes straight on, so that an end can be cut square.
    """
    step = end - start
    length = step.square().sum(-1).clamp_min(_TINY).sqrt()
    before = length.cumsum(1) - length
    x, y, dx, dy, reach, sofar = (one.gather(1, piece) for one in (*start.unbind(-1), *step.unbind(-1), length, before))
    right, down = grid[:, 0] - x, grid[:, 1] - y
    forward, aside = (right * dx + down * dy) / reach, (down * dx - right * dy) / reach
    low = torch.where(piece == 0, forward.new_tensor(-torch.inf), 0.0)
    high = torch.where(piece == start.shape[1] - 1, torch.inf, reach)
    over = forward - forward.clamp(low, high)
    across = (aside.square() + over.square()).clamp_min(_TINY).sqrt()
    return across, sofar + forward - over, length.sum(1, keepdim=True)
