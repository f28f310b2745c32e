"""Charts of authors, in words."""

from __future__ import annotations

from figures.methods.csv_data import Lines
from figures.words import own_charts

SPEC = {
    "data": {"values": [{"a": 1, "b": {"c": 2}}, {"a": 2, "d": "x"}]},
    "layer": [{"encoding": {"x": {"field": "a"}, "y": {"field": "b", "title": "height"}}}, {"encoding": {}}],
}


def test_a_specification_says_what_it_is_or_what_it_shows() -> None:
    assert own_charts.of_specification(SPEC).alt == "A chart of height and a."
    assert own_charts.of_specification({**SPEC, "title": {"text": ["Two", "lines"]}}).alt == "Two lines"
    assert own_charts.of_specification({**SPEC, "title": "T", "description": "Words."}).alt == "Words."
    assert own_charts.of_specification({}).alt == "A chart."


def test_its_numbers_are_those_cells_that_a_table_can_hold() -> None:
    assert own_charts.data(SPEC) == {"a": [1, 2], "d": [None, "x"]}


def test_columns_are_said_with_their_range() -> None:
    lines = Lines((1, 2), (0.5, 0.25), ("a", "b"), ("p", "q"), (), "number")
    said = own_charts.of_lines(lines, "line", ["loss"], "epoch", "network", "task")
    assert said.alt == "Line: loss against epoch, for a and b, in 2 panels by task; from 0.25 to 0.5."
    assert said.values == {"rows": 2, "lowest": 0.25, "highest": 0.5, "last_a": 0.5, "last_b": 0.25}
