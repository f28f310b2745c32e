"""Trace the parts of an image apart: one spline for each factor of a layer's activations.

The activations of several images are factorised together (see `factors`), so that a factor is the same part
in each; other images take the factors as they are. A factor's spline climbs as in `tracing`, the attribution
masked by the factor's share of each position.

After Cammarata et al. (2020, "Curve Detectors", section "Curve tracing").
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch

from figures.measurement import measurement
from figures.methods import asked_images, factors, tracing
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.pictures import pixels
from figures.methods.spline_tracing import covered
from figures.methods.tracing import Search, Wanted

OF = ("activations", "attribution")
_SEARCH = Search(knots=5, starts=16, kept=2, steps=48)


@dataclass(frozen=True)
class FactorSplines:
    """Images (n) traced with one spline for each of `count` factors.

    where (n, count, height, width): S. directions (count, channels): D. share (count,): what each factor explains
    of the first images' squares; shares (n, count) of each image's. error (n,): |h - S @ D| / |h|. attributed
    (n, count): the share of the image's attribution that lies under the factor's mask. knots (n, count, k, 2) and
    score (n, count): nan where nothing does.
    """

    where: np.ndarray
    directions: np.ndarray
    share: np.ndarray
    shares: np.ndarray
    error: np.ndarray
    attributed: np.ndarray
    knots: np.ndarray
    score: np.ndarray


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
) -> FactorSplines:
    """Trace images (n, channel, size, size) in [0, 1] with `count` splines each.

    The first `together` images, by default all, make the factors; the others take them. `of` says what is
    factorised: the `activations` of the layer before, or the family's `attribution`, which is not below zero either.
    Raises ValueError for a wrong number, and as `tracing.trace` does.
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
    return FactorSplines(
        where=where.mT.unflatten(2, maps.shape[2:]).numpy(),
        directions=made.directions.numpy(),
        share=factors.shares(first, made.where, made.directions).numpy(),
        shares=np.stack([factors.shares(*one).numpy() for one in each]),
        error=np.array([factors.error(*one) for one in each]),
        attributed=_attributed(goal.attribution.sum(1), masks.to(maps)),
        knots=np.stack([knots for knots, _ in traced]),
        score=np.stack([score for _, score in traced]),
    )


def _attributed(mass: torch.Tensor, masks: torch.Tensor) -> np.ndarray:
    return ((mass[:, None] * masks).sum(dim=(2, 3)) / mass.sum(dim=(1, 2))[:, None]).cpu().numpy()


def _traced(model: Model, goal: Wanted, masks: torch.Tensor, search: Search) -> tuple[np.ndarray, np.ndarray]:
    """Trace one image once for each mask (m, height, width); return knots (m, k, 2) and cosines (m,)."""
    asked = goal.at(torch.zeros(len(masks), dtype=torch.long))
    asked = replace(asked, attribution=asked.attribution * masks[:, None])
    knots = np.full((len(masks), search.knots, 2), np.nan, np.float32)
    score = np.full(len(masks), np.nan, np.float32)
    lit = tracing.bright(asked).nonzero()[:, 0].cpu()
    if len(lit):
        bent = tracing.bend(model, asked.at(lit), search)
        knots[lit], score[lit] = bent.knots[:, -1], bent.score[:, -1]
    return knots, score


@dataclass(frozen=True)
class FactorTraces:
    """Images by name, traced by factors that the first of them make and the last `reused` take as they are.

    pictures (n, size, size, channel) uint8; the arrays are those of `FactorSplines`. `of` is what was split, in
    `before`, the layer that the units build on.
    """

    names: tuple[str, ...]
    pictures: np.ndarray
    reused: int
    of: str
    before: str
    share: np.ndarray
    shares: np.ndarray
    error: np.ndarray
    attributed: np.ndarray
    knots: np.ndarray
    score: np.ndarray

    def reuses(self, row: int) -> bool:
        """Tell whether an image took the factors of others."""
        return row >= len(self.names) - self.reused

    @property
    def errors(self) -> tuple[np.ndarray, np.ndarray]:
        """The errors of the images that made the factors, and of those that took them."""
        first = len(self.error) - self.reused
        return self.error[:first], self.error[first:]

    def columns(self, colours: Sequence[str]) -> dict[str, Sequence[object] | np.ndarray]:
        """Return what a table lists of each factor in each image; `colours` are those of the factors."""
        count = len(self.share)
        fitted = ["reused" if self.reuses(row) else "together" for row in range(len(self.names))]
        return {
            "image": [name for name in self.names for _ in range(count)],
            "factor": [rank + 1 for _ in self.names for rank in range(count)],
            "colour": [colours[rank] for _ in self.names for rank in range(count)],
            "explained": self.shares.ravel(),
            "attributed": self.attributed.ravel(),
            "cosine": self.score.ravel(),
            "error": np.repeat(self.error, count),
            "fitted": [word for word in fitted for _ in range(count)],
        }


@dataclass(frozen=True)
class Asked:
    """Images (n, 3, size, size) to trace and what they are called; the last `reused` take the factors of the others."""

    names: tuple[str, ...]
    images: np.ndarray
    reused: int


def asked(model: Model, dataset: Dataset, pictures: Sequence[str | Path], reused: Sequence[str | Path]) -> Asked:
    """Open the pictures that make the factors, and those that take them.

    Raises ValueError where none would make them, and as `asked_images` does.
    """
    if not pictures:
        raise ValueError("no images; expected at least one that makes the factors")
    shown = asked_images.shown(model, dataset, [*pictures, *reused])
    names = (f"image {name}" if name.isdigit() else name for name in shown.names)
    return Asked(tuple(names), shown.images, len(reused))


def of(model: Model, shown: Asked, units: Sequence[str], count: int, *, split: str, search: Search) -> FactorTraces:
    """Trace images for a family of units, with `count` factors of what is `split`."""
    together = len(shown.names) - shown.reused
    seen = trace_factors(model, shown.images, units, count, together=together, of=split, search=search)
    before = tracing.layer_before(model, tracing.family(model, units)[0])
    pictures = pixels(torch.as_tensor(shown.images))
    return FactorTraces(
        shown.names, pictures, shown.reused, split, before, seen.share, seen.shares, seen.error, seen.attributed,
        seen.knots, seen.score,
    )  # fmt: skip


def covers(model: Model, seen: FactorTraces, search: Search, *, side_px: int) -> list[np.ndarray]:
    """Draw the splines of each image larger than the network sees them, (factors, side, side)."""
    return [covered(model, knots, search, side_px) for knots in seen.knots]
