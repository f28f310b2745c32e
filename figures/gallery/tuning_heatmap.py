"""How does a unit's response depend on both the orientation and the shape of a stimulus?

Stimuli are arcs by orientation and curvature, the same arcs filled or coloured, angles by their opening, or any
family that a script of the site registers. A click on a cell shows its stimulus.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import heatmap
from figures.control import with_control
from figures.gallery.radial_tuning import layers_of, notes
from figures.gallery.stimulus_looks import Shown, ideals, known, responses_to, strips, worded
from figures.methods import datasets, models, scan, tuning
from figures.methods.layers import rectified
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.parameters import Dataset, Families, Model, Units
from figures.registry import figure


@figure("tuning-heatmap")
def tuning_heatmap(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    families: Families = ("arcs",),
    orientations: int = 720,
    radii_px: tuple[float, ...] | None = None,
    row: float = 6.0,
    zoom: bool = True,
    control: bool = False,
) -> Artifact:
    """Draw one strip a unit: orientation to the right, curvature down, colour the response.

    units: whose responses to draw
    model: the network
    dataset: the images over which the standard deviation of a unit's activations is taken
    families: the stimuli, side by side with one scale: `arcs`, `filled`, `coloured`, `angles`, `rounded`, `lines`,
        `combs`, or one that a script of the site registers
    orientations: how many directions of bulge to try, evenly spaced
    radii_px: the arcs' radii in pixels, where a family has radii; by default eight that suit the layer
    row: height of one radius in pixels
    zoom: show the stimulus of a cell that is chosen, over the arc that the unit prefers
    control: draw the same of the network before training beside it
    """
    shown = [Shown(known(name), name, radii_px) for name in families]
    network = models.load(model)
    options = {"orientations": orientations, "row": row, "zoom": zoom, "name": "tuning-heatmap"}
    return with_control(lambda one: drawn(one, dataset, units, shown, **options), network, control)


def drawn(
    network: Network, dataset: str, units: Sequence[str], shown: Sequence[Shown], *, orientations: int, row: float,
    zoom: bool, name: str,
) -> Artifact:  # fmt: skip
    """Draw the strips of some families for one network; see `tuning_heatmap`."""
    sigma = sigmas(network, datasets.load(dataset), units)[:, None, None]
    measured = [responses_to(network, units, one, orientations) for one in shown]
    response = [tuning.responses(network, units, one["pre_activation"]) / sigma for one in measured]
    pairs = list(zip(shown, measured, response, strict=True))
    panels = [strips(network, units, one, tuning.rectify(sized), found["value"]) for one, found, sized in pairs]
    alt = " ".join(_alt(units, *each) for each in pairs)
    best = ideals(network, units, orientations) if zoom else ()
    chart = heatmap.draw(panels, units, name=name, alt_text=alt, ideals=best, row_px=row)
    read = (_scale(network, units, dataset), *_read(network, units, pairs))
    return Artifact(alt, (chart,), _tables(units, pairs), _all_values(pairs), read)


def _read(network: Network, units: Sequence[str], pairs: Sequence[tuple]) -> tuple[str, ...]:
    """Say how responses to the first family were read, and what the others are."""
    (first, found, sized), *others = pairs
    told = worded(first, found["value"], notes(network, units, tuning.summary(sized.mean(axis=2)), found["value"]))
    rest = ", ".join(f"{one.words} ({one.count(seen['value'])})" for one, seen, _ in others)
    return (*told, f"Read at the same positions: {rest}.") if others else tuple(told)


def _tables(units: Sequence[str], pairs: Sequence[tuple]) -> Table:
    """List every response in sigma; several families one below the other."""
    tables = [_table(units, sized, found["value"], shown) for shown, found, sized in pairs]
    if len(tables) == 1:
        return tables[0]
    columns = tuple(dict.fromkeys(column for table in tables for column in table.columns))
    rows = [
        (shown.title, *(dict(zip(table.columns, row, strict=True)).get(column) for column in columns))
        for (shown, _, _), table in zip(pairs, tables, strict=True)
        for row in table.rows
    ]
    return Table(("family", *columns), tuple(rows))


def _all_values(pairs: Sequence[tuple]) -> dict[str, float | int | str]:
    """Quote the first family plainly, each of several by its name, and how alike their tuning is to the first's."""
    (first, found, response), *others = pairs
    values = _values(response, found["value"], first)
    for shown, _, sized in pairs if others else ():
        peaks = {"max_sigma": sized.max(), "min_peak_sigma": sized.max((1, 2)).min()}
        alike = _alike(response, sized)
        same = {"min_correlation": alike.min(), "median_correlation": np.median(alike)} if shown is not first else {}
        values |= {f"{shown.slug}_{name}": float(value) for name, value in {**peaks, **same}.items()}
    return values


def _alike(first: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Correlate each unit's profiles over orientation, averaged over the second parameter; 0 where one is level."""
    profiles = [tuning.rectify(one).mean(axis=2) for one in (first, other)]
    level = np.array([[np.ptp(row) == 0 for row in one] for one in profiles]).any(axis=0)
    pairs = zip(*profiles, strict=True)
    return np.array([0.0 if flat else np.corrcoef(a, b)[0, 1] for flat, (a, b) in zip(level, pairs, strict=True)])


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


def _values(response: np.ndarray, values: np.ndarray, shown: Shown) -> dict[str, float | int | str]:
    """Quote the largest response, and how the width at half height changes with curvature."""
    straight, tight = _row_widths(response, values.argmax(axis=1)), _row_widths(response, values.argmin(axis=1))
    widths = {"straightest": straight, "tightest": tight}
    known = {f"median_width_{name}_deg": float(np.nanmedian(w)) for name, w in widths.items() if not np.isnan(w).all()}
    return {
        "units": len(response), "max_sigma": float(response.max()), "min_peak_sigma": float(response.max((1, 2)).min()),
        shown.many: values.shape[1], f"min_{shown.second}{shown.suffix}": float(values.min()),
        f"max_{shown.second}{shown.suffix}": float(values.max()), **known,
    }  # fmt: skip


def _row_widths(response: np.ndarray, rows: np.ndarray) -> np.ndarray:
    return np.array([tuning.width_deg(one[:, row]) for one, row in zip(response, rows, strict=True)])


def _alt(units: Sequence[str], shown: Shown, found: Mapping[str, np.ndarray], response: np.ndarray) -> str:
    family = f"{len(units)} strips, one for each unit of {layers_of(units)}"
    best = [np.unravel_index(one.argmax(), one.shape) for one in response]
    second = [own[at] for own, (_, at) in zip(found["value"], best, strict=True)]
    angles = ", ".join(f"{angle * 360 / response.shape[1]:.0f}" for angle, _ in best)
    peaks = response.max(axis=(1, 2))
    return (
        f"{family if len(units) > 1 else f'A strip for {units[0]}'}: the response to {shown.words} by direction of "
        f"bulge and by {shown.second}. It is strongest at {angles} degrees, at {shown.range(second, '.0f')}, "
        f"where it reaches {peaks.min():.1f} to {peaks.max():.1f} standard deviations."
    )


def _table(units: Sequence[str], response: np.ndarray, values: np.ndarray, shown: Shown) -> Table:
    """List every response in sigma: a row for each unit and orientation, a column for each second parameter."""
    seconds = sorted({float(value) for value in values.ravel()})
    angles = np.arange(response.shape[1]) * 360 / response.shape[1]
    rows = [
        (unit, float(angle), *map(_at(own, line), seconds))
        for unit, one, own in zip(units, response, values, strict=True)
        for angle, line in zip(angles, one, strict=True)
    ]
    columns = (f"{shown.second}_{value:g}{shown.suffix}" for value in seconds)
    return Table(("unit", "orientation_deg", *columns), tuple(rows))


def _at(values: np.ndarray, line: np.ndarray):
    """Look responses up by second parameter; None for one that the unit's layer was not shown."""
    known: Mapping[float, float] = {float(r): round(float(v), 3) for r, v in zip(values, line, strict=True)}
    return known.get
