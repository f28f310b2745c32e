"""Images in memory as a data set."""

from __future__ import annotations

import dataclasses

import pytest
import torch

from figures.methods.datasets.held import Held

IMAGES = torch.rand(3, 3, 8, 8, generator=torch.Generator().manual_seed(0))
HELD = Held("three", IMAGES, ("a", "b", "c.png"), ("cat", "", "cup"))


def test_images_go_by_number_with_their_names_and_labels() -> None:
    assert (len(HELD), HELD.size_px, HELD.channels) == (3, 8, 3)
    assert torch.equal(HELD.images([2, 0]), IMAGES[[2, 0]])
    assert HELD.files([2, 0]) == HELD.names([2, 0]) == ["c.png", "a"]
    assert HELD.labels([2, 1]) == ["cup", ""]
    assert dataclasses.replace(HELD, known=()).labels([0]) == [""]
    there, images = HELD.usable([1])
    assert there.tolist() == [1]
    assert torch.equal(images, IMAGES[1:2])
    with pytest.raises(ValueError, match="three has images 0 to 2, not 3"):
        HELD.images([3])


def test_the_digest_is_of_the_pixels() -> None:
    assert HELD.digest == dataclasses.replace(HELD, name="other", whole=IMAGES.clone()).digest
    assert len({HELD.digest, HELD.part(0, 2).digest, HELD.sized(4, 3).digest, HELD.sized(8, 1).digest}) == 4


def test_parts_and_other_sizes() -> None:
    assert torch.equal(HELD.part(1, 3).images([0]), IMAGES[1:2])
    assert HELD.part(1, 3).names([1]) == ["c.png"]
    assert HELD.sized(4, 1).images([0, 1]).shape == (2, 1, 4, 4)
    assert HELD.sized(8, 1).sized(8, 1).images([0]).shape == (1, 1, 8, 8)
    assert HELD.images([0], 16).shape == (1, 3, 16, 16)
