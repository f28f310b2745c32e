"""How often does a unit fire, and how strongly?

The distribution of a unit's activation over all positions of all images: a silent bulk
and, for most units, tails that fall off exponentially.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import distribution as chart
from figures.control import with_control
from figures.methods import datasets, distribution, models, scan
from figures.methods.distribution import Tail
from figures.methods.models import Model as Network
from figures.parameters import Dataset, Model, Seed, Unit
from figures.ranges import Between, Length
from figures.registry import figure

COLUMNS = (
    "bin_left", "bin_left_sigma", "positions", "density", "ln_density", "ln_density_fitted", "share_from_here"
)  # fmt: skip


@figure("activation-distribution")
def activation_distribution(
    *,
    unit: Unit,
    tail: Annotated[tuple[float, ...], Between(0, 100), Length(2, 2)] = (1.0, 4.0),
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    control: bool = False,
) -> Artifact:
    """Draw the density of a unit's activation, linear and logarithmic, with its exponential tails.

    unit: whose activations.
    tail: where the tails are fitted, from and to, in standard deviations away from the mean.
    dataset: the images that are scanned.
    seed: draws the crops of the scan that this shares with other figures; the numbers do not depend on it.
    """
    network, images = models.load(model), datasets.load(dataset)
    return with_control(lambda one: _figure(one, images, unit, tail, seed), network, control)


def _figure(network: Network, images: datasets.Dataset, unit: str, tail: tuple[float, ...], seed: int) -> Artifact:
    target = network.unit(unit)
    found = scan.of(network, images, target.layer, seed=seed).unit(target.index)
    density = distribution.density(found.edges, found.histogram)
    tails = _tails(found, density, tail)
    values = _values(unit, found, tails)
    alt = _alt(values)
    words = f"fires at {values['share_firing']:.1%} of positions, σ = {values['sigma']:.3g}"
    lines = [_line(fit) for fit in tails.values()]
    drawing = chart.draw(found.edges, density, lines, words=words, name="distribution", alt_text=alt)
    return Artifact(alt, (drawing,), _table(found, density, tails), values)


def _tails(found: scan.UnitScan, density: np.ndarray, tail: tuple[float, ...]) -> dict[str, Tail]:
    """Fit both tails; one that does not fall off, or has fewer than three bins, is left out."""
    if len(tail) != 2 or not 0 <= tail[0] < tail[1]:
        raise ValueError(
            f"tail {tail}; expected two distances from the mean in standard deviations, the nearer one first"
        )
    near, far = (found.std * distance for distance in tail)
    mean = found.mean
    ranges = {"positive": (mean + near, mean + far, 1), "negative": (mean - far, mean - near, -1)}
    fits = {side: distribution.tail(found.edges, density, *span) for side, span in ranges.items()}
    return {side: fit for side, fit in fits.items() if fit is not None}


def _line(fit: Tail) -> chart.Line:
    ends = np.array([fit.low, fit.high])
    low, high = map(float, fit.log_density(ends))
    return chart.Line((fit.low, fit.high), (low, high), f"scale {fit.scale:.2g}, R² {fit.r2:.3f}")


def _values(unit: str, found: scan.UnitScan, tails: Mapping[str, Tail]) -> dict[str, float | int | str]:
    values: dict[str, float | int | str] = {
        "unit": unit,
        "positions": found.positions,
        "share_firing": distribution.share_firing(found.edges, found.histogram),
        "mean": found.mean,
        "sigma": found.std,
    }
    for side, fit in tails.items():
        values |= {f"{side}_scale": fit.scale, f"{side}_r2": fit.r2, f"{side}_from": fit.low, f"{side}_to": fit.high}
    return values


def _table(found: scan.UnitScan, density: np.ndarray, tails: Mapping[str, Tail]) -> Table:
    """List the bins: where each begins, also in standard deviations, and the share of positions from there on."""
    left, count = found.edges[:-1], found.histogram
    from_here = count[::-1].cumsum()[::-1] / count.sum()
    with np.errstate(divide="ignore"):
        columns = (left, left / found.std, count, density, np.log(density), from_here)
    rows = [
        (*map(float, row[:2]), int(row[2]), float(row[3]), float(row[4]) if row[2] else None,
         _fitted(row[0], tails), float(row[5]))
        for row in zip(*columns, strict=True)
    ]  # fmt: skip
    return Table(COLUMNS, tuple(rows))


def _fitted(left: float, tails: Mapping[str, Tail]) -> float | None:
    """Return the log density of the tail that was fitted where a bin begins."""
    fits = [fit for fit in tails.values() if fit.low <= left <= fit.high]
    return float(fits[0].log_density(np.array(left))) if fits else None


def _alt(values: Mapping[str, float | int | str]) -> str:
    scales = [
        f"{side} tail scale {values[f'{side}_scale']:.2g}"
        for side in ("positive", "negative")
        if f"{side}_scale" in values
    ]
    return (
        f"The density of the activation of {values['unit']}, linear and logarithmic. It fires at "
        f"{values['share_firing']:.1%} of {values['positions']} positions; standard deviation {values['sigma']:.3g}"
        + "".join(f"; {scale}" for scale in scales)
        + "."
    )
