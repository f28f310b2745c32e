"""A traced outline covers what was covered."""

import re

import numpy as np
import pytest

from figures.charts import outlines


def area(path: str) -> float:
    """Sum the areas of a path's loops; holes run the other way."""
    total = 0.0
    for loop in path.split("M")[1:]:
        points = np.array([list(map(float, pair.split(","))) for pair in re.findall(r"-?[\d.]+,-?[\d.]+", loop)])
        x, y = points.T
        total += (x * np.roll(y, -1) - y * np.roll(x, -1)).sum() / 2
    return abs(total)


@pytest.mark.slow
def test_a_ring_keeps_its_area_its_hole_and_its_place() -> None:
    y, x = np.mgrid[:200, :200] + 0.5
    away = np.hypot(x - 120, y - 90)
    ring = np.clip(60 - away, 0, 1) * np.clip(away - 30, 0, 1)
    path = outlines.outline(ring)
    assert path.count("M") == 2
    assert area(path) == pytest.approx(ring.sum() / 4, rel=0.02)  # 200 px become 100
    points = np.array([list(map(float, pair.split(","))) for pair in re.findall(r"-?[\d.]+,-?[\d.]+", path)])
    assert (points.min(axis=0) + points.max(axis=0)) / 2 == pytest.approx((10, -5), abs=0.2)


def test_ink_that_leaves_the_picture_is_closed() -> None:
    cover = np.zeros((50, 50))
    cover[:, 20:30] = 1
    assert area(outlines.outline(cover)) == pytest.approx(100 * 20, rel=0.04)
    assert outlines.outline(np.zeros((9, 9))) == ""


def test_pairs_are_chosen_by_the_fraction_of_a_turn() -> None:
    assert outlines.Look().pair("datum.o") == "0"
    expression = outlines.Look(pairs=(("#000", "#fff"),) * 6, turn=0.25).pair("a")
    assert expression == "floor((a * 0.25 - floor(a * 0.25)) * 6)"
    assert outlines.hexed((1.0, 0.5, 0.0)) == "#ff8000"
    assert [outlines.key(v) for v in (12.0, 8.25, 0.333333)] == ["12", "8.25", "0.33"]
