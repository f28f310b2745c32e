"""What is known about one unit?

Its feature visualization, large, the images it answers to most, and its numbers.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from figures.artifact import Artifact, Table
from figures.charts import sprites
from figures.gallery.dataset_examples import examples, top
from figures.gallery.feature_visualization import BEST
from figures.methods import datasets, models
from figures.methods.feature_visualization import visualize
from figures.methods.models import Model as Network
from figures.methods.models import Unit as Address
from figures.methods.scan import scan
from figures.parameters import Dataset, Model, Unit
from figures.registry import figure

EXAMPLES = 12


@figure("unit-card")
def unit_card(*, unit: Unit, model: Model = "glyphs", dataset: Dataset = "glyphs:6000", seed: int = 0) -> Artifact:
    """Draw a unit's feature visualization and its best images.

    unit: which unit
    model: the network
    dataset: where the images come from
    seed: where the picture starts from
    """
    network, data = models.load(model), datasets.load(dataset)
    address = network.unit(unit)
    picture = {name: array[0] for name, array in visualize(network, (unit,), seed=seed).items()}
    found = scan(network, data, address.layer)
    what = f"{unit} ({network.label(address)})" if network.label(address) else unit
    large = sprites.image(picture["images"], alt=f"Feature visualization of {what}", name="feature-visualization")
    best = examples(network, data, unit, top(found, address.index, EXAMPLES), name="examples")
    numbers = _numbers(network, address, {name: array[address.index] for name, array in found.items()}, picture)
    table = Table(("quantity", "value"), tuple(numbers.items()))
    alt = f"{large.alt}, and the images of {data.name} it answers to most."
    silent = ("The unit never answered while its picture was made.",) if picture["dead"] else ()
    return Artifact(alt, (large, best), table, numbers, silent)


def _numbers(
    network: Network, address: Address, found: Mapping[str, np.ndarray], picture: Mapping[str, np.ndarray]
) -> dict[str, float | int | str]:
    """Name what was measured of a unit; activations are before the rectifier."""
    best = float(np.nanmean(found["top_value"][:BEST]))
    numbers: dict[str, float | int | str] = {
        "activation_reached": float(picture["activation"]),
        "under_held_out_movements": float(picture["held_out"]),
        "mean_of_top_examples": best,
        "ratio": float(picture["activation"]) / best if best > 0 else 0.0,
        "mean": float(found["mean"]),
        "standard_deviation": float(found["std"]),
        "share_firing": float(found["histogram"][found["edges"][:-1] >= 0].sum() / found["histogram"].sum()),
        "receptive_field_px": min(network.receptive_field(address.layer).size_px, network.input_size),
    }
    label = network.label(address)
    return {**numbers, "class": label} if label else numbers
