"""Vectors in few dimensions, so that those that are alike lie near each other: t-SNE and UMAP.

Both run on one thread: sums of several differ from one time to the next, and small differences grow. With a seed
they give the same places wherever they run.
"""

from __future__ import annotations

import numpy as np

ANGLE = 0.5


def perplexity_of(count: int, wanted: float) -> float:
    """Return a perplexity that so many vectors allow: at most a third of the others."""
    return min(wanted, max(1.0, (count - 1) / 3))


def components(vectors: np.ndarray, count: int) -> np.ndarray:
    """Return the first principal components (n, count) of vectors (n, numbers), fewer where there are no more."""
    from sklearn.decomposition import PCA
    from threadpoolctl import threadpool_limits

    with threadpool_limits(1):
        found: np.ndarray = PCA(min(count, *vectors.shape), svd_solver="full").fit_transform(vectors)
    return found


def tsne(
    vectors: np.ndarray, *, perplexity: float, seed: int, dimensions: int = 2, metric: str = "euclidean",
    start: np.ndarray | None = None, rate: float | None = None, angle: float = ANGLE,
) -> np.ndarray:  # fmt: skip
    """Place vectors (n, numbers) by t-SNE (van der Maaten & Hinton, 2008), (n, dimensions).

    It begins with `start`, by default the principal components; the perplexity is as `perplexity_of` allows. Places
    that are seen under less than `angle` push as one (van der Maaten, 2014).
    """
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    how = TSNE(
        dimensions, perplexity=perplexity_of(len(vectors), perplexity), metric=metric, random_state=seed, n_jobs=1,
        init="pca" if start is None else start, learning_rate="auto" if rate is None else rate, angle=angle,
    )  # fmt: skip
    with threadpool_limits(1):
        places: np.ndarray = how.fit_transform(vectors)
    return places


def umap(
    vectors: np.ndarray, *, neighbours: int, seed: int, metric: str = "euclidean", least_distance: float = 0.1
) -> np.ndarray:
    """Place vectors (n, numbers) by UMAP (McInnes, Healy & Melville, 2018), (n, 2).

    Raises ValueError where the package that has it is not installed.
    """
    try:
        from umap import UMAP
    except ImportError:
        raise ValueError("umap needs: pip install 'microscribe[umap]'; expected tsne or pca without it") from None
    how = UMAP(min(neighbours, len(vectors) - 1), min_dist=least_distance, metric=metric, random_state=seed, n_jobs=1)
    places: np.ndarray = how.fit_transform(vectors)
    return places
