"""Boxes are quartiles over categories; what lies far out stands alone."""

from __future__ import annotations

import pytest

from figures.methods.cue_conflict import ALL, Bias
from figures.methods.observers import spread


def rows(observer: str, biases: list[float | None]) -> list[Bias]:
    every = [(ALL, 0.5), *((f"c{i}", bias) for i, bias in enumerate(biases))]
    return [Bias(observer, "network", "", "shape", name, 9, 1, 1, 7, 0, bias, None) for name, bias in every]


def test_quartiles_are_over_categories_without_the_pooled_row() -> None:
    [one] = spread.of(rows("net", [0.0, 0.1, 0.2, 0.3, 0.4]))
    assert (one.low, one.lower, one.median, one.upper, one.high) == pytest.approx((0, 0.1, 0.2, 0.3, 0.4))
    assert one.beyond == ()


def test_what_lies_far_out_stands_alone() -> None:
    [one] = spread.of(rows("net", [0.1, 0.11, 0.12, 0.13, 0.9]))
    assert one.beyond == (("c4", 0.9),)
    assert one.high == pytest.approx(0.13)


def test_categories_without_a_bias_are_left_out() -> None:
    [one] = spread.of([*rows("net", [0.2, None]), *rows("none", [None])])
    assert (one.observer, one.low, one.high) == ("net", 0.2, 0.2)
