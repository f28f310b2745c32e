"""Are the units of a family one feature at different orientations, on natural images too?

Images that drive the units most are turned through the whole circle; each unit should answer when
the feature points its way, in the same order as to drawn arcs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

import numpy as np

from figures.artifact import Artifact, Sprite, Table, Tile
from figures.charts import icons as pictures
from figures.charts import ridges, sprites, vega
from figures.charts.ridges import Ridge
from figures.control import with_control
from figures.methods import datasets, models, rotation, stimulus_looks, tuning, tuning_curves
from figures.methods.feature_visualization import colours_of, visualize
from figures.methods.layers import rectified
from figures.methods.models import Model as Network
from figures.methods.pictures import pixels
from figures.parameters import Count, Dataset, Model, Seed, Units
from figures.ranges import Between
from figures.registry import figure

LINES, INSET, ICON_PX = 20, 12, 96
COLUMNS = ("unit", "peak_deg", "offset_deg", "arcs_deg", "arcs_offset_deg", "difference_deg", "width_deg", "resultant")


@figure("joint-tuning")
def joint_tuning(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    seed: Seed = 0,
    align: str = "",
    examples: Count = 8,
    step: Annotated[float, Between(0.25, 45)] = 4.0,
    icons: Literal["feature-visualization", "stimulus", "none"] = "feature-visualization",
    control: bool = False,
) -> Artifact:
    """Draw the responses of a family to images that turn through the circle, a ridge for each unit.

    units: the family, of one layer.
    dataset: where the images come from that drive each unit most.
    seed: where feature visualizations start from, and the draws of the scan.
    align: the unit whose responses are laid over each other; the first by default.
    examples: how many images of each unit are turned, at most 16.
    step: degrees from one angle to the next.
    icons: what stands before each row.
    """
    network, data = models.load(model), datasets.load(dataset)
    wish = _Wish(units, align or units[0], examples, step, icons, seed)
    return with_control(lambda one: _figure(one, data, wish), network, control)


@dataclass(frozen=True)
class _Wish:
    units: tuple[str, ...]
    align: str
    examples: int
    step_deg: float
    icons: str
    seed: int


def _figure(network: Network, data: datasets.Dataset, wish: _Wish) -> Artifact:
    layer, names, chosen = _family(network, wish)
    found = rotation.rotated_responses(
        network, data, names, names, examples=wish.examples, step_deg=wish.step_deg, seed=wish.seed
    )
    values = found["pre_activation"].reshape(-1, *found["pre_activation"].shape[-2:])
    expected = tuning.of(network, names).summary.preferred_deg
    start = 0.0 if np.isnan(expected[chosen]) else float(expected[chosen])
    turned, shifts = rotation.aligned(values, chosen, start)
    if not len(turned):
        raise ValueError(f"{wish.align} answers to none of the turned images above zero; align another unit")
    turned = tuning_curves.rectify(turned) if rectified(network, layer) else turned
    told = tuning_curves.summary(turned.mean(axis=0).T)
    shown = _icons(network, data, names, expected, wish)
    made = [names[chosen], str(len(turned)), data.name]
    title = f"direction in which the feature points for {made[0]} (degrees, clockwise from the right)"
    alt = _alt(made, names, told.preferred_deg, expected, chosen)
    drawing = ridges.ridges(_ridges(names, turned, told, expected, shown), title=title)
    chart = vega.chart(drawing, name="joint-tuning", alt=alt, pointed=ridges.POINTED)
    rows = tuple(_rows(names, told, expected, chosen))
    inset = _inset(network, data, layer, found, values, chosen, wish.examples)
    there = ~np.isnan(values[:, 0, 0])
    left_out = int(there.sum()) - len(turned)
    notes = tuple(_notes(wish, network.name, values.shape[1], int(there.sum()), left_out))
    return Artifact(alt, (chart, inset), Table(COLUMNS, rows), _values(names, rows, chosen, turned, left_out), notes)


def _family(network: Network, wish: _Wish) -> tuple[str, tuple[str, ...], int]:
    """Return the layer, the units' names once each, and the place of the one that is aligned."""
    layer, found = rotation.family(network, wish.units)
    names = tuple(dict.fromkeys(map(str, found)))
    wanted = str(network.unit(wish.align))
    if wanted not in names:
        raise ValueError(f"align {wish.align}; expected one of the units, {', '.join(names)}")
    return layer, names, names.index(wanted)


def _icons(
    network: Network, data: datasets.Dataset, names: Sequence[str], expected: np.ndarray, wish: _Wish
) -> list[str]:
    if wish.icons == "none":
        return []
    if wish.icons == "feature-visualization":
        made = visualize(network, names, seed=wish.seed, colours=colours_of(data)).images
        return [pictures.uri(image, side_px=ICON_PX) for image in made]
    return pictures.uris(stimulus_looks.arcs_towards(network, names, expected, ICON_PX), side_px=ICON_PX)


def _ridges(
    names: Sequence[str], turned: np.ndarray, told: Mapping[str, np.ndarray], expected: np.ndarray, icons: Sequence[str]
) -> list[Ridge]:
    """One row a unit, by its preferred angle; of the examples a few of each unit's are drawn."""
    some = np.unique(np.linspace(0, len(turned) - 1, LINES).round().astype(int))
    angle = np.where(np.isnan(expected), told.preferred_deg, expected)
    return [
        Ridge(names[i], tuning_curves.rectify(turned[some, :, i]), tuning_curves.rectify(turned[:, :, i].mean(axis=0)),
              float(expected[i]), float(told.preferred_deg[i]), icons[i] if icons else "")
        for i in np.argsort(np.nan_to_num(angle, nan=999), kind="stable")
    ]  # fmt: skip


def _rows(
    names: Sequence[str], told: Mapping[str, np.ndarray], expected: np.ndarray, chosen: int
) -> Iterator[tuple[object, ...]]:
    peaks = told.preferred_deg
    for i, name in enumerate(names):
        offset = rotation.apart_deg(peaks[chosen], peaks[i])
        arcs = rotation.apart_deg(expected[chosen], expected[i])
        numbers = (peaks[i], offset, expected[i], arcs, rotation.apart_deg(arcs, offset))
        numbers = (*numbers, told.width_deg[i], told.resultant[i])
        yield name, *(None if np.isnan(number) else round(float(number), 4) for number in numbers)


def _values(
    names: Sequence[str], rows: Sequence[tuple], chosen: int, turned: np.ndarray, left_out: int
) -> dict[str, float | int | str]:
    values: dict[str, float | int | str] = {
        "units": len(names), "aligned": names[chosen], "examples": len(turned), "left_out": left_out
    }  # fmt: skip
    away = [abs(row[5]) for row in rows if row[5] is not None and row[0] != names[chosen]]
    if away:
        values |= {"median_difference_deg": float(np.median(away)), "largest_difference_deg": max(away)}
    peaks, arcs = ([np.nan if row[i] is None else row[i] for row in rows] for i in (1, 3))
    return values | {"same_order": "yes" if rotation.same_order(peaks, arcs) else "no"}


def _inset(
    network: Network, data: datasets.Dataset, layer: str, found: Mapping[str, np.ndarray], values: np.ndarray,
    chosen: int, examples: int,
) -> Sprite:  # fmt: skip
    """Show one image as it turns, and what the chosen unit answers."""
    image, y, x = (int(found[name][chosen, 0]) for name in ("image", "y", "x"))
    angles = np.arange(INSET) * 360 / INSET
    disc = rotation.spot(network, layer, y, x)
    made = pixels(rotation.turned(data.sized(network.input_size, 3).images([image])[0], disc, angles))
    near = np.round(angles / 360 * values.shape[1]).astype(int) % values.shape[1]
    answers = values[chosen * examples][near, chosen]
    tiles = [
        Tile(f"Image {image} of {data.name} turned by {angle:.0f} degrees, activation {answer:.1f}", "",
             (f"{angle:.0f}°", f"{answer:.1f}".replace("-", "−")))
        for angle, answer in zip(angles, answers, strict=True)
    ]  # fmt: skip
    words = {"title": "One image as it turns", "alt": f"Image {image} of {data.name} as it turns"}
    return sprites.sprite(made, tiles, display_px=44, per_row=INSET, name="turned", **words)


def _notes(wish: _Wish, name: str, angles: int, turned: int, left_out: int) -> Iterator[str]:
    yield (
        f"{turned} images that drive the units of {name} most, each turned to {angles} angles as a disc on the mean "
        f"colour of its rim, and shifted so that the responses of {wish.align} line up; ticks mark the directions "
        "that units prefer in drawn arcs."
    )
    if left_out:
        yield f"{left_out} images do not drive {wish.align} at any angle, and are left out."


def _alt(made: Sequence[str], names: Sequence[str], peaks: np.ndarray, expected: np.ndarray, chosen: int) -> str:
    offsets = [rotation.apart_deg(peaks[chosen], peak) for peak in peaks]
    listed = ", ".join(
        f"{name} {'never' if np.isnan(offset) else f'{offset:+.0f}°'}"
        for i, (name, offset) in enumerate(zip(names, offsets, strict=True)) if i != chosen
    )  # fmt: skip
    order = "the same order as" if rotation.same_order(peaks, expected) else "another order than"
    return (
        f"Responses of {len(names)} units to {made[1]} images of {made[2]} that turn through the circle, shifted so "
        f"that those of {made[0]} line up. The others peak at: {listed or 'none'}, in {order} to drawn arcs."
    )
