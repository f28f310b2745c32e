"""Classes are drawn among random sets, and over doses."""

from __future__ import annotations

import json

import pytest

from figures.charts import ablation
from tests.figures.ablated_units import ablated


def test_only_the_classes_that_change_most_are_drawn() -> None:
    drawn = ablation.draw(ablated(), count=2, done="taken out", alt_text="A")
    assert "dog" in drawn.svg
    assert "owl" not in drawn.svg
    assert "random set 4" in json.dumps(drawn.spec)


def test_without_random_sets_the_units_stand_alone() -> None:
    drawn = ablation.draw(ablated(1), count=3, done="taken out", alt_text="A")
    assert "probability that moves" not in drawn.svg
    assert "random" not in drawn.svg


@pytest.mark.parametrize("sets", [5, 1])
def test_doses_begin_at_nothing(sets: int) -> None:
    lines, moved = ablation.doses(ablated(sets, (1.0, 2.0)), alt_text="A")
    assert (lines.name, moved.name) == ("doses", "moved")
    rows = ablation._lines(ablated(sets, (1.0, 2.0)), 3).data.to_dict()["values"]
    assert [row["change"] for row in rows if row["dose"] == 0] == [0, 0, 0]
