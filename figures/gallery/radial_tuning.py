"""Which way must a curve bulge for each unit of a family to respond?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from figures.artifact import Artifact, Chart, Table
from figures.charts import icons as pictures
from figures.charts import radial, radial_rows, vega
from figures.control import with_control
from figures.methods import datasets, models, tuning
from figures.methods.feature_visualization import colours_of, visualize
from figures.methods.layers import rectified
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.parameters import Dataset, Model, Units
from figures.registry import figure

ICON_PX, MULTIPLE_PX, MULTIPLES = 96, 110, 5
COLUMNS = ("unit", "preferred_deg", "mean_deg", "width_deg", "echo", "resultant", "peak", "offset_y", "offset_x")


@figure("radial-tuning")
def radial_tuning(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: int = 0,
    orientations: int = 720,
    radii_px: tuple[float, ...] | None = None,
    icons: Literal["feature-visualization", "stimulus", "none"] = "feature-visualization",
    angle: Literal["peak", "mean"] = "peak",
    normalise: Literal["none", "unit"] = "none",
    size: int = 520,
    multiples: bool = False,
    control: bool = False,
) -> Artifact:
    """Draw each unit's response to arcs of every orientation as a lobe around a ring.

    units: whose responses to draw, of one layer or several
    model: the network
    dataset: the images whose colours the feature visualizations have
    seed: where the feature visualizations start from
    orientations: how many directions of bulge to try, evenly spaced
    radii_px: the arcs' radii in pixels, over which responses are averaged; by default eight that suit the layer
    icons: what stands around the ring at each unit's preferred orientation
    angle: the preferred orientation is where the response peaks, or its circular mean
    normalise: whether lobes share one scale, or each has its own
    size: diameter of the ring of icons in pixels
    multiples: draw each unit's curve once more below, small and by itself
    control: draw the same of the network before training beside it
    """
    network = models.load(model)
    options = Drawing(dataset, seed, orientations, radii_px, icons, angle, normalise, size, multiples)
    return with_control(lambda one: draw(one, units, options), network, control)


@dataclass(frozen=True)
class Drawing:
    """The options of the figure, as `radial_tuning` names them."""

    dataset: str
    seed: int
    orientations: int
    radii_px: tuple[float, ...] | None
    icons: str
    angle: str
    normalise: str
    size: int
    multiples: bool


def draw(network: Network, units: Sequence[str], options: Drawing) -> Artifact:
    """Draw the figure of one network."""
    measured = tuning.arc_responses(network, units, orientations=options.orientations, radii_px=options.radii_px)
    curves = tuning.responses(network, units, measured["pre_activation"]).mean(axis=2)
    told = tuning.summary(curves)
    preferred = told["preferred_deg" if options.angle == "peak" else "mean_deg"]
    uris, alt = _icons(network, units, preferred, options), describe(units, told)
    shown, own = tuning.rectify(curves), options.normalise == "unit"
    drawing = radial.radial(shown, preferred, units, uris, size=options.size, normalise=own)
    parts = [vega.chart(drawing, name="radial-tuning", alt=alt, pointed=radial.pointed(uris))]
    if options.multiples:
        parts.append(small_multiples(shown, preferred, units, normalise=own))
    table = Table(COLUMNS, tuple(_rows(units, told, measured["offset"])))
    read = notes(network, units, told, measured["radius_px"])
    return Artifact(alt, tuple(parts), table, summary_values(told), read)


def small_multiples(
    curves: np.ndarray, preferred_deg: Sequence[float], units: Sequence[str], *, normalise: bool = False
) -> Chart:
    """Draw each unit's curve (units, orientations) in a radial of its own, all to one scale unless `normalise`d."""
    one = len({unit.partition(":")[0] for unit in units}) == 1 and len(units) > MULTIPLES
    labels = [unit.partition(":")[2] if one else unit for unit in units]
    rings = [
        radial_rows.Ring(curve[None], [angle], [unit], (label,))
        for curve, angle, unit, label in zip(curves, preferred_deg, units, labels, strict=True)
    ]
    drawing = radial_rows.radial_rows(rings, size=MULTIPLE_PX, columns=MULTIPLES, normalise=normalise, shared=True)
    alt = f"The same curves, one by one: {', '.join(units)}."
    return vega.chart(drawing, name="multiples", alt=alt, pointed=radial_rows.POINTED)


def _icons(network: Network, units: Sequence[str], preferred: np.ndarray, options: Drawing) -> list[str]:
    if options.icons == "none":
        return []
    if options.icons == "feature-visualization":
        made = visualize(network, units, seed=options.seed, colours=colours_of(datasets.load(options.dataset)))
        return [pictures.uri(image, side_px=ICON_PX) for image in made["images"]]
    angles = np.nan_to_num(preferred).tolist()
    layers = [network.unit(unit).layer for unit in units]
    return [stimuli_icons(network, layer, [at], ICON_PX)[0] for layer, at in zip(layers, angles, strict=True)]


def stimuli_icons(network: Network, layer: str, orientations_deg: Sequence[float], side_px: int) -> list[str]:
    """Draw arcs of a layer's middle radius as icons."""
    radii = tuning.default_radii(network, layer)
    seen = tuning.view(network, layer)
    arcs = tuning.portraits(seen, orientations_deg, radii[len(radii) // 2 - 1], side_px=side_px)
    return [pictures.uri(image, side_px=side_px) for image in pictures.pixels(arcs.cpu().numpy())]


def _rows(units: Sequence[str], told: Mapping[str, np.ndarray], offsets: np.ndarray) -> list[tuple[object, ...]]:
    numbers = zip(*(told[name] for name in COLUMNS[1:-2]), strict=True)
    return [
        (unit, *(None if np.isnan(number) else round(float(number), 4) for number in row), *map(int, offset))
        for unit, row, offset in zip(units, numbers, offsets, strict=True)
    ]


def summary_values(told: Mapping[str, np.ndarray]) -> dict[str, float | int | str]:
    """Return what prose may quote of a family's tuning; units that never respond do not count."""
    alive = told["peak"] > 0
    values: dict[str, float | int | str] = {"units": len(alive), "responding": int(alive.sum())}
    if not alive.any():
        return values
    width, echo = told["width_deg"][alive], told["echo"][alive]
    return values | {
        "median_width_deg": float(np.median(width)), "min_width_deg": float(width.min()),
        "max_width_deg": float(width.max()), "median_echo": float(np.median(echo)), "max_echo": float(echo.max()),
        "min_resultant": float(told["resultant"][alive].min()), "max_peak": float(told["peak"].max()),
        "largest_gap_deg": tuning.largest_gap_deg(told["preferred_deg"]),
    }  # fmt: skip


def describe(units: Sequence[str], told: Mapping[str, np.ndarray]) -> str:
    """Say what a reader sees of a family's tuning."""
    values = summary_values(told)
    if "median_width_deg" not in values:
        return f"Tuning of {', '.join(units)} to arcs: no unit responds to any of them."
    ordered = ", ".join(f"{angle:.0f}" for angle in np.sort(told["preferred_deg"][told["peak"] > 0]))
    if len(units) == 1:
        return (
            f"How strongly {units[0]} responds to arcs by the direction in which the arc bulges, clockwise from the "
            f"right. It prefers {ordered} degrees; at half height its curve is {values['median_width_deg']:.0f} "
            f"degrees wide, and its response to the opposite direction is at most {values['max_echo']:.0%} of the peak."
        )
    return (
        f"How strongly {len(units)} units of {layers_of(units)} respond to arcs by the direction in which the arc "
        "bulges, clockwise from the right. "
        f"Preferred directions: {ordered} degrees; the widest gap between them is {values['largest_gap_deg']:.0f} "
        f"degrees. Widths at half height run from {values['min_width_deg']:.0f} to {values['max_width_deg']:.0f} "
        f"degrees, and no response to the opposite direction exceeds {values['max_echo']:.0%} of the peak."
    )


def layers_of(units: Sequence[str]) -> str:
    """Name the layers of some units: `mixed3a and mixed3b`."""
    return " and ".join(dict.fromkeys(unit.partition(":")[0] for unit in units))


def notes(
    network: Network, units: Sequence[str], told: Mapping[str, np.ndarray], radii_px: np.ndarray
) -> tuple[str, ...]:
    """Say how responses were read, and which units never responded."""
    addresses = [network.unit(unit) for unit in units]
    free = [one.layer for one in addresses if one.position is None]
    reach = tuning.view(network, free[0]).reach * network.receptive_field(free[0]).stride_px if free else 0
    everywhere = (
        f"each unit is read at the position, up to {reach} px from the middle, where its curve peaks highest."
        if reach else "units are read in the middle." if free else "arcs lie where the units look."
    )  # fmt: skip
    read = (
        f"{_kind(network, addresses)} to black arcs on white, {radii_px.shape[1]} radii from {radii_px.min():g} to "
        f"{radii_px.max():g} px; {everywhere}"
    )
    silent = [unit for unit, peak in zip(units, told["peak"], strict=True) if peak <= 0]
    return (read, *_asides(network, addresses), *([f"No response to any arc: {', '.join(silent)}."] if silent else []))


def _kind(network: Network, units: Sequence[Address]) -> str:
    return "Rectified responses" if any(rectified(network, one.layer) for one in units) else "Responses"


def _asides(network: Network, units: Sequence[Address]) -> Iterator[str]:
    """Say what is not as usual: outputs that no rectifier cuts off, units that are lowered, one position."""
    plain = dict.fromkeys(one.layer for one in units if not rectified(network, one.layer))
    if plain:
        yield f"{' and '.join(plain)}: not rectified; responses are taken as they are, and below 0 none is drawn."
    if any(one.negative for one in units):
        yield "A unit with a minus responds with its activation times -1."
    placed = [str(one) for one in units if one.position is not None]
    if placed and len(placed) < len(units):
        yield f"Read at their own position, where their arcs lie: {', '.join(placed)}."
