"""Pixels of any depth come to 8 bits as they look, or are refused."""

import numpy as np
import pytest

from figures.methods.datasets.depth import levels

RAMP = np.linspace(0, 1, 64).reshape(8, 8)


@pytest.mark.parametrize(("pixels", "white"), [
    (RAMP, 1), (RAMP.astype(np.float16), 1), (RAMP * 255, 255), ((RAMP * 65535).astype(np.float32), 65535),
    ((RAMP * 255).astype(np.uint16), 255), ((RAMP * 4095).astype(np.uint16), 4095), ((RAMP * 65535).astype(np.int32), 65535),
    (RAMP * 1.0005 - 0.0004, 1), (RAMP > 2, 1),
])  # fmt: skip
def test_all_look_the_same(pixels, white):
    expected = np.rint(pixels.astype(float).clip(0, white) * 255 / white)
    assert levels(pixels).dtype == np.uint8
    assert np.abs(levels(pixels) - expected).max() <= 1
    assert levels(pixels).max() in (0, 255)


def test_eight_bits_stay_and_so_does_a_dark_picture():
    dark = np.full((2, 2), 3, np.uint8)
    assert levels(dark) is dark
    assert levels(np.full((2, 2), 0.01)).tolist() == [[3, 3], [3, 3]]
    assert not levels(np.zeros((2, 2), np.uint16)).any()


@pytest.mark.parametrize(("pixels", "message"), [
    (RAMP * np.nan, "pixels are not finite"), (RAMP * 2 - 1, "pixels run from -1 to 1; expected 0 to 1, 255"),
    (RAMP * 1e9, r"from 0 to 1e\+09"), ((RAMP * 255 - 128).astype(np.int8), "from -128 to 127"),
    (RAMP + 1j, "of the type complex128"),
])  # fmt: skip
def test_what_is_of_no_usual_range_is_refused(pixels, message):
    with pytest.raises(ValueError, match=message):
        levels(pixels)
