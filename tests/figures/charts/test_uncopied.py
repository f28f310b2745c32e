"""Rows of charts that are put together are handed on, not copied."""

import altair as alt

from figures.charts import uncopied

ROWS = [{"x": 1, "y": [2, 3]}]


def put_together(data: alt.Data) -> dict:
    base = alt.Chart(data).encode(x="x:Q")
    both = alt.layer(base.mark_point(), base.mark_rule()).add_params(alt.param(name="p", value="a"))
    return alt.vconcat(both, alt.Chart(data).mark_point().encode(y="x:Q")).to_dict()


def test_a_chart_is_the_same_as_with_copied_rows() -> None:
    assert put_together(uncopied.data(ROWS)) == put_together(alt.Data(values=ROWS))


def test_rows_are_those_that_were_given() -> None:
    assert put_together(uncopied.data(ROWS))["vconcat"][1]["data"]["values"] is ROWS


def test_a_signal_takes_them_too() -> None:
    chart = alt.Chart(uncopied.data(ROWS)).mark_point().add_params(alt.param(name="known", value=uncopied.Values(ROWS)))
    assert chart.to_dict()["params"] == [{"name": "known", "value": ROWS}]
