"""A picture and the maps of it, of a network and of the same one before training."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from figures.measurement import measurement
from figures.methods import asked_images, models
from figures.methods.activations import key
from figures.methods.datasets import Dataset
from figures.methods.models import Model
from figures.methods.saliency import maps
from figures.methods.saliency.deletion import shares
from figures.methods.saliency.maps import Recipe
from figures.methods.saliency.saliency import Saliency, saliency
from figures.methods.saliency.target import strongest

INTEGRATED = "integrated-gradients"
COLOURED = frozenset({"guided", "deconvolution"})
"""The methods whose maps are pictures in colours."""


@dataclass(frozen=True)
class SalientPicture:
    """A picture (channel, side, side) in [0, 1], which pixels of it move a unit, and the same of a control.

    `label` is the class that a unit of a head stands for; `place` where the unit was read, None for a class.
    `rectified` tells whether what enters the unit's rectifier is explained. There is no control of a network that
    nobody trained. correlations (n,): how alike each map and the control's are, NaN without one.
    """

    network: str
    unit: str
    label: str
    place: tuple[int, int] | None
    rectified: bool
    picture: np.ndarray
    word: str
    methods: tuple[str, ...]
    recipe: Recipe
    trained: Saliency
    control: Saliency | None
    correlations: np.ndarray

    @property
    def rows(self) -> dict[str, Saliency]:
        """The networks that were asked: `trained` and `control`."""
        return {"trained": self.trained, **({"control": self.control} if self.control is not None else {})}

    @property
    def shares(self) -> np.ndarray:
        """The share of pixels that was changed at each point of a curve."""
        return shares(self.trained.deletion.shape[1])

    def gap(self, seen: Saliency) -> list[float | None]:
        """What integrated gradients add up to, less what they should; None for other methods."""
        gaps = zip(self.methods, seen.gap.tolist(), strict=True)
        return [gap if method == INTEGRATED else None for method, gap in gaps]

    def scaled(self, seen: Saliency, index: int) -> np.ndarray:
        """Return a map in [-1, 1], 1 at its `scale`: (side, side), or (channel, side, side) of one in colours."""
        values = self._drawn(seen, index)
        return np.clip(values / (scale(values) or 1), -1, 1)

    def _drawn(self, seen: Saliency, index: int) -> np.ndarray:
        drawn: np.ndarray = seen.attributions if self.methods[index] in COLOURED else seen.pixels
        return drawn[index]

    def columns(self) -> dict[str, Sequence[object]]:
        """Return what a table lists of each map."""
        everything = list(self._rows())
        return {name: [row[name] for row in everything] for name in everything[0]}

    def _rows(self) -> Iterator[dict[str, object]]:
        for network, seen in self.rows.items():
            for i, (method, gap) in enumerate(zip(self.methods, self.gap(seen), strict=True)):
                yield {
                    "network": self.network if network == "trained" else f"{self.network} before training",
                    "method": method,
                    "deletion": float(seen.deletion_area[i]),
                    "insertion": float(seen.insertion_area[i]),
                    "completeness gap": gap,
                    "correlation with control": float(self.correlations[i]) if network == "trained" else None,
                    "scale": scale(self._drawn(seen, i)),
                }


def scale(values: np.ndarray) -> float:
    """Return what is drawn at full strength: the 99th percentile of absolute values that are not zero."""
    sizes = np.abs(values[values != 0])
    return float(np.percentile(sizes, 99)) if sizes.size else 0.0


def _correlations(trained: Saliency, control: Saliency | None) -> np.ndarray:
    if control is None:
        return np.full(len(trained.pixels), np.nan)
    return rank_correlations(trained.pixels, control.pixels)["correlations"]


@measurement
def rank_correlations(maps: np.ndarray, others: np.ndarray) -> dict[str, np.ndarray]:
    """Measure how alike the sizes of maps (n, side, side) and of others are, each with its own: `rank_correlation`."""
    pairs = zip(np.abs(maps), np.abs(others), strict=True)
    return {"correlations": np.array([rank_correlation(one, other) for one, other in pairs])}


def rank_correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Return Spearman's rank correlation of two maps; NaN where one is the same everywhere."""
    if not (np.ptp(one) and np.ptp(other)):
        return np.nan
    from scipy import stats  # takes long to import, and few figures need it

    return float(stats.spearmanr(one.ravel(), other.ravel()).statistic)


def of(
    model: Model, dataset: Dataset, image: str | Path, unit: str, methods: Sequence[str], *, recipe: Recipe,
    control: bool,
) -> SalientPicture:  # fmt: skip
    """Map a picture; the control is read where the network itself was.

    Raises ValueError for units, pictures and methods that there are not.
    """
    asked = tuple(dict.fromkeys(map(maps.check, methods)))
    wanted = model.unit(unit)
    shown = asked_images.shown(model, dataset, (image,))
    picture, is_class = shown.images[0], wanted.layer in model.heads
    place = strongest(model, str(wanted), image=picture).pair
    how = {"unit": str(wanted), "place": place, "image": picture, "recipe": recipe}
    trained = saliency(model, asked, **how)
    untrained = saliency(models.untrained(model), asked, **how) if control and not model.random else None
    return SalientPicture(
        network=model.name,
        unit=str(wanted),
        label=model.label(wanted),
        place=None if is_class else place,
        rectified=key(model, wanted.layer, True)[1],
        picture=picture,
        word=shown.words[0],
        methods=asked,
        recipe=recipe,
        trained=trained,
        control=untrained,
        correlations=_correlations(trained, untrained),
    )
