"""Pictures whose cues disagree and answers to them, made up for what draws and says them."""

from __future__ import annotations

import numpy as np

from figures.methods.asked_images import Shown
from figures.methods.cues.accuracy import Accuracy
from figures.methods.cues.conditions import CONDITIONS
from figures.methods.cues.conflicts import Conflicts
from figures.methods.cues.seen_conditions import SeenConditions
from figures.methods.cues.transfer import Recipe, Stylised
from figures.methods.top_answers import TopAnswers
from tests.figures.answered import CLASSES

SIDE = 8


def answers(names: tuple[str, ...], index: list[list[int]], truths: tuple[tuple[int, ...], ...]) -> TopAnswers:
    """Give every picture the probabilities 0.7 and 0.2."""
    images = np.random.default_rng(len(names)).random((len(names), 3, SIDE, SIDE), dtype=np.float32)
    share = np.tile([0.7, 0.2], (len(names), 1))
    shown = Shown(names, tuple(f"{name} of photographs" for name in names), ("",) * len(names), images)
    return TopAnswers("net", "logits", CLASSES, shown, np.array(index), np.log(share), share, truths)


def conflicting(styles: int = 2, *, stylised: bool = True, told: bool = False) -> Conflicts:
    """A cat and a dog, in cups or in cups and rockets; answers are the content's class, the style's, and others."""
    manners = ("mug", "launch")[:styles]
    first = {("tom", "mug"): [0, 2], ("tom", "launch"): [3, 0], ("rex", "mug"): [0, 3], ("rex", "launch"): [1, 0]}
    pairs = [(content, style) for content in ("tom", "rex") for style in manners]
    right, wrong = ((0,), (1,)), ((2,), (3,))[:styles]
    curves = np.linspace(1, 0.25, 3)[None].repeat(len(pairs), 0)
    return Conflicts(
        method="gram" if stylised else "silhouette",
        encoder="net" if stylised else "",
        recipe=Recipe(steps=3, style_layers=("low",), content_layers=("middle", "high")),
        contents=answers(("tom", "rex"), [[0, 1], [1, 0]], right),
        styles=answers(manners, [[2, 3], [1, 3]][:styles], wrong),
        both=answers(tuple(" in ".join(pair) for pair in pairs), [first[pair] for pair in pairs], ((),) * len(pairs)),
        right=right,
        wrong=wrong,
        before=np.array([0.8, 0.6]),
        after=np.array([0.7, 0.2, 0.0004, 0.5])[: len(pairs)],
        told=told,
        stylised=Stylised(np.zeros((len(pairs), 3, SIDE, SIDE)), curves, curves, curves) if stylised else None,
    )


def seen_conditions() -> SeenConditions:
    """A cat that is a cat in its own colours and in grey, a cup in conflict, and else a dog."""
    index = [[0, 1], [0, 1], [1, 0], [1, 2], [1, 0], [2, 0], [1, 2]]
    seen = answers(CONDITIONS, index, ((0,),) * len(CONDITIONS))
    return SeenConditions(seen, CONDITIONS, "tom", "mug of photographs", "silhouette", 90.0, (0,), (2,), True)


def accuracies() -> list[Accuracy]:
    """Two networks, and people under two conditions, one of them their own."""
    rows = [Accuracy(hits + place, 16, observer=name, kind="network", condition=condition, chance=1 / 16)
            for name, hits in (("glyphs", 8), ("glyphs-shape", 4)) for place, condition in enumerate(CONDITIONS)]  # fmt: skip
    return [
        *rows,
        Accuracy(9, 10, observer="humans", kind="human", condition="edges", chance=0.25),
        Accuracy(5, 10, observer="humans", kind="human", condition="low pass", chance=0.25),
    ]
