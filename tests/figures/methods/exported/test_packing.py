"""Weights as bytes: what is read back is what was given, to the precision of its kind."""

import numpy as np
import pytest

from figures.methods.exported.packing import BYTE, HALF, Packing


@pytest.mark.parametrize(("kind", "apart"), [("f32", 1e-7), (HALF, 1e-3), (BYTE, 5e-3)])
def test_what_is_read_back_is_what_was_given(kind, apart):
    weights = np.linspace(-1, 2, 15).reshape(3, 5)
    packing = Packing(kind)
    told, data = packing.weights(weights), packing.bytes()
    number = {"f32": "<f4", HALF: "<f2", BYTE: "i1"}[kind]
    values = np.frombuffer(data, number, told["count"], told["at"]).reshape(3, 5).astype(float)
    if kind == BYTE:
        scales = np.frombuffer(data, "<f4", 3, told["scales"]["at"])
        values = values * scales[:, None]
    assert np.abs(values - weights).max() <= apart * 2


def test_arrays_begin_at_multiples_of_four_bytes():
    packing = Packing(HALF)
    packing.weights(np.ones((1, 3)))
    assert packing.numbers(np.ones(2))["at"] == 8
