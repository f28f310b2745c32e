"""Conditions take away what they say, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from figures.methods.cues import conditions

SIDE = 24


@pytest.fixture
def image() -> np.ndarray:
    return np.random.default_rng(0).random((3, SIDE, SIDE), dtype=np.float32)


@pytest.fixture
def mask() -> np.ndarray:
    """A rectangle 15 wide and 9 tall, right of the middle."""
    whole = np.zeros((SIDE, SIDE), np.float32)
    whole[4:13, 8:23] = 1
    return whole


def test_grey_keeps_brightness_and_loses_colour(image):
    grey = conditions.grey(image)
    assert grey.shape == image.shape
    np.testing.assert_allclose(grey[0], grey[2])
    np.testing.assert_allclose(grey[1], 0.299 * image[0] + 0.587 * image[1] + 0.114 * image[2], rtol=1e-5)
    np.testing.assert_allclose(conditions.grey(grey), grey, rtol=1e-5)
    np.testing.assert_array_equal(conditions.grey(image[:1]), image[:1])


def test_a_silhouette_is_black_on_white(mask):
    made = conditions.silhouette(mask)
    assert made[:, 8, 12].tolist() == [0, 0, 0]
    assert made[:, 0, 0].tolist() == [1, 1, 1]
    assert conditions.silhouette(mask, 1).shape == (1, SIDE, SIDE)


def test_edges_are_lines_where_brightness_changes(mask):
    made = conditions.edges(conditions.silhouette(mask))
    assert set(np.unique(made)) == {0, 1}
    rows, columns = np.nonzero(made[0] == 0)
    to_border = (
        np.minimum(np.abs(rows - 3.5), np.abs(rows - 12.5)),
        np.minimum(np.abs(columns - 7.5), np.abs(columns - 22.5)),
    )
    assert len(rows) > 30
    assert (np.minimum(*to_border) <= 1.5).all()
    assert (conditions.edges(np.full((3, SIDE, SIDE), 0.4, np.float32)) == 1).all()


def test_a_texture_is_of_pixels_in_the_figure_alone(image, mask):
    marked = image.copy()
    marked[:, mask == 0] = 7
    made = conditions.texture(marked, mask)
    assert made.shape == image.shape
    assert made.max() <= 1
    inside = {tuple(pixel) for pixel in image[:, mask == 1].T.tolist()}
    seen = {tuple(pixel) for pixel in made.reshape(3, -1).T.tolist()}
    assert seen <= inside
    assert len(seen) == 9 * 9


def test_a_figure_without_room_has_no_texture(image):
    thin = np.zeros((SIDE, SIDE), np.float32)
    thin[5] = 1
    with pytest.raises(ValueError, match="nowhere 4 px wide"):
        conditions.texture(image, thin)


def test_a_square_and_its_mirror_images_have_no_seams():
    ramp = np.tile(np.arange(5, dtype=np.float32), (1, 5, 1))
    made = conditions.mirrored(ramp, 17)
    assert made.shape == (1, 17, 17)
    assert made[0, 0, 6:11].tolist() == [0, 1, 2, 3, 4]
    assert np.abs(np.diff(made[0, 0])).max() == 1


def test_a_filled_figure_has_the_texture_inside_and_the_ground_outside(image, mask):
    made = conditions.filled(mask, image)
    np.testing.assert_array_equal(made[:, mask == 1], image[:, mask == 1])
    assert (made[:, mask == 0] == 1).all()
    assert (conditions.filled(mask, image, 0.5)[:, mask == 0] == 0.5).all()


def test_turning_is_clockwise_and_loses_nothing(mask):
    np.testing.assert_allclose(conditions.turned(mask, 90), np.rot90(mask, -1), atol=1e-5)
    np.testing.assert_allclose(conditions.turned(mask, 0), mask, atol=1e-6)
    np.testing.assert_allclose(conditions.turned(conditions.turned(mask, 90), -90), mask, atol=1e-5)
    slanted = conditions.turned(np.ones((SIDE, SIDE), np.float32), 45)
    assert slanted.sum() == pytest.approx(SIDE * SIDE / 2, rel=0.1)


def test_all_conditions_stand_in_their_order(image, mask):
    conflict = conditions.filled(mask, 1 - image)
    made = conditions.every(image, mask, conflict, 90)
    assert made.shape == (len(conditions.CONDITIONS), 3, SIDE, SIDE)
    np.testing.assert_array_equal(made[conditions.CONDITIONS.index("conflict")], conflict)
    np.testing.assert_array_equal(made[0], image)
