"""Sheets of pictures: every tile lies where the page will look for it."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image as Picture

from figures.artifact import Tile
from figures.charts import sprites


def decoded(data: bytes) -> np.ndarray:
    return np.asarray(Picture.open(io.BytesIO(data)))


def flat(colours: list[tuple[int, ...]], side: int = 16) -> np.ndarray:
    return np.array([np.full((side, side, len(colour)), colour, np.uint8) for colour in colours])


def tiles(count: int) -> list[Tile]:
    return [Tile(f"picture {index}") for index in range(count)]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 9, 10])
def test_tiles_lie_row_by_row(count):
    pictures = np.random.default_rng(0).integers(0, 256, (count, 16, 16, 3), np.uint8)
    made = sprites.sprite(pictures, tiles(count), display_px=8, lossless=True)
    sheet = decoded(made.image.data)
    assert sheet.shape[:2] == (made.image.height, made.image.width)
    for index, picture in enumerate(pictures):
        top, left = (made.tile_px * at for at in divmod(index, made.columns))
        assert np.array_equal(sheet[top : top + 16, left : left + 16], picture)


def test_lossy_tiles_do_not_run_into_each_other():
    made = sprites.sprite(flat([(255, 0, 0), (0, 0, 255)], 32), tiles(2), display_px=16)
    sheet = decoded(made.image.data).astype(int)
    assert np.abs(sheet[:, 2:30] - (255, 0, 0)).max() < 24
    assert np.abs(sheet[:, 34:62] - (0, 0, 255)).max() < 24


def test_opacity_is_kept():
    made = sprites.sprite(flat([(9, 9, 9, 0), (9, 9, 9, 255)]), tiles(2), lossless=True)
    sheet = decoded(made.image.data)
    assert sheet[8, 8, 3] == 0
    assert sheet[8, 24, 3] == 255


def test_pictures_become_at_most_twice_the_displayed_size():
    made = sprites.sprite(flat([(1, 2, 3)], 500), tiles(1), display_px=50)
    assert made.tile_px == made.image.width == 100


def test_pictures_of_different_sizes_share_the_largest():
    made = sprites.sprite([*flat([(1, 2, 3)], 20), *flat([(1, 2, 3)], 40)], tiles(2))
    assert (made.tile_px, made.image.width) == (40, 80)


def test_there_must_be_a_tile_for_each_picture():
    with pytest.raises(ValueError, match="2 pictures for 3 tiles"):
        sprites.sprite(flat([(1, 2, 3)] * 2), tiles(3))


@pytest.mark.parametrize("wrong", [np.zeros((4, 4, 3)), np.zeros((4, 4), np.uint8), np.zeros((4, 4, 2), np.uint8)])
def test_only_bytes_with_channels_are_pictures(wrong):
    with pytest.raises(ValueError, match="expected uint8"):
        sprites.image(wrong, alt="")


def test_a_grey_picture_is_encoded_alone():
    made = sprites.image(np.full((10, 20, 1), 77, np.uint8), alt="grey", lossless=True)
    assert (made.width, made.height, made.media_type, made.alt) == (20, 10, "image/webp", "grey")
    assert (decoded(made.data) == 77).all()


def test_a_spotlight_fades_only_the_surroundings():
    pictures = np.random.default_rng(0).integers(0, 256, (2, 10, 10, 3), np.uint8)
    lit = sprites.spotlight(pictures, np.array([1, 4]), np.array([2, 0]), 5)
    assert np.array_equal(lit[0, 1:6, 2:7], pictures[0, 1:6, 2:7])
    assert np.array_equal(lit[1, 4:9, 0:5], pictures[1, 4:9, 0:5])
    assert np.abs(lit[0, :1].astype(int) - 128).max() <= 0.35 * 128 + 1
