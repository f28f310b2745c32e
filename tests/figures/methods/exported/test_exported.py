"""A network is written down as far as some layers need it."""

import json

from figures.methods.exported.exported import exported
from tests.figures import small_networks


def test_nothing_is_written_that_a_layer_does_not_need_and_rectifiers_join_convolutions():
    model = small_networks.model(small_networks.convolutional)
    whole, first = (json.loads(str(exported(model, (layer,)).graph)) for layer in ("logits", "1"))
    assert [step["op"] for step in whole["steps"]] == ["convolution", "convolution", "mean", "linear"]
    assert [step["op"] for step in first["steps"]] == ["convolution"]
    assert first["steps"][0]["clip"] == [0.0, None]
    assert first["layers"] == {"1": 1}
