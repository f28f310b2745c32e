"""Altair makes the same charts of what it knows once as of what it finds out each time."""

import altair as alt
from altair.utils import schemapi

from figures.charts import schemas


def drawing() -> dict:
    chart = alt.Chart(alt.Data(values=[{"x": 1}])).mark_point()
    return chart.encode(x="x:Q", opacity=alt.condition("datum.x > 0", alt.value(1), alt.value(0.2))).to_dict()


def test_the_chart_is_the_same(monkeypatch) -> None:
    monkeypatch.setattr(schemapi, "_FromDict", schemas._FromDict)
    usual = drawing()
    schemas.keep()
    assert schemapi._FromDict is schemas.Known
    assert drawing() == usual


def test_schemas_are_looked_into_once(monkeypatch) -> None:
    schemas.keep()
    drawing()
    monkeypatch.setattr(schemas._FromDict, "__init__", None)
    assert drawing()["mark"]["type"] == "point"
