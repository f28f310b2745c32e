"""Where vectors lie on a page, so that those that are alike lie near each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.spatial import cKDTree

from figures.measurement import measurement
from figures.methods import reduction

Method = Literal["tsne", "pca", "umap"]
_AXES = 50
"""Vectors are brought to so many axes first: those in which they are longest."""
_PERPLEXITY, _NEIGHBOURS, _LEAST_DISTANCE = 50, 50, 0.05
_MANY, _COARSE = 5000, 0.65
"""From so many vectors on, what is far away is seen more coarsely: a quarter less time, as many neighbours kept."""
_TAIL, _MARGIN = 1.0, 0.1
_FEWEST = 8


@dataclass(frozen=True)
class Layout:
    """Places (n, 2) of vectors on a plane, as a method gives them, float32."""

    places: np.ndarray


@measurement
def layout(vectors: np.ndarray, *, method: Method = "tsne", seed: int = 0) -> Layout:
    """Lay out vectors (n, channel): by t-SNE or UMAP of their cosines, or along the two longest axes of their spread.

    The first two see the vectors along 50 axes only. Equal seeds give equal layouts. Raises ValueError for fewer than
    eight vectors, and where UMAP is not installed.
    """
    if len(vectors) < _FEWEST:
        raise ValueError(
            f"{len(vectors)} vectors to lay out; expected at least {_FEWEST}: more positions or more images"
        )
    if method == "pca":
        return Layout(_along(vectors - vectors.mean(axis=0, dtype=np.float64), 2).astype(np.float32))
    axes = _along(vectors, _AXES)
    return Layout((_umap if method == "umap" else _tsne)(axes, seed).astype(np.float32))


def _tsne(vectors: np.ndarray, seed: int) -> np.ndarray:
    angle = _COARSE if len(vectors) >= _MANY else reduction.ANGLE
    return reduction.tsne(
        vectors, metric="cosine", start=_start(vectors), perplexity=_PERPLEXITY, seed=seed, angle=angle
    )


def _umap(vectors: np.ndarray, seed: int) -> np.ndarray:
    return reduction.umap(vectors, metric="cosine", neighbours=_NEIGHBOURS, least_distance=_LEAST_DISTANCE, seed=seed)


def _along(vectors: np.ndarray, count: int) -> np.ndarray:
    """Return vectors along their longest axes, each axis with its largest component above zero."""
    double = vectors.astype(np.float64)
    _, axes = np.linalg.eigh(double.T @ double)
    longest = axes[:, ::-1][:, :count]
    signs = np.sign(longest[np.abs(longest).argmax(axis=0), np.arange(longest.shape[1])])
    along: np.ndarray = double @ (longest * signs)
    return along


def _start(vectors: np.ndarray) -> np.ndarray:
    """Begin with the two longest axes, as small as t-SNE wants them."""
    first = _along(vectors - vectors.mean(axis=0), 2)
    start: np.ndarray = (first / max(first[:, 0].std(), np.finfo(np.float64).tiny) * 1e-4).astype(np.float32)
    return start


def in_square(places: np.ndarray) -> np.ndarray:
    """Scale places (n, 2) so that the 1st and 99th percentile of each axis lie a tenth of the range within [0, 1].

    What lies outside [0, 1) then is far from all others, and no picture is shown of it.
    """
    low, high = np.percentile(places.astype(np.float64), (_TAIL, 100 - _TAIL), axis=0)
    margin = _MARGIN * np.maximum(high - low, np.finfo(np.float64).tiny)
    scaled: np.ndarray = (places - (low - margin)) / (high - low + 2 * margin)
    return scaled


def purity(places: np.ndarray, classes: np.ndarray, image: np.ndarray) -> tuple[float, float]:
    """Return how often a place's nearest neighbour from another image is of its class, and how often by chance.

    places (n, 2), classes (n,), image (n,). NaN where all are of one image.
    """
    most = int(np.bincount(np.unique(image, return_inverse=True)[1]).max()) + 1
    if most > len(places):
        return float("nan"), float("nan")
    _, near = cKDTree(places).query(places, k=most)
    other = image[near] != image[:, None]
    nearest = near[np.arange(len(near)), other.argmax(axis=1)]
    shares = np.unique(classes, return_counts=True)[1] / len(classes)
    return float((classes[nearest] == classes).mean()), float((shares**2).sum())
