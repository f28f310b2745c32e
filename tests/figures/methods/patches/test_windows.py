"""A window ends at the border of the picture, and its square reaches over it."""

from __future__ import annotations

import numpy as np

from figures.methods import models
from figures.methods.patches.windows import Window, window
from tests.figures.small_networks import SIDE, convolutional, model

# Two convolutions of 3 px, the first with stride 2: position i sees 7 px from 2 i - 3 on.


def test_a_window_is_what_the_receptive_field_has_inside_the_picture():
    net = model(convolutional)
    assert window(net, "2", (1, 2)) == Window((0, 6), (1, 8), (-1, 1))
    assert window(net, "2", (3, 0)) == Window((3, 8), (0, 4), (3, -1))
    assert window(net, "logits", (0, 0)) == Window((0, SIDE), (0, SIDE), (0, 0))


def test_the_square_is_empty_beyond_the_border_that_cuts_it_off():
    pixels = np.arange(1, SIDE * SIDE + 1, dtype=np.uint8).reshape(SIDE, SIDE, 1)
    cut = Window((0, 6), (1, 8), (-1, 1)).squared(pixels)
    assert cut.shape == (7, 7, 1)
    assert (cut[0] == 0).all()
    assert (cut[1:] == pixels[:6, 1:]).all()
    low = Window((3, 8), (0, 4), (3, -1)).squared(pixels)
    assert (low[:, 0] == 0).all()
    assert (low[:, 1:] == pixels[3:, :4]).all()


def test_what_sees_more_than_the_picture_has_all_of_it():
    net = models.load("glyphs")
    seen = window(net, "mixed4b", (0, 7))
    assert (seen.height_px, seen.width_px, seen.side_px) == (61, 61, 61)
    assert window(net, "mixed4b", (4, 3)) == Window((0, 64), (0, 64), (0, 0))
