"""Bars are as long as what groups add, in one scale; groups have one colour everywhere."""

from __future__ import annotations

import base64
import io

import numpy as np
import pytest
from PIL import Image

from figures.charts import building_blocks as charts
from figures.charts import theme
from tests.figures import blocks


def rows(chart, field: str) -> list[dict]:
    tables = [data["values"] for data in chart.spec["data"] if "values" in data]
    return [row for table in tables for row in table if field in row]


@pytest.fixture(scope="module")
def chart():
    return charts.draw(blocks.blocks(), alt_text="groups")


def test_lengths_are_what_groups_add_and_sides_are_signs(chart):
    bars = {(row["g"], row["class"]): row for row in rows(chart, "adds")}
    assert len(bars) == 2 * (2 + 2)
    scales = {round((row["x2"] - row["x"]) / abs(row["adds"]), 6) for row in bars.values() if row["adds"]}
    assert len(scales) == 1
    assert bars["group 2", "cat"]["x2"] == pytest.approx(bars["group 1", "cat"]["x"])
    assert (bars["the rest", "cat"]["adds"], bars["all", "cat"]["adds"]) == (-0.5, 1.0)


def test_bars_of_a_class_stay_in_its_column(chart):
    bars = rows(chart, "adds")
    assert max(row["x2"] for row in bars if row["class"] == "cat") < min(
        row["x"] for row in bars if row["class"] == "dog"
    )
    assert all(0 <= row["x"] <= row["x2"] <= charts.WIDTH for row in bars)


def test_a_group_has_one_colour_and_can_be_looked_at_alone(chart):
    colours = {row["g"]: row["colour"] for row in rows(chart, "adds")}
    assert colours["group 1"] == charts.COLOURS[0]
    assert colours["group 2"] == charts.COLOURS[1]
    assert colours["all"] == theme.QUIET
    assert "pointed" in {signal["name"] for signal in chart.spec["signals"]}


def test_a_cover_is_as_opaque_as_its_group_is_strong():
    strength = np.zeros((2, 2))
    strength[0, 0] = 1
    data = base64.b64decode(charts.cover(strength, "#ff0000", 32).partition(",")[2])
    pixels = np.asarray(Image.open(io.BytesIO(data)).convert("RGBA"))
    assert pixels.shape == (32, 32, 4)
    assert pixels[2, 2, 3] > 240
    assert pixels[-3, -3, 3] < 15
    assert pixels[2, 2, 0] > 230 > 30 > pixels[2, 2, 1]
