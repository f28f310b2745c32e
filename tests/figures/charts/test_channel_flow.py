"""Links are as wide as what they carry, coloured by sign, and end at the pictures."""

from __future__ import annotations

import pytest

from figures.charts import channel_flow as charts
from tests.figures import blocks


def tables(chart) -> list[list[dict]]:
    return [data["values"] for data in chart.spec["data"] if "values" in data]


@pytest.fixture(scope="module")
def chart():
    return charts.draw(blocks.channel_flow(), alt_text="flow")


def test_widths_and_colours_are_attributions(chart):
    links = {(row["u"], row["from"]): row for row in next(table for table in tables(chart) if "adds" in table[0])}
    assert {key: row["adds"] for key, row in links.items()} == {
        ("b:5", "a:0"): 3.0, ("b:5", "a:2"): -1.0, ("b:2", "a:0"): 0.5, ("b:2", "a:2"): 0.5,
    }  # fmt: skip
    assert all(row["wide"] / abs(row["adds"]) == pytest.approx(charts.WIDEST_PX / 3) for row in links.values())
    assert links["b:5", "a:2"]["colour"] == charts.AGAINST
    assert links["b:5", "a:0"]["colour"] == charts.FOR
    assert links["b:5", "a:0"]["share"] == 0.75


def test_links_run_from_one_picture_to_the_other(chart):
    points = next(table for table in tables(chart) if "adds" in table[0])
    pictures = {row["u"]: row["middle"] for table in tables(chart) for row in table if "url" in row}
    for key in {row["key"] for row in points}:
        own = sorted((row for row in points if row["key"] == key), key=lambda row: row["at"])
        assert own[0]["middle"] == pytest.approx(pictures[own[0]["u"]])
        assert own[-1]["middle"] == pytest.approx(pictures[own[0]["from"]])
        assert charts.TILE_PX <= own[0]["x"] < own[-1]["x"] <= charts.WIDTH - charts.TILE_PX


def test_either_end_can_be_pointed_at(chart):
    heard = next(signal for signal in chart.spec["signals"] if signal["name"] == "pointed")["on"]
    marks = {on["events"].partition(":")[0].strip("@").partition("_")[0] for on in heard}
    assert marks == {"links", "upper", "lower"}
