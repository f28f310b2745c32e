"""What is a network, when it is small enough to draw whole?

A few layers of units with random weights, and what each answers to one input.
"""

from __future__ import annotations

from typing import Annotated

from figures.artifact import Artifact, Table
from figures.charts import toy_network as charts
from figures.methods import toy_network as methods
from figures.parameters import Seed
from figures.ranges import Between, Length
from figures.registry import figure
from figures.words import toy_network as words


@figure("toy-network")
def toy_network(
    *, sizes: Annotated[tuple[int, ...], Between(1, 12), Length(2, 7)] = (5, 3, 4, 1), seed: Seed = 0
) -> Artifact:
    """Draw a small network unit by unit, its weights as lines; it is trained on nothing, and stands for no other.

    sizes: how many units each layer has, the input first and the output last
    seed: draws the weights and the input
    """
    seen = methods.toy_network(sizes, seed=seed)
    said = words.toy_network(seen)
    return said.artifact([charts.draw(seen, alt_text=said.alt)], Table.of(seen.columns(), decimals=3))
