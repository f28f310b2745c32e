"""Tiles keep what they show where it lies: windows are framed from outside, montages have their gaps."""

from __future__ import annotations

import numpy as np

from figures.charts import drawings, patch_tiles


def grey(side: int, value: int = 90) -> np.ndarray:
    return patch_tiles.opaque(np.full((side, side, 1), value, np.uint8))


def test_a_frame_leaves_what_it_frames_as_it_is():
    drawn = patch_tiles.marked(grey(16), (4, 8), (4, 12), 160)
    assert (drawn[40:80, 40:120, :3] == 90).all()
    assert (drawn[60, 39, :3] != 90).any()
    assert (drawn[81, 60, :3] != 90).any()
    assert (drawn[:30] == [90, 90, 90, 255]).all()


def test_a_frame_around_everything_stays_inside():
    drawn = patch_tiles.marked(grey(16), (0, 16), (0, 16), 160)
    assert drawn.shape == (160, 160, 4)
    assert (drawn[0, 80, :3] != 90).any()
    assert (drawn[80, 80, :3] == 90).all()


def test_pictures_of_a_montage_lie_in_rows_with_see_through_gaps():
    sheet = patch_tiles.montage([np.full((8, 8, 3), 10 * i, np.uint8) for i in range(1, 4)], 140)
    assert sheet.shape == (140, 140, 4)
    assert [int(sheet[y, x, 0]) for y, x in ((30, 30), (30, 110), (110, 30))] == [10, 20, 30]
    assert sheet[110, 110, 3] == 0
    assert (sheet[:, 69:71, 3] == 0).any()
    assert (sheet[0, 0, 3], sheet[30, 139, 3]) == (255, 255)


def test_a_montage_leaves_room_for_more():
    sheet = patch_tiles.montage([np.full((8, 8, 3), 10, np.uint8)], 90, least=9)
    assert sheet[10, 10, 3] == 255
    assert (sheet[:, 30:, 3] == 0).all()


def test_a_gradient_that_shrinks_keeps_its_contrast_and_its_grey():
    gradient = np.full((64, 64, 3), 128, np.uint8)
    gradient[:32:2, :32], gradient[1:32:2, :32] = 255, 60
    small = patch_tiles.shrunk(gradient, 16)
    assert (small[12:, 12:] == 128).all()
    assert small[3, 3, 0] > 220 > drawings.enlarged(gradient, 16)[3, 3, 0]
    assert np.array_equal(patch_tiles.shrunk(gradient, 64), gradient)
    assert (patch_tiles.shrunk(np.full((64, 64, 3), 128, np.uint8), 16) == 128).all()
