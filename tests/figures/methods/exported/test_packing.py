"""Weights as bytes: what is read back is what was given, to the precision of its bits."""

import numpy as np
import pytest

from figures.methods.exported.packing import SINGLE, WIDTHS, Packing, restored


def read(data: bytes, told: dict) -> np.ndarray:
    """Read numbers as a page does: so many bits each, the highest first."""
    if told["bits"] == SINGLE:
        return np.frombuffer(data, "<f4", told["count"], told["at"]).astype(float)
    text = "".join(f"{one:08b}" for one in data[told["at"] :])
    bits, most = told["bits"], 2 ** (told["bits"] - 1) - 1
    whole = np.array([int(text[at * bits : (at + 1) * bits], 2) - most for at in range(told["count"])])
    scales = read(data, told["scales"])
    return whole * np.repeat(scales, len(whole) // len(scales))


@pytest.mark.parametrize("bits", [*WIDTHS, SINGLE])
def test_what_is_read_back_is_what_was_given(bits):
    weights = np.linspace(-1, 2, 15).reshape(3, 5)
    packing = Packing(bits)
    told = packing.weights(weights)
    values = read(packing.bytes(), told).reshape(3, 5)
    assert np.abs(values - weights).max() <= 2.1 / 2 ** min(bits, 22)
    if bits != SINGLE:
        assert values == pytest.approx(restored(weights, bits), rel=1e-6)


def test_arrays_begin_at_multiples_of_four_bytes():
    packing = Packing(10)
    packing.weights(np.ones((1, 3)))
    assert packing.numbers(np.ones(2))["at"] == 8
