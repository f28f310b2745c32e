"""Squares are to scale, lie round the middle, and never so near each other that their words overlap."""

from __future__ import annotations

import json

import numpy as np
import pytest

from figures.charts import field_squares
from tests.figures.seen_fields import layer, network

PICTURE = np.full((3, 16, 16), 0.5, np.float32)


def rows(chart, kind: str) -> list[dict]:
    """Return the squares of a kind, each once."""
    values = [row for data in chart.spec["data"] for row in data.get("values", []) if row.get("kind") == kind]
    return list({row["layer"]: row for row in values}.values())


def test_squares_are_to_scale_and_share_their_middle() -> None:
    chart = field_squares.draw(network(), PICTURE, side=200, alt_text="A")
    squares = rows(chart, "receptive")
    assert [row["layer"] for row in squares] == ["conv3", "conv2", "conv1"]  # the fourth is far beyond the image
    assert all((row["x"] + row["x2"]) / 2 == pytest.approx(100) == (row["y"] + row["y2"]) / 2 for row in squares)
    sides = [row["x2"] - row["x"] for row in squares]
    assert np.array(sides) / sides[0] == pytest.approx(np.array([90, 31, 7]) / 90)
    effective = rows(chart, "effective")[0]
    assert effective["x2"] - effective["x"] == pytest.approx(0.8 * sides[0])


def test_layers_that_see_nearly_the_same_are_not_all_drawn() -> None:
    layers = tuple(layer(f"conv{i}", i, 40 + i) for i in range(1, 9))
    chart = field_squares.draw(network(layers=layers), PICTURE, side=100, alt_text="A")
    assert [row["layer"] for row in rows(chart, "receptive")] == ["conv8"]
    assert "conv8 48 px (38)" in json.dumps(chart.spec).replace("  ", " ")
