"""Both panels hold the same bins, and the lines that were fitted."""

from __future__ import annotations

import json
from types import SimpleNamespace

import numpy as np
import pytest

from figures.charts import distribution as charts
from figures.methods.distribution import Tail
from tests.figures.narrow_charts import holds_all

EDGES = np.arange(-4, 9) * 0.5
DENSITY = np.where(np.arange(12) == 2, 0, np.exp(-np.abs(EDGES[:-1])))
TAILS = {"positive": Tail(1.0, 3.0, 1.25, 0.1, 0.987), "negative": Tail(-2.0, -1.0, 0.5, 0.1, 0.9, -1)}


@pytest.fixture(scope="module")
def chart():
    seen = SimpleNamespace(edges=EDGES, density=DENSITY, tails=TAILS)
    return charts.draw(seen, heading="fires at 1 in 6", axis="what it is", alt_text="A")


def test_words_stand_above_and_below(chart):
    assert holds_all(chart)
    assert (chart.name, chart.alt) == ("distribution", "A")
    for words in ("fires at 1 in 6", "scale 1.2, R² 0.987", "scale 0.5, R² 0.900"):
        assert words in chart.svg
    assert chart.svg.count(">what it is<") == 2


def test_every_bin_is_drawn_on_its_side_of_zero_and_empty_ones_have_no_logarithm(chart):
    values = [row for rows in _rows(chart.spec) for row in rows if "side" in row]
    assert {row["x"] for row in values} == set(EDGES.tolist())
    assert all((row["side"] == "fires") == (row["x"] >= 0) for row in values if row["to"] > row["x"])
    empty = [row for row in values if row["x"] == EDGES[2] and row["to"] > row["x"]]
    assert empty
    assert all(row["log"] is None and row["density"] == 0 for row in empty)


def test_lines_run_between_the_ends_of_their_tails(chart):
    ends = {row["x"]: row["log"] for rows in _rows(chart.spec) for row in rows if set(row) == {"x", "log"}}
    assert ends[1.0] == pytest.approx(0.1 - 1.0 / 1.25)
    assert ends[3.0] == pytest.approx(0.1 - 3.0 / 1.25)
    assert ends[-2.0] == pytest.approx(0.1 - 2.0 / 0.5)


def _rows(spec) -> list[list[dict]]:
    return [data["values"] for data in json.loads(json.dumps(spec))["data"] if "values" in data]
