"""Is a family of units one feature, rotated?

Every unit's tuning curve is turned so that it prefers 0; its feature visualization so that it points where
another unit looks. Of copies, all curves are one, and every turned picture serves every unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal

import numpy as np

from figures.artifact import Artifact, Chart, Control, Table
from figures.charts import equivariance as charts
from figures.charts import vega
from figures.control import with_control
from figures.methods import datasets, models, tuning
from figures.methods import equivariance as methods
from figures.methods.feature_visualization import colours_of, visualize
from figures.methods.models import Model as Network
from figures.parameters import Dataset, Model, Orientations, Radii, Seed, Units
from figures.ranges import Length
from figures.registry import figure
from figures.words import layers_of
from figures.words import tuning as words

PICTURES = Control("pictures", "toggle", ("turned", "as they are"), "Pictures")
COLUMNS = ("unit", "preferred_deg", "explained_by_mean", "mean_agreement", "turned_response", "still_response")


@figure("equivariance")
def equivariance(
    *,
    units: Annotated[Units, Length(2)],
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    stimulus: Literal["feature-visualization", "arcs"] = "feature-visualization",
    orientations: Orientations = 360,
    radii_px: Radii | None = None,
    control: bool = False,
) -> Artifact:
    """Draw tuning curves turned to one direction over each other, and how units answer each other's turned picture.

    units: the family
    dataset: the images whose colours the feature visualizations have
    seed: where the feature visualizations start from
    stimulus: what is turned from one unit's direction to another's: its picture, or the arcs alone
    """
    network = models.load(model)
    options = Drawing(dataset, seed, stimulus, orientations, radii_px)
    return with_control(lambda one: draw(one, units, options), network, control)


@dataclass(frozen=True)
class Drawing:
    """The options of the figure, as `equivariance` names them."""

    dataset: str
    seed: int
    stimulus: str
    orientations: int
    radii_px: tuple[float, ...] | None


def draw(network: Network, units: Sequence[str], options: Drawing) -> Artifact:
    """Draw the figure of one network."""
    seen = tuning.of(network, units, orientations=options.orientations, radii_px=options.radii_px)
    angles = seen.summary.preferred_deg
    turned = methods.aligned(seen.rectified, angles)
    score, each = methods.explained(turned)
    matrices = {"agreement": methods.agreement(turned), **_pictures(network, units, angles, options)}
    matrices |= _filters(network, units, angles)
    alt = _alt(units, score, matrices)
    drawing = charts.overlaid(turned, angles, units)
    pointed = charts.POINTED if not np.isnan(turned).all() else None
    parts = (vega.chart(drawing, name="equivariance", alt=alt, pointed=pointed), *_matrices(units, matrices))
    read = (*words.tuning(seen).notes, *_notes(matrices))
    table = Table(COLUMNS, tuple(_rows(units, angles, each, matrices)))
    controls = (PICTURES,) if "turned" in matrices else ()
    return Artifact(alt, parts, table, _values(score, each, matrices), read, controls)


def _pictures(network: Network, units: Sequence[str], angles: np.ndarray, options: Drawing) -> dict[str, np.ndarray]:
    """Return responses to turned and unturned pictures as shares of what each unit answers its own."""
    if options.stimulus != "feature-visualization" or len({network.unit(unit).layer for unit in units}) > 1:
        return {}
    made = visualize(network, units, seed=options.seed, colours=colours_of(datasets.load(options.dataset)))
    shown = methods.turned_pictures(network, tuple(units), made.inputs / np.float32(255), angles)
    own = np.where(shown["own"] > 0, shown["own"], np.nan)[None]
    return {"turned": shown["turned"] / own, "still": shown["still"] / own}


def _filters(network: Network, units: Sequence[str], angles: np.ndarray) -> dict[str, np.ndarray]:
    wanted = [network.unit(unit) for unit in units]
    weights = methods.filters(network, wanted[0].layer) if len({one.layer for one in wanted}) == 1 else None
    if weights is None:
        return {}
    own = np.stack([weights[one.index] * (-1 if one.negative else 1) for one in wanted])
    turned, still = methods.turned_filters(own, angles)
    return {"turned filters": turned, "still filters": still}


_WORDS = {
    "agreement": ("Correlation of the curves, each turned to prefer 0", "curve of", "and of"),
    "turned": ("Response to another unit's picture, turned to where the unit looks, as a share of that to its own",
               "picture of", "shown to"),
    "still": ("Response to another unit's picture as it is, as a share of that to its own", "picture of", "shown to"),
    "turned filters": ("Cosine of filters, turned from one direction to the other", "filter of", "and of"),
}  # fmt: skip

_SHOWN = dict(zip(("turned", "still"), PICTURES.labels, strict=True))


def _matrices(units: Sequence[str], matrices: Mapping[str, np.ndarray]) -> Iterator[Chart]:
    for kind, (title, rows, columns) in _WORDS.items():
        if kind in matrices:
            alt = f"{title}; {_mean_of(matrices[kind]):.2f} on average."
            drawing = charts.matrix(matrices[kind], units, rows=rows, columns=columns)
            shown = {PICTURES.name: _SHOWN[kind]} if kind in _SHOWN else {}
            yield replace(vega.chart(drawing, name=kind.replace(" ", "-"), alt=alt), title=title, shown=shown)


def _mean_of(matrix: np.ndarray) -> float:
    """Return the mean over pairs of different units."""
    apart = matrix[~np.eye(len(matrix), dtype=bool)]
    return float(np.nanmean(apart)) if not np.isnan(apart).all() else float("nan")


def _rows(
    units: Sequence[str], angles: np.ndarray, each: np.ndarray, matrices: Mapping[str, np.ndarray]
) -> Iterator[tuple[object, ...]]:
    agreement = _apart(matrices["agreement"])
    answers = [
        _apart(matrices[name]) if name in matrices else np.full(len(units), np.nan) for name in ("turned", "still")
    ]
    for row in zip(units, angles, each, agreement, *answers, strict=True):
        yield row[0], *(None if np.isnan(number) else round(float(number), 4) for number in row[1:])


def _apart(matrix: np.ndarray) -> np.ndarray:
    """Return each column's mean over the other units; nan where none is known."""
    others = np.where(np.eye(len(matrix), dtype=bool), np.nan, matrix)
    known = ~np.isnan(others)
    return np.where(known.any(axis=0), np.nansum(others, axis=0) / np.maximum(known.sum(axis=0), 1), np.nan)


def _values(score: float, each: np.ndarray, matrices: Mapping[str, np.ndarray]) -> dict[str, float | int | str]:
    values: dict[str, float | int | str] = {"units": len(each)}
    if not np.isnan(score):
        values |= {"explained": score, "least_explained": float(np.nanmin(each))}
    for name, matrix in matrices.items():
        mean = _mean_of(matrix)
        values |= {} if np.isnan(mean) else {f"mean_{name.replace(' ', '_')}": mean}
    return values


def _alt(units: Sequence[str], score: float, matrices: Mapping[str, np.ndarray]) -> str:
    text = (
        f"Tuning curves of {len(units)} units of {layers_of(units)}, each turned so that it prefers 0, over each other."
    )
    if not np.isnan(score):
        text += f" Their mean explains {max(score, 0):.0%} of how they vary."
    if "turned" in matrices:
        turned, still = _mean_of(matrices["turned"]), _mean_of(matrices["still"])
        text += (
            f" Shown another unit's picture, turned to where it looks, a unit answers {turned:.2f} of what it answers "
        )
        text += f"its own; unturned, {still:.2f}."
    return text


def _notes(matrices: Mapping[str, np.ndarray]) -> Iterator[str]:
    yield "Each curve is turned by the direction where it peaks and divided by its peak."
    if "turned" in matrices:
        yield "Pictures are cut to a disc that fades to their mean colour, also those that are not turned."
        yield f"Unturned, pictures of other units give {_mean_of(matrices['still']):.2f} of a unit's own."
    if "turned filters" in matrices:
        yield f"Unturned, the filters' mean cosine is {_mean_of(matrices['still filters']):.2f}."
