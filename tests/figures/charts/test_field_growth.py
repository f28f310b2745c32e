"""A network has a line of its fields and one of the effective ones; accuracy stands where the deepest field lies."""

from __future__ import annotations

import json
import math

from figures.charts import field_growth
from figures.methods.rates import Rate
from tests.figures.narrow_charts import holds_all
from tests.figures.seen_fields import layer, network, seen


def test_every_layer_is_a_mark_of_either_kind() -> None:
    chart = field_growth.draw(seen(network(), network("other")), alt_text="A")
    text = json.dumps(chart.spec)
    assert text.count('"kind": "receptive"') == text.count('"kind": "effective"') == 8
    assert "image, 64 px" in chart.svg
    assert ">other<" in chart.svg
    assert holds_all(chart)


def test_effective_fields_are_left_out_where_there_are_none() -> None:
    layers = (layer("a", 1, 3, effective_px=math.nan), layer("b", 2, 9, effective_px=math.nan))
    chart = field_growth.draw(seen(network(layers=layers)), alt_text="A")
    assert "effective" not in json.dumps(chart.spec)


def test_accuracy_stands_over_the_largest_field() -> None:
    tested = seen(network("one", tested=Rate(9, 10)), network("two", tested=Rate(5, 10)), network("three"))
    chart = field_growth.accuracy(tested, alt_text="A")
    assert holds_all(chart)
    text = json.dumps(chart.spec)
    assert text.count('"px": 400') == 2
    assert "three" not in text
