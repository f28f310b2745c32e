"""Units with the concepts that they name, made up for tests of words and drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.methods.dissection.agreement import Looked
from figures.methods.dissection.concepts import Concepts
from figures.methods.dissection.dissected import CONTROL, LEARNED, TURNED, Dissected, LayerNamed, Named
from figures.methods.scan import Positions


def dissected(**changed: object) -> Dissected:
    """Two layers of four units of a network called net; of each, three name a concept, of random directions one."""
    concepts = Concepts(
        ("disc", "star", "red"), ("shape", "shape", "colour"), np.arange(3), np.arange(3), np.ones((10, 3), bool)
    )
    peaks = Positions(*(np.zeros((4, 3), int) for _ in range(3)), np.ones((4, 3)))
    scores = {LEARNED: [0.5, 0.3, 0.2, 0.0], TURNED: [0.3, 0.0, 0.0, 0.0], CONTROL: [0.0, 0.0, 0.0, 0.0]}
    found = tuple(
        LayerNamed(
            layer,
            basis,
            Named(np.array([0, 0, 2, 1]), np.full(4, 0.4), np.array(held) + shift),
            peaks,
            np.array([0.005, 0.004, 0.003, 0.0]) if basis == LEARNED else None,
        )
        for layer, shift in (("a", 0.0), ("b.c", 0.01))
        for basis, held in scores.items()
    )
    made = Dissected(
        network="net", dataset="drawings", layers=("a", "b.c"), concepts=concepts,
        looked=Looked(np.arange(10), np.arange(10) % 2), measure="iou", top=0.005, least=0.04,
        area=np.array([0.02, 0.02, 0.4]), unjudged=(), found=found,
    )  # fmt: skip
    return replace(made, **changed)
