"""How does a heatmap of a unit's responses to synthetic stimuli come about?"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import stimulus_grid as charts
from figures.control import with_control
from figures.gallery.radial_tuning import notes
from figures.gallery.stimulus_looks import Shown, known, look, responses_to, worded
from figures.gallery.tuning_heatmap import sigmas
from figures.methods import datasets, models, tuning
from figures.methods.models import Model as Network
from figures.parameters import Dataset, Families, Model, Unit
from figures.registry import figure


@figure("stimulus-grid")
def stimulus_grid(
    *,
    unit: Unit,
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    family: Families = ("arcs",),
    columns: int = 30,
    orientations: int = 720,
    radii_px: tuple[float, ...] | None = None,
    control: bool = False,
) -> Artifact:
    """Draw a grid of stimuli, the same grid as strong as the unit's response, and the response alone.

    unit: whose responses to draw
    model: the network
    dataset: the images over which the standard deviation of the unit's activations is taken
    family: the stimuli: `arcs`, `filled`, `coloured`, `angles`, `rounded`, `lines`, `combs`, or one of the site's own
    columns: how many orientations to draw; a divisor of `orientations`
    orientations: how many orientations are tried to find where the unit looks, evenly spaced
    radii_px: the arcs' radii in pixels, where the family has radii; by default eight that suit the layer
    control: draw the same of the network before training beside it
    """
    if columns < 4 or orientations % columns:
        raise ValueError(f"columns {columns}; expected at least 4, and a divisor of orientations {orientations}")
    if len(family) != 1:
        raise ValueError(f"family {', '.join(family)}; expected one family of stimuli")
    network, shown = models.load(model), Shown(known(family[0]), family[0], radii_px)
    return with_control(lambda one: _drawn(one, dataset, unit, shown, columns, orientations), network, control)


def _drawn(network: Network, dataset: str, unit: str, shown: Shown, columns: int, orientations: int) -> Artifact:
    found = responses_to(network, (unit,), shown, orientations)
    sigma = float(sigmas(network, datasets.load(dataset), (unit,))[0])
    response = tuning.responses(network, (unit,), found["pre_activation"])[0, :: orientations // columns] / sigma
    values, alt = found["value"][0], _alt(unit, shown, response, found["value"][0])
    chart = charts.draw(
        tuning.rectify(response), values.tolist(), look(network, (unit,), shown, found["value"]), second=shown.second,
        unit=shown.family.unit, name="stimulus-grid", alt_text=alt,
    )  # fmt: skip
    curves = tuning.responses(network, (unit,), found["pre_activation"]).mean(axis=2)
    read = worded(shown, found["value"], notes(network, (unit,), tuning.summary(curves), found["value"]))
    return Artifact(alt, (chart,), _table(response, values, shown), _values(response, values, shown), tuple(read))


def _best(response: np.ndarray, values: np.ndarray) -> tuple[float, float]:
    angle, second = np.unravel_index(response.argmax(), response.shape)
    return float(angle * 360 / len(response)), float(values[second])


def _values(response: np.ndarray, values: np.ndarray, shown: Shown) -> Mapping[str, float | int | str]:
    angle, second = _best(response, values)
    return {
        "stimuli": response.size, "max_sigma": float(response.max()), "best_deg": angle,
        f"best_{shown.second}{shown.suffix}": second, "responding": int((response > 0.05 * response.max()).sum()),
    }  # fmt: skip


def _alt(unit: str, shown: Shown, response: np.ndarray, values: np.ndarray) -> str:
    angle, second = _best(response, values)
    return (
        f"Three strips for {unit}. The first shows {response.size} {shown.words}, by direction from left to right and "
        f"by {shown.second} from top to bottom; the second shows them as strong as the unit's response, the third the "
        f"response alone. It is largest, {response.max():.1f} standard deviations, at {angle:.0f} degrees and "
        f"{shown.second} {second:g}{'°' if shown.family.unit == '°' else f' {shown.family.unit}'.rstrip()}."
    )


def _table(response: np.ndarray, values: np.ndarray, shown: Shown) -> Table:
    columns = ("orientation_deg", *(f"{shown.second}_{value:g}{shown.suffix}" for value in values))
    every = 360 / len(response)
    return Table(columns, tuple((i * every, *np.round(line, 3).tolist()) for i, line in enumerate(response)))
