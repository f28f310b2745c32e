"""What is known about one unit?

Its feature visualization, large, the images it answers to most, and its numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import sprites
from figures.control import with_control
from figures.gallery.dataset_examples import answered, examples
from figures.gallery.feature_visualization import best_mean
from figures.methods import datasets, models, scan
from figures.methods.feature_visualization import colours_of, visualize
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.methods.pictures import channels_note
from figures.parameters import Dataset, Model, Seed, Unit
from figures.registry import figure

EXAMPLES = 12


@figure("unit-card")
def unit_card(
    *, unit: Unit, model: Model = "glyphs", dataset: Dataset = "glyphs:6000", seed: Seed = 0, control: bool = False
) -> Artifact:
    """Draw a unit's feature visualization and its best images.

    seed: where the picture starts from
    """
    network, data = models.load(model), datasets.load(dataset)
    return with_control(lambda one: _drawn(one, data, unit, seed), network, control)


def _drawn(network: Network, data: datasets.Dataset, unit: str, seed: int) -> Artifact:
    address = network.unit(unit)
    made = visualize(network, (unit,), seed=seed, colours=colours_of(data))
    picture = {name: array[0] for name, array in vars(made).items() if array is not None}
    found = scan.of(network, data, address.layer)
    what = f"{unit} ({network.label(address)})" if network.label(address) else unit
    large = sprites.image(picture["images"], alt=f"Feature visualization of {what}", name="feature-visualization")
    best = examples(network, data, unit, found.furthest(address, EXAMPLES), name="examples")
    numbers = _numbers(network, address, found, picture)
    table = Table(("quantity", "value"), tuple(numbers.items()))
    alt = f"{large.alt}, and the images of {data.name} that {answered(address)} it most."
    return Artifact(alt, (large, best), table, numbers, tuple(_notes(network, address, picture)))


def _notes(network: Network, address: Address, picture: Mapping[str, np.ndarray]) -> Iterator[str]:
    if picture["dead"]:
        yield "The unit never answered while its picture was made."
    if address.position is not None:
        channel = f"{address.layer}:{address.index}"
        yield f"Images and numbers are those of all positions of {channel}; the picture is for this one."
    if channels_note(network.channels):
        yield channels_note(network.channels)


def _numbers(
    network: Network, address: Address, found: scan.LayerScan, picture: Mapping[str, np.ndarray]
) -> dict[str, float | int | str]:
    """Name what was measured of a unit; activations are before the rectifier."""
    best, reached = best_mean(found, address), float(picture["activation"])
    seen = found.unit(address.index)
    numbers: dict[str, float | int | str] = {
        "activation_reached": reached,
        "under_held_out_movements": float(picture["held_out"]),
        "mean_of_top_examples": best,
        "ratio": reached / best if reached * best > 0 else 0.0,
        "mean": seen.mean,
        "standard_deviation": seen.std,
        "share_firing": float(seen.histogram[seen.edges[:-1] >= 0].sum() / seen.histogram.sum()),
        "receptive_field_px": min(network.receptive_field(address.layer).size_px, network.input_size),
    }
    label = network.label(address)
    return {**numbers, "class": label} if label else numbers
