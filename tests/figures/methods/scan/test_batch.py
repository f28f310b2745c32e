"""What a network answered to some images: positions, their numbers, and the random numbers that go with them."""

import numpy as np
import torch

from figures.methods.scan.batch import KEY_BITS, Batch, image_and_place, image_chances, position_keys, small, spots


def test_values_come_image_after_image_in_the_order_of_places() -> None:
    maps = torch.arange(2 * 3 * 2 * 2).reshape(2, 3, 2, 2).float()
    batch = Batch(maps, np.array([7, 4]))
    assert batch.area == 4
    for number, (image, place) in enumerate((i, p) for i in range(2) for p in range(4)):
        assert torch.equal(batch.values[number], maps[image, :, place // 2, place % 2])
    assert [pair.tolist() for pair in image_and_place(batch.spots)] == [[7] * 4 + [4] * 4, [0, 1, 2, 3] * 2]
    assert torch.equal(torch.cat(list(batch.blocks())), batch.by_image)


def test_extremes_are_those_of_each_image_and_channel() -> None:
    maps = torch.randn(3, 4, 5, 6, generator=torch.Generator().manual_seed(0))
    least, greatest = Batch(maps, np.arange(3)).extremes
    assert np.array_equal(least, maps.amin((2, 3)).numpy())
    assert np.array_equal(greatest, maps.amax((2, 3)).numpy())


def test_random_numbers_are_those_of_the_seed_and_the_spot_alone() -> None:
    spot = spots(np.array([3, 9])[:, None], np.arange(50)).reshape(-1)
    order = np.random.default_rng(0).permutation(len(spot))
    keys = position_keys(5, spot)
    assert np.array_equal(position_keys(5, spot[order]), keys[order])
    assert not np.array_equal(position_keys(6, spot), keys)
    assert len(np.unique(keys)) == len(keys)
    assert keys.min() >= 0
    assert keys.max() < 1 << KEY_BITS


def test_the_numbers_of_images_are_uniform_and_their_own() -> None:
    chances = image_chances(1, np.arange(4000))
    assert chances.min() >= 0
    assert chances.max() < 1
    assert np.abs(chances.mean(0) - 0.5).max() < 0.02
    assert np.abs(np.corrcoef(chances.T)[0, 1]) < 0.05


def test_whole_numbers_take_no_more_room_than_they_need() -> None:
    for most, size in ((0, 1), (255, 1), (256, 2), (65536, 4)):
        kept = small(np.array([0, most]))
        assert kept.dtype.itemsize == size
        assert kept.tolist() == [0, most]
    assert small(np.array([], int)).size == 0
