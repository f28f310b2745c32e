"""Split what a layer answers into a few parts that add up: non-negative matrix factorisation.

Activations h (positions, channels) become S @ D: D, k directions of channels, and S, how much of each lies
where. Multiplicative updates after Lee & Seung (2001, "Algorithms for Non-negative Matrix Factorization").
"""

from __future__ import annotations

from dataclasses import dataclass

import torch

_TINY = 1e-12
_ROUNDS, _STARTS, _LONG = 400, 4, 2000


@dataclass(frozen=True)
class Factors:
    """`where` S (positions, k) and `directions` D (k, channels); rows of D have a sum of one.

    `error` is |h - S @ D| / |h|. Factors stand in the order of what they explain.
    """

    where: torch.Tensor
    directions: torch.Tensor
    error: float


def factorise(hidden: torch.Tensor, count: int, *, seed: int = 0, rounds: int = _ROUNDS) -> Factors:
    """Factorise non-negative activations (positions, channels); the best of a few starts from `seed`.

    Raises ValueError for negative activations, and for a count that is not between 1 and the smaller side.
    """
    hidden = _checked(hidden)
    if not 1 <= count <= min(hidden.shape):
        raise ValueError(f"{count} factors; expected 1 to {min(hidden.shape)}")
    drawn = torch.Generator().manual_seed(seed)
    tried = [_updated(hidden, *_random(hidden, count, drawn), rounds) for _ in range(_STARTS)]
    tried.append(_updated(hidden, *_from_svd(hidden, count), rounds))
    _, directions = min(tried, key=lambda pair: float((hidden - pair[0] @ pair[1]).norm()))
    directions = directions / directions.sum(1, keepdim=True).clamp_min(_TINY)
    where = reuse(directions, hidden)
    order = shares(hidden, where, directions).argsort(descending=True)
    where, directions = where[:, order], directions[order]
    return Factors(where, directions, error(hidden, where, directions))


def reuse(directions: torch.Tensor, hidden: torch.Tensor, *, rounds: int = _LONG) -> torch.Tensor:
    """Return S (positions, k) for activations (positions, channels), the directions D (k, channels) held still."""
    hidden, directions = _checked(hidden), directions.double()
    against, among = hidden @ directions.T, directions @ directions.T
    where = hidden.sum(1, keepdim=True).expand(-1, len(directions)) / len(directions) + _TINY
    for _ in range(rounds):
        where = where * against / (where @ among + _TINY)
    return where


def shares(hidden: torch.Tensor, where: torch.Tensor, directions: torch.Tensor) -> torch.Tensor:
    """Return the share of h's squares that each factor explains (k,).

    <h, S_f D_f> / <h, h>; where S fits best, they add up to 1 - error ** 2.
    """
    hidden = _checked(hidden)
    return ((hidden @ directions.T) * where).sum(0) / hidden.square().sum().clamp_min(_TINY)


def error(hidden: torch.Tensor, where: torch.Tensor, directions: torch.Tensor) -> float:
    """Return |h - S @ D| / |h|."""
    hidden = _checked(hidden)
    return float((hidden - where @ directions).norm() / hidden.norm().clamp_min(_TINY))


def masks(where: torch.Tensor) -> torch.Tensor:
    """Return which share of each position belongs to each factor, (positions, k) in [0, 1]."""
    return where / where.sum(1, keepdim=True).clamp_min(_TINY)


def _checked(hidden: torch.Tensor) -> torch.Tensor:
    if bool((hidden < 0).any()):
        raise ValueError(f"activations down to {float(hidden.min()):g}; expected none below 0")
    return hidden.double()


def _random(hidden: torch.Tensor, count: int, drawn: torch.Generator) -> tuple[torch.Tensor, torch.Tensor]:
    scale = (hidden.mean() / count).sqrt()
    sides = ((len(hidden), count), (count, hidden.shape[1]))
    where, directions = (torch.rand(side, generator=drawn, dtype=torch.float64).to(hidden) * scale for side in sides)
    return where + _TINY, directions + _TINY


def _from_svd(hidden: torch.Tensor, count: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Begin at the larger sides of singular vectors. After Boutsidis & Gallopoulos (2008, NNDSVDa)."""
    left, strength, right = torch.linalg.svd(hidden, full_matrices=False)
    floor = hidden.mean() * 1e-2
    where, directions = [], []
    for u, s, v in zip(left.T[:count], strength[:count], right[:count], strict=True):
        sides = [(u.clamp_min(0), v.clamp_min(0)), ((-u).clamp_min(0), (-v).clamp_min(0))]
        a, b = max(sides, key=lambda side: float(side[0].norm() * side[1].norm()))
        size = a.norm() * b.norm()
        gain = (s * size).sqrt()
        where.append(gain * a / a.norm().clamp_min(_TINY))
        directions.append(gain * b / b.norm().clamp_min(_TINY))
    return torch.stack(where, dim=1) + floor, torch.stack(directions) + floor


def _updated(
    hidden: torch.Tensor, where: torch.Tensor, directions: torch.Tensor, rounds: int
) -> tuple[torch.Tensor, torch.Tensor]:
    for _ in range(rounds):
        directions = directions * (where.T @ hidden) / (where.T @ where @ directions + _TINY)
        where = where * (hidden @ directions.T) / (where @ (directions @ directions.T) + _TINY)
    return where, directions
