"""The square of observers holds κ both ways round."""

from __future__ import annotations

import re

import pytest

from figures.charts import error_consistency, theme
from figures.methods.observers.consistency import Agreement

PAIRS = [
    Agreement("a", "b", 40, (0.5, 0.75), 0.8, 0.5, 0.6, (0.4, 0.7)),
    Agreement("a", "c", 40, (0.5, 0.25), 0.3, 0.5, -0.4, (-0.6, -0.2)),
    Agreement("b", "c", 0, None, None, None, None, None),
]


def cells(chart) -> dict[tuple[str, str], dict]:
    tables = [data["values"] for data in chart.spec["data"] if "values" in data]
    return {(row["one"], row["other"]): row for table in tables for row in table if "kappa" in row}


def words(chart) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", chart.svg)


@pytest.fixture(scope="module")
def chart():
    return error_consistency.draw(PAIRS, alt_text="errors")


def test_cells_are_symmetric_and_say_their_interval(chart) -> None:
    known = cells(chart)
    assert len(known) == 6
    assert known["a", "b"]["kappa"] == known["b", "a"]["kappa"] == "0.60"
    assert known["c", "a"]["kappa"] == "−0.40"
    assert {"0.60", "−0.40", "0.40 to 0.70", "–"} <= set(words(chart))


def test_colours_lie_on_their_side_of_the_middle(chart) -> None:
    known, middle = cells(chart), len(theme.DIVERGING) // 2
    assert theme.DIVERGING.index(known["a", "b"]["colour"]) > middle > theme.DIVERGING.index(known["a", "c"]["colour"])
    assert known["b", "c"]["colour"] == "transparent"


def test_the_diagonal_says_how_much_each_gets_right(chart) -> None:
    assert {"50% right", "75% right", "25% right"} <= set(words(chart))


def test_many_observers_have_small_cells_without_intervals() -> None:
    names = [f"n{i}" for i in range(9)]
    many = [Agreement(a, b, 9, (0.5, 0.5), 0.5, 0.5, 0.1, (0.0, 0.2)) for i, a in enumerate(names) for b in names[:i]]
    drawn = error_consistency.draw(many, alt_text="errors")
    assert drawn.width < 480
    assert not any(" to " in word for word in words(drawn))
