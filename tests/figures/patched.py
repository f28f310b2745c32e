"""Gradients of units, crops with theirs, and layers of units, made up for tests of words and drawings."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from figures.methods.examples import Examples
from figures.methods.patches.gradient_patches import GradientPatches
from figures.methods.patches.hierarchy import Hierarchy, Level, Wish
from figures.methods.patches.top_patches import TopPatches, UnitPatches
from figures.methods.patches.unit_gradients import Gradients, UnitGradient, UnitGradients
from figures.methods.patches.windows import Window
from figures.methods.scan import LayerScan, Positions
from figures.units import read
from tests.figures.reached import reached
from tests.figures.unit_scans import positions, unit_scan

SIDE, CROP = 16, 8


def unit_gradient(*, value: float = 1.5, methods: int = 1, **changed: Any) -> UnitGradient:
    """A unit that sees the upper left quarter of a picture, with three quarters of its gradient in it."""
    gradient = np.zeros((methods, 3, SIDE, SIDE), np.float32)
    gradient[:, 0, 2, 2], gradient[:, 0, 12, 12] = 3.0, -1.0
    made = UnitGradient(
        unit="a:1", label="", word="cat.jpg", picture=np.full((3, SIDE, SIDE), 0.25, np.float32), place=(2, 3),
        is_class=False, rectified=True, window=Window((0, CROP), (0, CROP), (0, 0)),
        seen=Gradients(gradient, np.full(methods, value)),
    )  # fmt: skip
    return replace(made, **changed)


def unit_gradients(*several: UnitGradient, methods: tuple[str, ...] = ("guided",)) -> UnitGradients:
    shown = several or (unit_gradient(methods=len(methods)),)
    return UnitGradients("net", methods, shown, {"a": "8 px, 50 % of 16"})


def crops(unit: str = "a:1", values: tuple[float, ...] = (4.0, 3.0, 2.0, 1.0)) -> Examples:
    best = positions(np.array(values), np.arange(len(values)))
    pictures = np.full((len(values), CROP, CROP, 3), 99, np.uint8)
    return Examples(read(unit), True, unit_scan(np.linspace(-1, 1, 40)), best, pictures)


def patches(count: int = 4, within: float = 1.0) -> GradientPatches:
    images = np.full((count, CROP, CROP, 3), 128, np.uint8)
    return GradientPatches(images, np.ones(count), np.ones(count), np.full(count, within))


def top_patches(*units: UnitPatches, method: str = "guided") -> TopPatches:
    shown = units or (UnitPatches("", crops(), patches()), UnitPatches("cat", crops("b:0"), patches()))
    return TopPatches("net", "made:40", method, shown, {"a": "8 px, 50 % of 16"})


def level(layer: str = "layer", *, chosen: bool = True, kinds: tuple[str, ...] = Wish().kinds) -> Level:
    units = tuple(f"{layer}:{index}" for index in range(3))
    drawn, moved = "visualization" in kinds, "gradients" in kinds
    return Level(
        layer=layer, sees="8 px, 50 % of 16", units=units, labels=("", "disc", ""), sparseness=np.array([0.9, 0.8, 0.7]),
        chosen=chosen, portraits=reached() if drawn else None,
        crops=tuple(map(crops, units)) if kinds != ("visualization",) else (),
        patches=tuple(patches() for _ in units) if moved else (),
    )  # fmt: skip


def hierarchy(*levels: Level, kinds: tuple[str, ...] = Wish().kinds) -> Hierarchy:
    shown = levels or (level("one", kinds=kinds), level("two", chosen=False, kinds=kinds))
    return Hierarchy("net", "made:40", Wish(kinds, 4), shown, layer_scan())


def layer_scan(
    mean: tuple[float, ...] = (0.1, 0.5), std: tuple[float, ...] = (0.3, 0.5), top: np.ndarray | None = None
) -> LayerScan:
    """Scan units of which the moments of what is above zero are given, and the activations in their best images."""
    count = len(mean)
    best = np.ones((count, 4)) if top is None else top
    places = np.zeros(best.shape, int)
    some, edges = Positions(places, places, places, best), np.linspace(-1, 1, 3)
    return LayerScan(
        "a", "made:4", 4, (), (4, 4), np.tile(edges, (count, 1)), np.ones((count, 2), int), np.zeros(count),
        np.ones(count), np.array(mean), np.array(std), some, some, some, some[0], np.zeros((3, 4, 3)),
    )  # fmt: skip
