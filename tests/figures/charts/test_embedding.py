"""A map holds every image once, all in one picture, and shows a typical one with its neighbours ahead."""

from __future__ import annotations

import json

import pytest

from figures.charts import embedding, theme
from figures.methods.embedding.attributes import Attribute
from figures.methods.embedding.embedded import Recipe
from tests.figures.embedded_records import embedded


@pytest.mark.parametrize("grid", [True, False])
def test_a_pointer_chooses_an_image_and_a_legend_a_group(grid) -> None:
    chart = embedding.draw(embedded(recipe=Recipe(grid=grid)), alt_text="A")
    signals = {signal["name"]: signal for signal in chart.spec["signals"]}
    assert [on["update"] for on in signals["at"]["on"]] == ["datum.i"]
    assert signals["at"]["value"] == 7
    assert any("legend" in on["events"] and "datum.l" in on["update"] for on in signals["isolated"]["on"])
    assert chart.svg.count("<image") == 6 + grid
    assert signals["chosen"]["value"] == []
    assert chart.lasso == chart.narrow.lasso == "images"
    assert chart.narrow.width <= theme.NARROW_PX
    assert "legend0" in json.dumps(chart.spec)


def test_without_labels_there_is_no_legend() -> None:
    chart = embedding.draw(embedded(attribute=Attribute("label", ("",) * 14, ())), alt_text="A")
    assert "legend0" not in json.dumps(chart.spec)
