"""What units do to classes, made up for tests of words and drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.methods.ablation.ablated import Ablated
from figures.methods.ablation.ablation import Ablation


def ablated(sets: int = 5, doses: tuple[float, ...] = (0.0,), **changed: object) -> Ablated:
    """Two units of a layer of a network called net with three classes, beside random sets that do less."""
    random = np.random.default_rng(0)
    change = random.normal(size=(sets, len(doses), 3)) * np.linspace(0.1, 1, len(doses))[:, None]
    change[0, -1] = [3.0, -4.0, 0.5]
    images = np.array([4.0, 4.0, 2.0])
    effect = Ablation(
        logit=np.zeros(3), chance=np.full(3, 1 / 3), logits=change, chances=np.full(change.shape, 1 / 3) + change / 50,
        hits=np.broadcast_to(np.array([2.0, 4.0, 1.0]), change.shape), own_hits=np.array([3.0, 4.0, 1.0]), images=images,
        moved=np.linspace(0.5, 0.1, sets)[:, None] * np.linspace(0.1, 1, len(doses)), carried=np.full(sets, 0.2),
    )  # fmt: skip
    made = Ablated(
        network="net", layer="a.b", head="logits", classes=("cat", "dog", "owl"), units=(1, 5), layer_units=16,
        edit="zero" if doses == (0.0,) else "push", doses=doses, labelled=True, shown="photos", single=False,
        effect=effect,
    )  # fmt: skip
    return replace(made, **changed)
