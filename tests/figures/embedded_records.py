"""Maps of images, two classes side by side and a patch's success, made up for tests of words and drawings."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from figures.methods.asked_images import Shown
from figures.methods.atlas.positions import SampledPositions
from figures.methods.comparison.compared import Cell, Compared, Pair, Places
from figures.methods.comparison.patch_test import PatchTest
from figures.methods.embedding.attributes import Attribute
from figures.methods.embedding.embedded import Embedded, Recipe
from figures.methods.embedding.layout import cells, middles
from figures.methods.embedding.worth import Worth, nearest

NAMES = ("cat", "dog")


def embedded(count: int = 14, groups: int = 3, **changed: object) -> Embedded:
    """A grid of images, whose groups go round, with a control."""
    words, points = tuple("abcdefghijklmnopqrstuvwxyzäöü"[i % groups] for i in range(count)), np.arange(count)
    side = cells(count)
    near = nearest(np.arange(count)[:, None] ** 1.5)
    made = Embedded(
        network="net", layer="mixed", dataset="some", size=100, recipe=Recipe(), image=points,
        names=tuple(f"image {i}" for i in range(count)), attribute=Attribute("label", words, tuple(sorted(set(words)))),
        points=middles(points, side), cell=points, side=side, near=near, distance=np.arange(count) * 1.0,
        pictures=np.full((count, 16, 16, 3), 90, np.uint8), numbers=8, chance=0.3, trained=Worth(0.9, 0.8, 0.7),
        control=Worth(0.6, 0.5, 0.35),
    )  # fmt: skip
    return replace(made, **changed)


def compared(**changed: object) -> Compared:
    """Three cells between cat and dog."""
    towards = np.array([[2.0, 0], [2, 1], [0, 3], [1, 1]])
    places, one = np.arange(4), np.array(1)
    sampled = SampledPositions(
        np.ones((4, 2), np.float32), places, places, places, np.array([7, 7]), one, np.array(4), np.array([], str)
    )
    held = ((0, 2, 2.0, 0.5, "tabby"), (5, 1, 1.0, 1.0, ""), (9, 1, 0.0, 3.0, "beagle"))
    each = tuple(
        Cell(column, i, count, (a, b), i, f"image {i}", (1, 2), (label,) if label else ())
        for i, (column, count, a, b, label) in enumerate(held)
    )
    made = Compared(
        network="net", dataset="some", places=Places(Pair("logits", (0, 1), NAMES), "mixed", sampled, places, towards),
        x=np.array([-1.0, -0.5, 1, 0]), y=np.array([0, 0.5, 1, 0.2]), scale=2.5, agreement=0.9, least=2, seed=0, cells=each, dropped=0,
        pictures=np.full((3, 16, 16, 3), 120, np.uint8), crop_px=16, input_px=64,
    )  # fmt: skip
    return replace(made, **changed)


def patched(**changed: object) -> PatchTest:
    """Two pictures of a cat, a patch that makes one of them a dog at one of two corners, and a control that fails."""
    cat, dog = [0.8, 0.1, 0.1], [0.2, 0.7, 0.1]
    shown = Shown(("a", "b"), ("a of some", "b of some"), ("cat", "cat"), np.full((2, 3, 16, 16), 0.5, np.float32))
    made = PatchTest(
        network="net", pair=Pair("logits", (0, 1), NAMES), shown=shown, chosen="by their label",
        corners=("upper-left", "centre"), share=0.25, patches=np.full((2, 3, 5, 5), 0.2, np.float32),
        sources=("beagle 3", "road 7"), origins=("beagle", "road"), found=True, classes=(*NAMES, "road"), before=np.array([cat, cat]),
        after=np.array([[[cat, cat], [dog, cat]], [[cat, cat], [cat, cat]]]),
    )  # fmt: skip
    return replace(made, **changed)
