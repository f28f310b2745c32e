"""Two units stand against each other, a point an image."""

from __future__ import annotations

import json

from figures.charts import unit_pairs
from tests.figures.walked import edge


def test_every_image_is_a_point_and_both_units_are_named() -> None:
    drawn = unit_pairs.draw(edge(), alt_text="A")
    assert list(drawn.problems()) == []
    values = next(data["values"] for data in drawn.spec["data"] if "values" in data)
    assert [(row["image"], row["lower"], row["upper"]) for row in values] == [
        (0, 2.0, 1.0), (1, 4.0, 2.0), (2, 6.0, 3.0), (3, 8.0, 4.0),
    ]  # fmt: skip
    text = json.dumps(drawn.spec)
    assert "logits:1 (cat)" in text
    assert "b:3" in text
    assert "where it answers most" in json.dumps(unit_pairs.draw(edge(label=""), alt_text="A").spec)
