"""Trace the parts of an image apart: one spline for each factor of a layer's activations.

The activations of several images are factorised together (see `factors`), so that a factor is the same part
in each; other images take the factors as they are. A factor's spline climbs as in `tracing`, the attribution
masked by the factor's share of each position.

After Cammarata et al. (2020, "Curve Detectors", section "Curve tracing").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods import factors, tracing
from figures.methods.models import Model
from figures.methods.tracing import Search, Wanted

OF = ("activations", "attribution")
_SEARCH = Search(knots=5, starts=16, kept=2, steps=48)


@measurement
def trace_factors(
    model: Model,
    images: np.ndarray,
    units: Sequence[str],
    count: int,
    *,
    together: int | None = None,
    of: str = "activations",
    search: Search = _SEARCH,
) -> dict[str, np.ndarray]:
    """Trace images (n, channel, size, size) in [0, 1] with `count` splines each.

    The first `together` images, by default all, make the factors; the others take them. `of` says what is
    factorised: the `activations` of the layer before, or the family's `attribution`, which is not below zero either.

    where (n, count, height, width): S. directions (count, channels): D. share (count,): what each factor explains
    of the first images' squares; shares (n, count) of each image's. error (n,): |h - S @ D| / |h|. attributed
    (n, count): the share of the image's attribution that lies under the factor's mask. knots (n, count, k, 2) and
    score (n, count): nan where nothing does. Raises ValueError for a wrong number, and as `tracing.trace` does.
    """
    if of not in OF:
        raise ValueError(f"of {of!r}; expected {' or '.join(OF)}")
    goal = tracing.wanted(model, torch.as_tensor(images), units)
    if not bool(tracing.bright(goal).all()):
        raise ValueError(tracing.FAINT)
    maps = goal.hidden if of == OF[0] else goal.attribution
    flat = maps.movedim(1, -1).flatten(1, 2).clamp_min(0).cpu().double()
    first = flat[:together].flatten(0, 1)
    made = factors.factorise(first, count, seed=search.seed)
    where = torch.stack([factors.reuse(made.directions, one) for one in flat])
    each = [(one, there, made.directions) for one, there in zip(flat, where, strict=True)]
    masks = torch.stack([factors.masks(there) for there in where]).mT.unflatten(2, maps.shape[2:])
    traced = [_traced(model, goal.at(torch.tensor([i])), mask, search) for i, mask in enumerate(masks.to(maps))]
    return {
        "where": where.mT.unflatten(2, maps.shape[2:]).numpy(),
        "directions": made.directions.numpy(),
        "share": factors.shares(first, made.where, made.directions).numpy(),
        "shares": np.stack([factors.shares(*one).numpy() for one in each]),
        "error": np.array([factors.error(*one) for one in each]),
        "attributed": _attributed(goal.attribution.sum(1), masks.to(maps)),
        **{name: np.stack([one[name] for one in traced]) for name in ("knots", "score")},
    }


def _attributed(mass: torch.Tensor, masks: torch.Tensor) -> np.ndarray:
    return ((mass[:, None] * masks).sum(dim=(2, 3)) / mass.sum(dim=(1, 2))[:, None]).cpu().numpy()


def _traced(model: Model, goal: Wanted, masks: torch.Tensor, search: Search) -> dict[str, np.ndarray]:
    """Trace one image once for each mask (k, height, width)."""
    asked = goal.at(torch.zeros(len(masks), dtype=torch.long))
    asked = replace(asked, attribution=asked.attribution * masks[:, None])
    knots = np.full((len(masks), search.knots, 2), np.nan, np.float32)
    score = np.full(len(masks), np.nan, np.float32)
    lit = tracing.bright(asked).nonzero()[:, 0].cpu()
    if len(lit):
        found = tracing.bend(model, asked.at(lit), search)
        knots[lit], score[lit] = found["knots"][:, -1], found["score"][:, -1]
    return {"knots": knots, "score": score}
