"""A network in two halves answers as it did whole."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from figures.methods.insides import graphs, halves
from tests.figures.small_networks import convolutional, picture


class Passing(nn.Module):
    """A network whose middle layer is passed by twice: a sum, and a scale that the first layer decides."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.middle = nn.Conv2d(3, 4, 3, padding=1), nn.Conv2d(4, 4, 3, padding=1)
        self.norm, self.last = nn.BatchNorm2d(4), nn.Linear(4, 2)

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        first = torch.relu(self.first(x))
        both = (first + self.norm(self.middle(first))) * first.mean(dim=(2, 3), keepdim=True).sigmoid()
        return {"one": self.last(both.mean(dim=(2, 3))), "early": first.mean(dim=(2, 3))}


@pytest.mark.parametrize(("make", "layer", "head"), [(convolutional, "1", "logits"), (Passing, "middle", "one")])
def test_halves_give_what_the_whole_gives(make, layer, head):
    network, images = make().eval(), torch.stack([picture(1), picture(2)])
    both = halves.split(graphs.trace(network), layer, head)
    output, *passing = both.enter(images)
    answer = network(images)
    assert len(passing) == (2 if make is Passing else 0)
    assert torch.allclose(both.go_on(output, tuple(passing)), answer[head] if isinstance(answer, dict) else answer)
    assert not torch.allclose(both.go_on(output + 1, tuple(passing)), answer[head] if make is Passing else answer)


def test_a_head_that_does_not_depend_on_the_layer_is_told():
    with pytest.raises(ValueError, match="early does not depend on middle"):
        halves.split(graphs.trace(Passing().eval()), "middle", "early")
