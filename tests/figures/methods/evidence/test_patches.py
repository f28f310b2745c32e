"""Informative patches: found where they were put."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from figures.methods.evidence import patches
from tests.figures.methods.evidence.test_tiles import SIDE, coloured, counting


def test_the_strongest_patch_is_where_it_was_put():
    data = coloured()
    data.whole[2, :, 5, 6] = torch.tensor([1.0, 0, 0])
    (red, blue) = patches.of(counting(), data, ("red", "blue"), 2, head="").classes
    assert (red.image[0], red.y[0], red.x[0]) == (2, 5, 6)
    assert red.vote[0] == pytest.approx(1.0, abs=1e-5)
    assert red.right[0] is False
    assert red.pictures.shape == (2, 1, 1, 3)
    assert red.vote[0] >= red.vote[1]
    assert len(set(blue.image.tolist())) == 2


def test_votes_are_in_order_and_no_image_comes_twice():
    found = patches.strongest(counting(), coloured(), head="logits", numbers=(0, 1))
    assert found.image.shape == (2, 4)
    assert (np.diff(found.vote, axis=1) <= 0).all()
    assert all(sorted(row) == [0, 1, 2, 3] for row in found.image.tolist())
    assert found.y.max() < SIDE


def test_what_there_is_not_gives_the_nearest():
    with pytest.raises(ValueError, match="did you mean 'green'"):
        patches.of(counting(), coloured(), ("greem",), 2, head="")
    with pytest.raises(ValueError, match="no head 'colour'"):
        patches.of(counting(), coloured(), (), 2, head="colour")
