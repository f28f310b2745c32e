"""Lines run from unit to unit, as wide as weights, coloured by sign; layers lie from left to right."""

import pytest

from figures.charts import toy_network as charts
from figures.methods.toy_network import toy_network
from tests.figures import narrow_charts


@pytest.fixture(scope="module")
def chart():
    return charts.draw(toy_network((3, 2, 1), seed=4), alt_text="toy")


@pytest.fixture(scope="module")
def tables(chart):
    return [data["values"] for data in chart.spec["data"] if "values" in data]


def test_lines_end_at_units_and_tell_weights(tables):
    units = {row["u"]: row for table in tables for row in table if "answer" in row}
    lines = next(table for table in tables if "weight" in table[0])
    assert (len(units), len(lines)) == (6, 8)
    for line in lines:
        low, high = units[line["from"]], units[line["to"]]
        assert (line["x"], line["y"], line["x2"], line["y2"]) == (low["x"], low["y"], high["x"], high["y"])
        assert low["x"] < high["x"]
        assert line["colour"] == (charts.FOR if line["weight"] > 0 else charts.AGAINST)
    widths = [line["wide"] for line in lines]
    assert widths == sorted(widths, reverse=True)


def test_a_narrow_page_shows_all_of_it(chart):
    assert narrow_charts.holds_all(chart)


def test_layers_are_named_beneath(tables):
    assert [row["name"] for table in tables for row in table if "name" in row] == ["input", "hidden 1", "output"]
