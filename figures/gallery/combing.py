"""Do strokes across a curve make curve detectors answer more, or less?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import combing as charts
from figures.charts import icons
from figures.control import with_control
from figures.gallery.radial_tuning import layers_of
from figures.gallery.tuning_heatmap import sigmas
from figures.methods import combing as methods
from figures.methods import datasets, families, models, tuning
from figures.methods.models import Model as Network
from figures.parameters import Dataset, Model, Units
from figures.registry import figure

NOTE = (
    "Each unit sees the arc that it answers to most, and the same arc crossed by strokes; what is drawn is the "
    "difference, in standard deviations of the unit's responses over {}."
)


@figure("combing")
def combing(
    *,
    units: Units,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    lengths_px: tuple[float, ...] | None = None,
    spacings_px: tuple[float, ...] | None = None,
    orientations: int = 720,
    control: bool = False,
) -> Artifact:
    """Draw how the response to an arc changes as strokes cross it, by their length and the distance between them.

    units: whose responses to draw
    model: the network
    dataset: the images over which the standard deviation of a unit's activations is taken
    lengths_px: how far the strokes stand out on both sides, in pixels; by default six that suit the layer
    spacings_px: distances between strokes along the arc, in pixels; by default four that suit the layer
    orientations: how many directions of bulge to try to find each unit's arc, evenly spaced
    control: draw the same of the network before training beside it
    """
    for name, values, least in (("lengths_px", lengths_px, 0), ("spacings_px", spacings_px, 1)):
        if values is not None and (not values or min(values) < least):
            raise ValueError(f"{name} {', '.join(f'{one:g}' for one in values)}; expected numbers from {least}")
    network = models.load(model)
    return with_control(
        lambda one: _drawn(one, dataset, units, lengths_px, spacings_px, orientations), network, control
    )


def _drawn(
    network: Network, dataset: str, units: Sequence[str], lengths_px: tuple[float, ...] | None,
    spacings_px: tuple[float, ...] | None, orientations: int,
) -> Artifact:  # fmt: skip
    options = {"lengths_px": lengths_px, "spacings_px": spacings_px, "orientations": orientations}
    found = methods.combed_responses(network, units, **options)
    sigma = sigmas(network, datasets.load(dataset), units)
    changes = methods.changes(network, units, found) / sigma[:, None, None]
    values = _values(changes, found, sigma)
    alt = _alt(units, changes, values)
    shown = charts.draw(
        changes, found["length_px"], found["spacing_px"], units, _stimuli(network, units[0], found),
        name="combing", alt_text=alt,
    )  # fmt: skip
    return Artifact(alt, (shown,), _table(units, changes, found, sigma), values, (NOTE.format(dataset),))


def _stimuli(network: Network, unit: str, found: Mapping[str, np.ndarray]) -> list[tuple[str, str, str]]:
    """Draw the first unit's arc with strokes of every length, then at every distance."""
    seen = tuning.view(network, network.unit(unit).layer)
    lengths, spacings = found["length_px"][0], found["spacing_px"][0]
    length, spacing = lengths[len(lengths) // 2], spacings[len(spacings) // 2]
    pairs = [("strokes beyond the arc (px)", one, (one, spacing)) for one in lengths]
    pairs += [("distance between strokes (px)", one, (length, one)) for one in spacings]
    made = []
    for group, number, (stroke, apart) in pairs:
        comb = methods.comb(float(found["radius_px"][0]), float(apart), seen.field_px)
        drawn = families.portraits(comb, seen, float(found["orientation_deg"][0]), float(stroke), side_px=96)
        picture = icons.pixels(drawn.cpu().numpy())[0]
        made.append((group, f"{number:g}", icons.uri(picture, side_px=96)))
    return made


def _values(changes: np.ndarray, found: Mapping[str, np.ndarray], sigma: np.ndarray) -> dict[str, float | int | str]:
    """Quote how much the longest strokes change responses, and how many units answer more to some comb."""
    longest = changes[:, :, -1].mean(axis=1)
    bare = tuning.rectify(found["bare"]) / sigma
    shares = longest[bare > 0] / bare[bare > 0]
    known = {"median_share": float(np.median(shares))} if len(shares) else {}
    return {
        "units": len(changes), "raised": int((changes.max(axis=(1, 2)) > 0.05 * bare).sum()),
        "lowered": int((longest < 0).sum()), "most_raised_sigma": float(changes.max()),
        "most_lowered_sigma": float(changes.min()), "median_change_sigma": float(np.median(longest)), **known,
    }  # fmt: skip


def _alt(units: Sequence[str], changes: np.ndarray, values: Mapping[str, object]) -> str:
    whose = f"{len(units)} units of {layers_of(units)}" if len(units) > 1 else units[0]
    return (
        f"Lines for {whose}: how much the response to the unit's best arc changes as strokes of growing length cross "
        f"it, a line for each distance between strokes. Changes run from {changes.min():.1f} to {changes.max():.1f} "
        f"standard deviations; with the longest strokes {values['lowered']} of {len(units)} answer less than to the "
        "bare arc."
    )


def _table(units: Sequence[str], changes: np.ndarray, found: Mapping[str, np.ndarray], sigma: np.ndarray) -> Table:
    columns = ("unit", "orientation_deg", "radius_px", "arc_sigma", "stroke_px", "distance_px", "change_sigma")
    told = zip(found["orientation_deg"], found["radius_px"], found["bare"] / sigma, strict=True)
    arcs = [(float(angle), float(radius), round(float(response), 3)) for angle, radius, response in told]
    rows = [
        (unit, *own, float(length), float(spacing), round(float(changes[i, j, k]), 3))
        for i, (unit, own) in enumerate(zip(units, arcs, strict=True))
        for j, spacing in enumerate(found["spacing_px"][i])
        for k, length in enumerate(found["length_px"][i])
    ]  # fmt: skip
    return Table(columns, tuple(rows))
