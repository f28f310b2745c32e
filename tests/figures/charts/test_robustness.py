"""Every corruption is a panel with a line a network; pictures stand in rows, from harmless to strong."""

from __future__ import annotations

import json

import numpy as np

from figures.charts import robustness
from tests.figures.narrow_charts import holds_all
from tests.figures.seen_fields import curves


def test_every_corruption_is_a_panel_and_contrast_falls_to_the_right() -> None:
    chart = robustness.draw(curves(kinds=("noise", "contrast", "rotation")), alt_text="A")
    assert holds_all(chart)
    assert [title in chart.svg for title in ("noise (standard", "contrast left", "rotation (°)")] == [True] * 3
    scales = json.dumps(chart.spec)
    assert scales.count('"reverse": true') == 1
    assert chart.svg.count(">accuracy<") == 2
    assert ">b<" in chart.svg


def test_pictures_have_their_strengths_below() -> None:
    shown = {"noise": np.zeros((3, 3, 8, 8)), "contrast": np.ones((3, 3, 8, 8))}
    noise, contrast = robustness.pictures(shown, curves(), tile=40)
    assert [tile.lines for tile in noise.tiles] == [("0",), ("0.1",), ("0.2",)]
    assert [tile.lines for tile in contrast.tiles] == [("100%",), ("50%",), ("10%",)]
    assert noise.title == "Noise"
