"""What cannot be cut is watched while it runs."""

from __future__ import annotations

import torch

from figures.methods import activations
from figures.methods.insides.watching import Watched
from tests.figures.methods.insides.toy_networks import SIZE, hooked


def test_its_layers_are_found(deciding):
    body = deciding.anatomy
    assert "control flow" in body.trouble
    assert list(body.layers) == ["conv", "relu", "body", "act.0", "act.1", "act", "head"]
    assert body.heads == {"logits": 3}
    assert body.layers["act"].rectified
    assert not body.layers["conv"].rectified


def test_its_receptive_fields_are_measured(deciding):
    fields = {name: layer.receptive_field for name, layer in deciding.anatomy.layers.items()}
    assert [fields[name].size_px for name in ("conv", "body", "act")] == [5, 9, 9]
    assert [(fields[name].stride_px, fields[name].start_px) for name in ("conv", "body")] == [(2, -2), (4, -4)]
    assert fields["head"].size_px == SIZE


def test_its_layers_are_read(deciding, images):
    whole = hooked(deciding.network, images)
    found = activations.read(deciding, images, ["conv", "relu", "body", "act", "logits"], pre=False)
    for name in ("conv", "relu", "body", "act"):
        assert torch.allclose(found[name], whole[name], atol=1e-6), name
    assert torch.allclose(found["logits"][:, :, 0, 0], whole["logits"], atol=1e-6)


def test_what_enters_its_rectifiers_is_read(deciding, images):
    before, after = (activations.read(deciding, images, ["relu", "act"], pre=pre) for pre in (True, False))
    for name in before:
        assert before[name].min() < 0
        assert torch.equal(before[name].relu(), after[name])


def test_a_network_runs_no_further_than_needed(deciding, images):
    ran = []
    handle = deciding.network.head.register_forward_hook(lambda *_: ran.append(1))
    reader = Watched(deciding.network, [("conv", False)], ["logits"])
    reader(images)
    assert not ran
    Watched(deciding.network, [("logits", False)], ["logits"])(images)
    handle.remove()
    assert ran == [1]
    assert not any(module._forward_hooks for module in deciding.network.modules())
