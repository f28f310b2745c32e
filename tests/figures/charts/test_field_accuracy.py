"""Accuracy by what places see: networks of patches on a line, others marked apart."""

from __future__ import annotations

from figures.charts import field_accuracy
from tests.figures import evidence_records as records
from tests.figures.narrow_charts import holds_all


def test_networks_that_see_more_than_patches_are_marked_apart():
    chart = field_accuracy.draw(records.bag(), alt_text="A")
    assert holds_all(chart)
    for words in ("small", "large", "sees patches", "sees more", "5 px", "all"):
        assert f">{words}<" in chart.svg
