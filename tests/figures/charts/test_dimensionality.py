"""Bars of shape from the left and of texture from the right; dots for scores and for units."""

from __future__ import annotations

import pytest

from figures.charts import dimensionality
from tests.figures.narrow_charts import holds_all
from tests.figures.probed import stages


def test_a_chart_a_network_or_a_layer() -> None:
    seen = stages(("m", "n"))
    assert list(dimensionality.rows_of(seen, "layers")) == ["m", "n"]
    assert list(dimensionality.rows_of(seen, "models")) == ["a", "b.c"]
    assert [one.network for one in dimensionality.rows_of(seen, "models")["a"]] == ["m", "n"]


@pytest.mark.slow
def test_charts_have_names_and_titles_of_their_own() -> None:
    drawn = dimensionality.draw(stages(("m", "n")), over="layers", bounds=(0.155, 0.422), alt_text="A")
    assert all(map(holds_all, drawn))
    assert [(one.name, one.title) for one in drawn] == [("dimensions-0", "m"), ("dimensions-1", "n")]
    assert ">b.c<" in drawn[0].svg
    assert "residual, neither" in drawn[0].svg


def test_units_have_their_names_and_kinds() -> None:
    stage = stages().of("net", "b.c")
    drawn = dimensionality.scatter(stage, least=0.2, name="u", alt_text="A")
    assert drawn.title == ""
    rows = next(data["values"] for data in drawn.spec["data"] if any("unit" in row for row in data.get("values", [])))
    assert [row["unit"] for row in rows] == [f"b.c:{i}" for i in range(4)]
    assert [row["part"] for row in rows] == ["shape", "shape", "texture", dimensionality.REST]
