"""A small network of dense layers with random weights: what is said of all networks, in numbers that can be seen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class ToyNetwork:
    """What each layer answers to one random input, (units,) of each, and the weights (unit below, unit) between them.

    Weights are drawn as He et al. (2015) do; all but the last layer end in a rectifier. There are no biases.
    """

    answers: tuple[np.ndarray, ...]
    weights: tuple[np.ndarray, ...]
    seed: int

    @property
    def names(self) -> tuple[str, ...]:
        """What layers are called, from the input to the output."""
        return ("input", *(f"hidden {number}" for number in range(1, len(self.answers) - 1)), "output")

    @property
    def sizes(self) -> tuple[int, ...]:
        return tuple(map(len, self.answers))

    def edges(self) -> Iterator[tuple[int, int, int, float]]:
        """Yield (layer, unit, unit above it, weight) of every connection."""
        for layer, weights in enumerate(self.weights):
            for (below, above), weight in np.ndenumerate(weights):
                yield layer, below, above, float(weight)

    def columns(self) -> dict[str, list[object]]:
        """Return what a table lists of each connection."""
        rows = [
            (f"{self.names[layer]}:{below}", f"{self.names[layer + 1]}:{above}", weight, weight * answer)
            for layer, below, above, weight in self.edges()
            for answer in (float(self.answers[layer][below]),)
        ]
        return dict(zip(("from", "to", "weight", "adds"), map(list, zip(*rows, strict=True)), strict=True))


def toy_network(sizes: Sequence[int], *, seed: int = 0) -> ToyNetwork:
    """Make a network with `sizes` units in its layers, and let it answer to an input between 0 and 1."""
    rng = np.random.default_rng(seed)
    weights = [
        rng.normal(0, np.sqrt(2 / below), (below, above)) for below, above in zip(sizes, sizes[1:], strict=False)
    ]
    answers = [rng.random(sizes[0])]
    for number, one in enumerate(weights, 1):
        sums = answers[-1] @ one
        answers.append(sums if number == len(weights) else np.maximum(sums, 0))
    return ToyNetwork(tuple(answers), tuple(weights), seed)
