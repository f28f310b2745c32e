"""How does a unit's response depend on both the orientation and the curvature of an arc?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import heatmap, vega
from figures.gallery.radial_tuning import layers_of, notes, stimuli_icons
from figures.methods import datasets, models, scan, tuning
from figures.methods.layers import rectified
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.parameters import Dataset, Model, Units
from figures.registry import figure


@figure("tuning-heatmap")
def tuning_heatmap(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    orientations: int = 720,
    radii_px: tuple[float, ...] | None = None,
    row: float = 6.0,
) -> Artifact:
    """Draw one strip a unit: orientation to the right, curvature down, colour the response.

    units: whose responses to draw
    model: the network
    dataset: the images over which the standard deviation of a unit's activations is taken
    orientations: how many directions of bulge to try, evenly spaced
    radii_px: the arcs' radii in pixels; by default eight that suit the layer
    row: height of one radius in pixels
    """
    network = models.load(model)
    measured = tuning.arc_responses(network, units, orientations=orientations, radii_px=radii_px)
    sigma = sigmas(network, datasets.load(dataset), units)
    response = tuning.responses(network, units, measured["pre_activation"]) / sigma[:, None, None]
    arcs = np.arange(heatmap.STIMULI) * (360 / heatmap.STIMULI)
    icons = stimuli_icons(network, network.unit(units[0]).layer, arcs, 56)
    drawing = heatmap.heatmap(tuning.rectify(response), measured["radius_px"], units, icons, row_px=row)
    alt = _alt(units, response, measured["radius_px"])
    told = tuning.summary(response.mean(axis=2))
    chart = vega.chart(drawing, name="tuning-heatmap", alt=alt)
    table = _table(units, response, measured["radius_px"])
    read = (_scale(network, units, dataset), *notes(network, units, told, measured["radius_px"]))
    return Artifact(alt, (chart,), table, _values(response, measured["radius_px"]), read)


def sigmas(network: Network, data: datasets.Dataset, units: Sequence[str]) -> np.ndarray:
    """Return the standard deviation of each unit's responses over a data set; 1 where it is silent.

    Of rectified activations where a rectifier follows, as in `tuning.responses`.
    """
    wanted = [network.unit(unit) for unit in units]
    found = scan.by_layer(network, data, [one.layer for one in wanted])
    sigma = np.array([_sigma(found[one.layer], one, rectified(network, one.layer)) for one in wanted])
    return np.where(sigma > 0, sigma, 1)


def _sigma(found: Mapping[str, np.ndarray], unit: Address, cut: bool) -> float:
    names = ("mean", "std", "rectified_mean", "rectified_std")
    mean, std, above, above_std = (float(found[name][unit.index]) for name in names)
    if not cut:
        return std
    if not unit.negative:
        return above_std
    below, square = above - mean, std**2 + mean**2 - above_std**2 - above**2  # of what a rectifier takes away
    return float(np.sqrt(max(square - below**2, 0)))


def _scale(network: Network, units: Sequence[str], dataset: str) -> str:
    cut = all(rectified(network, network.unit(unit).layer) for unit in units)
    what = "rectified activations" if cut else "responses"
    return f"σ is the standard deviation of the unit's {what} over all positions of {dataset}."


def _values(response: np.ndarray, radii_px: np.ndarray) -> dict[str, float | int | str]:
    """Quote the largest response, and how the width at half height changes with curvature."""
    straight, tight = _row_widths(response, radii_px.argmax(axis=1)), _row_widths(response, radii_px.argmin(axis=1))
    widths = {"straightest": straight, "tightest": tight}
    known = {f"median_width_{name}_deg": float(np.nanmedian(w)) for name, w in widths.items() if not np.isnan(w).all()}
    return {
        "units": len(response), "max_sigma": float(response.max()), "min_peak_sigma": float(response.max((1, 2)).min()),
        "radii": radii_px.shape[1], "min_radius_px": float(radii_px.min()), "max_radius_px": float(radii_px.max()),
        **known,
    }  # fmt: skip


def _row_widths(response: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.array([tuning.width_deg(one[:, row]) for one, row in zip(response, rows, strict=True)])


def _alt(units: Sequence[str], response: np.ndarray, radii_px: np.ndarray) -> str:
    family = f"{len(units)} strips, one for each unit of {layers_of(units)}"
    best = [np.unravel_index(one.argmax(), one.shape) for one in response]
    radii = [own[radius] for own, (_, radius) in zip(radii_px, best, strict=True)]
    angles = ", ".join(f"{angle * 360 / response.shape[1]:.0f}" for angle, _ in best)
    peaks = response.max(axis=(1, 2))
    return (
        f"{family if len(units) > 1 else f'A strip for {units[0]}'}: the response to arcs by direction of bulge and by "
        f"radius. It is strongest at {angles} degrees, at radii from {min(radii):.0f} to {max(radii):.0f} pixels, "
        f"where it reaches {peaks.min():.1f} to {peaks.max():.1f} standard deviations."
    )


def _table(units: Sequence[str], response: np.ndarray, radii_px: np.ndarray) -> Table:
    """List every response in sigma: a row for each unit and orientation, a column for each radius."""
    radii = sorted({float(radius) for radius in radii_px.ravel()})
    angles = np.arange(response.shape[1]) * 360 / response.shape[1]
    rows = [
        (unit, float(angle), *map(_at(own, line), radii))
        for unit, one, own in zip(units, response, radii_px, strict=True)
        for angle, line in zip(angles, one, strict=True)
    ]
    return Table(("unit", "orientation_deg", *(f"radius_{radius:g}_px" for radius in radii)), tuple(rows))


def _at(radii_px: np.ndarray, line: np.ndarray):
    """Look responses up by radius; None for a radius that the unit's layer was not shown."""
    known: Mapping[float, float] = {float(r): round(float(v), 3) for r, v in zip(radii_px, line, strict=True)}
    return known.get
