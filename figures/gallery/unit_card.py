"""What is known about one unit?

Its feature visualization, large, the images it answers to most, and its numbers.
"""

from __future__ import annotations

from figures.artifact import Artifact, Table
from figures.charts import examples as charts
from figures.charts import sprites
from figures.methods import datasets, examples, models
from figures.methods.feature_visualization import reached
from figures.parameters import Dataset, Model, Seed, Unit
from figures.registry import figure
from figures.words import examples as captions
from figures.words import feature_visualization as portraits
from figures.words import unit_card as words

EXAMPLES = 12


@figure("unit-card", control=True)
def unit_card(*, unit: Unit, model: Model = "glyphs", dataset: Dataset = "glyphs:6000", seed: Seed = 0) -> Artifact:
    """Draw a unit's feature visualization and its best images.

    seed: where the picture starts from
    """
    network, data = models.load(model), datasets.load(dataset)
    seen = reached.of(network, data, (unit,), seed=seed)
    (best,) = examples.of(network, data, (unit,), EXAMPLES)
    said = words.unit_card(seen, best, network.receptive_field(best.unit.layer).size_px, network.input_size)
    large = sprites.image(seen.pictures[0], alt=portraits.portrait(seen), name="feature-visualization")
    row = charts.draw(best, name="examples", alt_text=captions.row(best))
    return said.artifact(
        [large, row], Table.of({"quantity": said.values, "value": said.values.values()}, decimals=None)
    )
