"""A patch covers its corner and nothing else."""

from __future__ import annotations

import pytest
import torch

from figures.methods.comparison import pasting

PICTURES = torch.zeros(2, 3, 8, 8)


@pytest.mark.parametrize(
    ("corner", "top", "left"),
    [("upper-left", 0, 0), ("upper-right", 0, 6), ("lower-left", 6, 0), ("lower-right", 6, 6), ("centre", 3, 3)],
)
def test_a_patch_lies_where_it_should(corner, top, left) -> None:
    changed = pasting.pasted(PICTURES, torch.ones(3, 5, 5), corner, 0.25)
    assert float(changed.sum()) == pytest.approx(2 * 3 * 4)
    assert float(changed[:, :, top : top + 2, left : left + 2].min()) == pytest.approx(1)
    assert not PICTURES.any()


def test_a_patch_of_the_right_size_stays_as_it_is() -> None:
    patch = torch.rand(3, 4, 4)
    assert torch.equal(pasting.pasted(PICTURES, patch, "centre", 0.5)[1, :, 2:6, 2:6], patch)


def test_an_unknown_corner_gives_the_nearest() -> None:
    with pytest.raises(ValueError, match="did you mean 'upper-left'"):
        pasting.check("uper-left")
