"""Every method has a curve in both panels, which begin and end at the same scores."""

from __future__ import annotations

import json

from figures.charts import deletion_curves
from tests.figures.narrow_charts import holds_all
from tests.figures.salient import METHODS, salient


def test_every_method_has_a_line_in_both_panels() -> None:
    chart = deletion_curves.draw(salient(), axis="probability", alt_text="A")
    assert holds_all(chart)
    text = json.dumps(chart.spec)
    assert all(text.count(f'"method": "{method}"') == 10 for method in METHODS)
    assert "share of pixels made grey" in chart.svg
    assert "share of pixels brought back" in chart.svg
    assert chart.svg.count(">probability<") == 1
