"""What a page cannot compute is told by its layer."""

import pytest
from torch import nn

from figures.methods.exported.exported import exported
from tests.figures import small_networks


def gated() -> nn.Module:
    return nn.Sequential(nn.Conv2d(3, 2, 3), nn.Sigmoid(), nn.Flatten(), nn.Linear(72, 2))


def test_a_layer_that_a_page_has_not_is_named():
    with pytest.raises(ValueError, match=r"gated-0: 1 is a Sigmoid, which a page cannot compute \(it can: Conv2d"):
        exported(small_networks.model(gated), ("logits",))
