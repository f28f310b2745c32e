"""A network is written down as far as some layers need it."""

import json

import torch
from torch import nn

from figures.methods.exported.exported import exported, fewest
from tests.figures import small_networks


def test_nothing_is_written_that_a_layer_does_not_need_and_rectifiers_join_convolutions():
    model = small_networks.model(small_networks.convolutional)
    whole, first = (json.loads(str(exported(model, (layer,)).graph)) for layer in ("logits", "1"))
    assert [step["op"] for step in whole["steps"]] == ["convolution", "convolution", "mean", "linear"]
    assert [step["op"] for step in first["steps"]] == ["convolution"]
    assert first["steps"][0]["clip"] == [0.0, None]
    assert first["layers"] == {"1": 1}


class One(nn.Module):
    """A convolution whose weights cancel out, all but so large a part of them."""

    def __init__(self, part: float) -> None:
        super().__init__()
        self.own = nn.Conv2d(2, 1, 1)
        with torch.no_grad():
            self.own.weight.copy_(torch.tensor([0.7 + part, -0.7]).reshape(1, 2, 1, 1))

    def forward(self, x: torch.Tensor) -> dict[str, torch.Tensor]:
        return {"own": self.own(x.expand(-1, 2, -1, -1)) - self.own.bias.reshape(1, -1, 1, 1)}


def test_weights_get_as_few_bits_as_their_answers_allow():
    shown = torch.rand(1, 1, 4, 4)
    own = [fewest(One(part), shown) for part in (8.0, 0.5, 0.011, 1e-6)]
    assert own == sorted(own)
    assert own[0] < 16 < own[-1]
    assert own[-1] == 32
