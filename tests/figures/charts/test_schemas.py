"""Altair makes the same charts of what it knows once as of what it finds out each time."""

import altair as alt
import pytest
from altair.utils import schemapi

from figures.charts import schemas


def drawing() -> dict:
    chart = alt.Chart(alt.Data(values=[{"x": 1}])).mark_point()
    return chart.encode(x="x:Q", opacity=alt.condition("datum.x > 0", alt.value(1), alt.value(0.2))).to_dict()


def panels() -> dict:
    near = alt.selection_point(fields=["x"], name="near")
    base = alt.Chart(alt.Data(values=[{"x": 1, "y": 2}])).encode(x="x:Q", y=alt.Y("y:Q", title=None))
    layers = [base.mark_line(), base.mark_point().transform_filter("datum.x > 0").add_params(near), base.mark_rule()]
    left = alt.layer(*layers).properties(width=80).add_params(alt.param(name="p", value=1))
    whole = alt.hconcat(left, base.mark_bar().facet("y:N")) & (base.mark_text(dx=2) + base.mark_area()).interactive()
    return whole.resolve_scale(color="shared").to_dict()


@pytest.mark.parametrize("made", [drawing, panels])
def test_charts_are_the_same(monkeypatch, made) -> None:
    monkeypatch.setattr(schemapi, "_FromDict", schemas._FromDict)
    monkeypatch.setattr(schemas.Object, "copy", schemas._copy)
    usual = made()
    schemas.keep()
    assert schemapi._FromDict is schemas.Known
    assert schemas.Object.copy is schemas.copied
    assert made() == usual


def test_a_copy_is_changed_alone() -> None:
    chart = alt.Chart(alt.Data(values=[])).mark_point().encode(x="x:Q")
    for deep in (True, ["encoding"]):
        other = schemas.copied(chart, deep)
        other.encoding.x = alt.X("y:Q")
        assert chart.encoding.x.shorthand == "x:Q"
    assert schemas.copied(chart, deep=False).encoding is chart.encoding
    assert schemas.copied(chart, ignore=["encoding"]).encoding is chart.encoding


def test_schemas_are_looked_into_once(monkeypatch) -> None:
    schemas.keep()
    drawing()
    monkeypatch.setattr(schemas._FromDict, "__init__", None)
    assert drawing()["mark"]["type"] == "point"
