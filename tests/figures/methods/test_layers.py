"""What layers are like."""

import pytest
import torch
from torch import nn

from figures.methods import layers, models


def test_a_rectifier_ends_layers_and_neither_classes_nor_what_is_before_it() -> None:
    model = models.load("glyphs")
    assert layers.rectified(model, "mixed3b")
    assert not layers.rectified(model, "shape")
    assert not layers.rectified(model, "mixed3b.pre")


@pytest.mark.parametrize(("side", "size"), [(16, (8, 8)), (20, (10, 10)), (2, (1, 1))])
def test_maps_grow_with_images(side: int, size: tuple[int, int]) -> None:
    model = models.made("halves", lambda: nn.Sequential(nn.Conv2d(3, 4, 3, 2, 1)), size_px=16, layers=["0"])
    assert layers.map_size(model, "0", side) == size


class Fixed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.conv, self.head = nn.Conv2d(3, 4, 3, 1, 1), nn.Linear(4 * 64, 2)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.head(self.conv(x).flatten(1))


def test_a_network_of_a_fixed_size_takes_no_other() -> None:
    model = models.made("fixed", Fixed, size_px=8, layers=["conv"])
    head = next(iter(model.heads))
    assert layers.map_size(model, head, 8) is not None
    assert layers.map_size(model, head, 12) is None
