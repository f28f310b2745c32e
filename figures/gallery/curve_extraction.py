"""Can a family of curve detectors find the curves in a picture, and better than an edge detector?

Drawn curves on a ground with noise, so that it is known where they are; beside them the pixels that
Canny's edge detector finds, and those of a picture of what drives the family.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from figures.artifact import Artifact, Table
from figures.charts import extraction as charts
from figures.control import with_control
from figures.methods import datasets, extraction, models
from figures.methods.contributions import source_layer
from figures.parameters import Dataset, Layer, Model, Seed, Side, Units
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import extraction as words


@figure("curve-extraction")
def curve_extraction(
    *,
    layer: Layer,
    units: Units = (),
    model: Model = "glyphs",
    dataset: Dataset = "glyphs:6000",
    noises: Annotated[tuple[float, ...], Between(0, 10), Length(1, 16)] = (0.0, 0.1, 0.2, 0.3),
    ground: Literal["mottled", "striped"] = "mottled",
    images: Annotated[int, Between(1, 500)] = 12,
    tuning: Annotated[int, Between(1, 500)] = 8,
    tolerance_px: Annotated[float, Between(0, 100)] = 2.0,
    seed: Seed = 0,
    control: bool = False,
    tile: Side = 84,
) -> Artifact:
    """Draw curves, what an edge detector finds of them, and what a family of curve detectors does.

    layer: the layer of the curve detectors
    units: the family; without any, all units of the layer that meet the rule for curve detectors
    dataset: the images against which the rule is held
    noises: standard deviations of the noise on every pixel, where white is 1
    ground: blotches, with stripes or without
    images: how many images of each noise are counted
    tuning: how many others of each noise the thresholds are chosen on
    tolerance_px: how far from a curve a pixel may lie that is found
    seed: what curves, grounds and noise are drawn from
    control: let the same units of the network before training find them too
    """
    network, levels = models.load(model), tuple(map(float, noises))
    name = network.layer(layer)
    family = extraction.family(network, datasets.load(dataset), name, units)
    source = source_layer(network, network.unit(f"{name}:{family[0]}"))
    counted: dict[str, Any] = {"images": images, "tuning": tuning, "tolerance_px": float(tolerance_px)}

    def drawn(seer: models.Model) -> Artifact:
        seen = extraction.extraction(seer, name, family, noises=levels, ground=ground, seed=seed, **counted)
        whose = f"{name} of {seer.name}"
        said = words.extraction(seen, noises, whose, units=len(family), source=source, **counted)
        sheets = charts.rows(seen, noises, name, tile_px=tile)
        return said.artifact(sheets, Table.of(seen.columns(noises), decimals=None))

    return with_control(drawn, network, control)
