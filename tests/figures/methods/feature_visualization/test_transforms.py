"""Views of a picture: jittered, turned, scaled, or still."""

from __future__ import annotations

import torch

from figures.methods.feature_visualization import transforms


def test_still_views_return_the_middle_of_a_picture():
    picture = torch.rand(1, 3, 20, 20)
    assert torch.allclose(transforms.view(picture, transforms.still(1), 12), picture[:, :, 4:16, 4:16], atol=1e-5)


def test_an_offset_moves_the_view():
    picture = torch.rand(1, 3, 20, 20)
    seen = transforms.view(picture, transforms.still(1, offset_px=2.0), 12)
    assert torch.allclose(seen, picture[:, :, 2:14, 2:14], atol=1e-5)
