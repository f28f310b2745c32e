"""Paths lead where they led, in fewer letters."""

from __future__ import annotations

import random
import re

import pytest

from figures.charts.paths import shortened


@pytest.mark.parametrize(("path", "short"), [
    ("M1,2L3,2L3.5,1.25L3,2Z", "M1,2l2 0 .5-.75-.5 .75z"),
    ("M0,0L-0.5,1ZM4,4L5,5", "M0,0l-.5 1zM4,4l1 1"),
    ("M0,0L1,1ZL2,0", "M0,0l1 1zl2 0"),
    ("M0,0A5,5,0,1,1,3,3", "M0,0A5,5,0,1,1,3,3"),
    ("M0,0L1e-7,1", "M0,0L1e-7,1"),
    ("", ""),
])  # fmt: skip
def test_straight_lines_go_step_by_step_and_nothing_else_changes(path: str, short: str) -> None:
    assert shortened(path) == short


def test_every_point_is_where_it_was() -> None:
    draw = random.Random(3)
    points = [
        (round(draw.uniform(-400, 400), 2), round(draw.uniform(-400, 400), draw.randint(0, 2))) for _ in range(300)
    ]
    path = "M" + "L".join(f"{x:g},{y:g}" for x, y in points)
    steps = [float(one) for one in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", shortened(path))]
    x, y = 0.0, 0.0
    for (wanted_x, wanted_y), (dx, dy) in zip(points, zip(steps[::2], steps[1::2], strict=True), strict=True):
        x, y = x + dx, y + dy
        assert (x, y) == pytest.approx((float(f"{wanted_x:g}"), float(f"{wanted_y:g}")), abs=1e-6)
