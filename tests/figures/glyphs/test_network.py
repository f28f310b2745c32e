"""The network: named layers, their pre-activations, and exact folding."""

import pytest
import torch

from figures.glyphs.network import LAYERS, Glyphs, fold, initialise


@pytest.fixture
def network():
    """Untrained, with batch-norm statistics and gains that are not the defaults."""
    torch.manual_seed(0)
    net = initialise(Glyphs(), seed=0)
    for module in net.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.running_mean.normal_(std=0.2)
            module.running_var.uniform_(0.5, 2.0)
            module.weight.data.uniform_(0.5, 2.0)
            module.bias.data.normal_(std=0.2)
    return net.eval()


def outputs(net, names, images):
    """Return {module name: output} of one forward pass."""
    seen = {}
    modules = dict(net.named_modules())
    hooks = [
        modules[name].register_forward_hook(lambda _m, _i, output, name=name: seen.__setitem__(name, output))
        for name in names
    ]
    with torch.no_grad():
        net(images)
    for hook in hooks:
        hook.remove()
    return seen


@pytest.mark.parametrize("folded", [False, True])
def test_every_layer_rectifies_its_complete_pre_activation(network, folded):
    net = fold(network) if folded else network
    names = [f"{name}{part}" for name in LAYERS for part in ("", ".pre")]
    seen = outputs(net, names, torch.rand(2, 3, 64, 64))
    for name, channels in LAYERS.items():
        pre, post = seen[f"{name}.pre"], seen[name]
        assert pre.shape[:2] == (2, channels)
        assert pre.min() < 0
        assert torch.equal(post, pre.relu())


def test_layers_have_the_documented_sizes(network):
    seen = outputs(network, LAYERS, torch.rand(1, 3, 64, 64))
    sizes = {name: tuple(output.shape[2:]) for name, output in seen.items()}
    assert sizes == {
        "conv1": (64, 64),
        "conv2": (32, 32),
        "mixed3a": (16, 16),
        "mixed3b": (16, 16),
        "mixed4a": (8, 8),
        "mixed4b": (8, 8),
    }


def test_heads_answer_by_name(network):
    logits = network(torch.rand(3, 3, 64, 64))
    assert {name: tuple(x.shape) for name, x in logits.items()} == {"shape": (3, 16), "texture": (3, 16)}


def test_folding_is_exact_and_leaves_the_original_alone(network):
    images = torch.rand(4, 3, 64, 64)
    folded = fold(network)
    assert not any(isinstance(m, torch.nn.BatchNorm2d) for m in folded.modules())
    assert any(isinstance(m, torch.nn.BatchNorm2d) for m in network.modules())
    for head, logits in network(images).items():
        torch.testing.assert_close(folded(images)[head], logits, rtol=1e-4, atol=1e-4)


def test_a_folded_network_is_rebuilt_from_its_configuration(network):
    folded = fold(network)
    again = Glyphs(**folded.config)
    again.load_state_dict(folded.state_dict())
    images = torch.rand(2, 3, 64, 64)
    assert torch.equal(again.eval()(images)["shape"], folded(images)["shape"])


def test_the_first_convolution_starts_small():
    net = initialise(Glyphs(), seed=3)
    other = initialise(Glyphs(), seed=3)
    ordinary = initialise(Glyphs(), seed=3, conv1_gain=1.0)
    first, plain = net.conv1.affine.conv.weight, ordinary.conv1.affine.conv.weight
    assert torch.equal(first, other.conv1.affine.conv.weight)
    torch.testing.assert_close(first * 10, plain)
