"""Specifications of authors: held against the schema, and drawn as all charts are."""

from __future__ import annotations

import pytest

from figures.charts import theme, vega_lite

DATA = {"data": {"values": [{"a": 1, "b": 2}, {"a": 2, "b": 3}]}}
LINE = {"mark": "line", "encoding": {"x": {"field": "a", "type": "quantitative"}, "y": {"field": "b"}}, **DATA}


@pytest.mark.parametrize(
    ("change", "text", "said"),
    [
        ({"makr": 1}, '"makr"', "no property 'makr'; did you mean 'mark'?"),
        ({"mark": "lin"}, '"lin"', "mark: 'lin'; expected one of "),
        ({"encoding": {"x": {"feld": "a"}}}, '"feld"', "encoding.x: no property 'feld'; did you mean 'field'?"),
        ({"encoding": {"x": {"type": "quantitativ"}}}, '"quantitativ"', "did you mean 'quantitative'?"),
    ],
)
def test_what_the_schema_does_not_know_is_told_with_the_nearest(change: dict, text: str, said: str) -> None:
    wrong = vega_lite.mistake({**LINE, **change})
    assert wrong is not None
    assert wrong[0] == text
    assert said in wrong[1]


def test_a_specification_has_the_look_of_all_charts_and_a_form_for_narrow_pages() -> None:
    assert vega_lite.mistake(LINE) is None
    chart = vega_lite.draw({**LINE, "width": "container"}, alt_text="A line.")
    assert theme.ACCENT in chart.svg
    assert 'aria-label="A line."' in chart.svg
    assert chart.narrow is not None
    assert chart.narrow.width < chart.width
    assert vega_lite.draw({**LINE, "width": 200}, alt_text="A line.").narrow is None
    own = vega_lite.draw({**LINE, "config": {"line": {"stroke": "red"}}}, alt_text="A line.")
    assert theme.ACCENT not in own.svg
