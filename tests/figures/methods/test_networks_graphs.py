"""Any layer of any network: read as hooks on the whole network would, and no further than needed."""

from __future__ import annotations

import pytest
import torch
from torch import nn
from torch.nn import functional as F

from figures.methods import activations, models
from figures.methods.insides.anatomy import examine
from figures.methods.insides.watching import Watched, observed

SIZE = 16


class Block(nn.Module):
    """A residual block that writes in place wherever it can, and calls one rectifier twice."""

    def __init__(self):
        super().__init__()
        self.one, self.two, self.relu = nn.Conv2d(4, 4, 3, 1, 1), nn.Conv2d(4, 4, 3, 1, 1), nn.ReLU(inplace=True)

    def forward(self, x):
        out = self.two(self.relu(self.one(x)))
        out += x
        return self.relu(out)


class Mixed(nn.Module):
    """Branches that are rectified before they are joined, one of them by a function."""

    def __init__(self):
        super().__init__()
        self.ones, self.threes = nn.Sequential(nn.Conv2d(4, 3, 1), nn.ReLU()), nn.Conv2d(4, 5, 3, 1, 1)

    def forward(self, x):
        return torch.cat([self.ones(x), F.relu(self.threes(x), inplace=True)], 1)


class Tokens(nn.Module):
    """A transformer block behind a class token."""

    def __init__(self):
        super().__init__()
        self.token = nn.Parameter(torch.randn(1, 1, 8))
        self.attend, self.norm = nn.MultiheadAttention(8, 2, batch_first=True), nn.LayerNorm(8)
        self.mlp = nn.Sequential(nn.Linear(8, 12), nn.GELU(), nn.Linear(12, 8))

    def forward(self, x):
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x.flatten(2).transpose(1, 2)], dim=1)
        return x + self.mlp(self.norm(x + self.attend(x, x, x, need_weights=False)[0]))


class Toy(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem, self.block, self.mixed = nn.Conv2d(2, 4, 3, 2, 1), Block(), Mixed()
        self.last = nn.Sequential(nn.LayerNorm(8), nn.SiLU())
        self.tokens, self.head = Tokens(), nn.Linear(8, 3)

    def forward(self, x):
        x = self.mixed(self.block(self.stem(x)))
        x = self.last(x.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        return self.head(self.tokens(x)[:, 0])


class Deciding(nn.Module):
    """A network whose graph cannot be written down, as it looks at its numbers."""

    def __init__(self):
        super().__init__()
        self.conv, self.relu, self.body = nn.Conv2d(2, 4, 5, 2, 2), nn.ReLU(inplace=True), nn.Conv2d(4, 8, 3, 2, 1)
        self.act, self.head = nn.Sequential(nn.BatchNorm2d(8), nn.ReLU(inplace=True)), nn.Linear(8, 3)

    def forward(self, x):
        x = self.relu(self.conv(x))
        x = self.act(self.body(x if x.sum() > 0 else -x))
        return self.head(x.mean(dim=(2, 3)))


def model(make: type[nn.Module]) -> models.Model:
    torch.manual_seed(0)
    network = make().eval()
    return models.made(make.__name__, lambda: network, size_px=SIZE, channels=2)


def _looked_into(network: nn.Module):
    try:
        return examine(network, SIZE, 2)
    except ValueError as error:
        return observed(network, SIZE, 2, str(error))


@pytest.fixture(scope="module")
def toy() -> models.Model:
    return model(Toy)


@pytest.fixture(scope="module")
def deciding() -> models.Model:
    return model(Deciding)


@pytest.fixture(scope="module")
def images() -> torch.Tensor:
    return torch.rand(3, 2, SIZE, SIZE, generator=torch.Generator().manual_seed(1))


def hooked(network: nn.Module, images: torch.Tensor) -> dict[str, torch.Tensor]:
    """Return what every module answers when the whole network runs, copied at once; the last call counts."""
    found = {}
    handles = [
        module.register_forward_hook(lambda _m, _i, out, n=name: found.__setitem__(n, _tensor(out).clone()))
        for name, module in network.named_modules()
        if name
    ]
    with torch.no_grad():
        found["logits"] = network(images)
    for handle in handles:
        handle.remove()
    return found


def _tensor(output):
    return output[0] if isinstance(output, tuple) else output


def as_maps(output: torch.Tensor, layout: str) -> torch.Tensor:
    if layout == "tokens":
        return output[:, -64:].transpose(1, 2).reshape(len(output), -1, 8, 8)
    if layout == "vector":
        return output[:, :, None, None]
    return output.permute(0, 3, 1, 2) if layout == "map-last" else output


def test_layers_come_in_forward_order_with_their_layouts(toy):
    found = {name: (layer.layout, layer.prefix) for name, layer in toy.anatomy.layers.items()}
    assert list(found)[:5] == ["stem", "block.one", "block.relu", "block.two", "block.relu_1"]
    assert (found["block"], found["mixed"]) == (("map", 0), ("map", 0))
    assert (found["last"], found["last.0"]) == (("map-last", 0), ("map-last", 0))
    assert (found["tokens.mlp"], found["tokens.attend"]) == (("tokens", 1), ("tokens", 1))
    assert found["head"] == ("vector", 0)
    sizes = [(layer.channels, layer.height, layer.width) for layer in toy.anatomy.layers.values()]
    assert set(sizes) == {(4, 8, 8), (3, 8, 8), (5, 8, 8), (8, 8, 8), (12, 8, 8), (3, 1, 1)}


def test_a_part_of_the_network_answers_as_the_whole_does(toy, images):
    whole = hooked(toy.network, images)
    layers = [name for name in toy.layers if not name.startswith("block.")]
    found = activations.read(toy, images, [*layers, "logits"], pre=False)
    for name in layers:
        assert torch.allclose(found[name], as_maps(whole[name], toy.part(name).layout), atol=1e-6), name
    assert torch.allclose(found["logits"][:, :, 0, 0], whole["logits"], atol=1e-6)


def test_what_is_written_in_place_can_be_read_before(toy, images):
    block = toy.network.block
    found = activations.read(toy, images, ["stem", "block.one", "block.relu", "block.two", "block.relu_1"], pre=False)
    with torch.no_grad():
        one = F.conv2d(found["stem"], block.one.weight, block.one.bias, padding=1)
        two = F.conv2d(one.relu(), block.two.weight, block.two.bias, padding=1)
    expected = {"block.one": one, "block.relu": one.relu(), "block.two": two}
    for name, maps in {**expected, "block.relu_1": (two + found["stem"]).relu()}.items():
        assert torch.allclose(found[name], maps, atol=1e-6), name
    assert found["block.one"].min() < 0


@pytest.mark.parametrize("layer", ["block", "block.relu", "mixed", "mixed.ones"])
def test_before_a_rectifier_is_what_it_rectifies(toy, images, layer):
    found = activations.read(toy, images, [layer, f"{layer}.pre"], pre=False)
    assert toy.part(layer).rectified
    assert found[f"{layer}.pre"].min() < 0
    assert torch.equal(found[layer], found[f"{layer}.pre"].relu())
    assert torch.equal(activations.read(toy, images, [layer])[layer], found[f"{layer}.pre"])


def test_before_another_nonlinearity_is_read_only_by_name(toy, images):
    found = activations.read(toy, images, ["last", "last.pre", "last.0"])
    assert toy.part("last").pre
    assert not toy.part("last").rectified
    assert torch.allclose(found["last"], F.silu(found["last.pre"]))
    assert torch.equal(found["last.pre"], found["last.0"])


def test_there_is_nothing_before_a_layer_without_a_nonlinearity(toy):
    with pytest.raises(ValueError, match=r"stem of Toy ends in no nonlinearity: there is no stem\.pre"):
        toy.unit("stem.pre:0")


def test_layers_behind_do_not_run(toy, images):
    ran = []
    leaves = [module for module in toy.network.modules() if not list(module.children())]
    handles = [one.register_forward_hook(lambda module, *_: ran.append(module)) for one in leaves]
    activations.read(toy, images, ["block"])
    for handle in handles:
        handle.remove()
    assert ran == [toy.network.stem, toy.network.block.one, toy.network.block.relu, toy.network.block.two]


def test_readings_pass_gradients_to_the_image(toy, images):
    image = images.clone().requires_grad_()
    activations.read(toy, image, ["tokens.mlp"])["tokens.mlp"].sum().backward()
    assert image.grad.abs().sum() > 0


def test_other_sizes_than_the_networks_own_can_be_read(toy):
    assert activations.read(toy, torch.rand(1, 2, 24, 24), ["mixed"])["mixed"].shape == (1, 8, 12, 12)
    assert activations.read(toy, torch.rand(1, 2, 24, 24), ["tokens.mlp"])["tokens.mlp"].shape == (1, 8, 12, 12)


def test_attention_sees_the_whole_image(toy):
    fields = {name: toy.receptive_field(name) for name in ("stem", "block", "tokens.attend", "tokens", "head")}
    assert [field.size_px for field in fields.values()] == [3, 11, SIZE, SIZE, SIZE]
    assert [field.stride_px for field in fields.values()] == [2, 2, 2, 2, SIZE]
    assert activations.center(toy, "tokens") == (4, 4)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("blok:0", "Toy has no layer 'blok'; did you mean 'block'"),
        ("block.relu_2:0", "did you mean 'block.relu_1'"),
        ("mixed:8", "mixed of Toy has units 0 to 7"),
        ("tokens:0@8,0", "rows 0 to 7"),
    ],
)
def test_a_wrong_layer_names_the_nearest(toy, text, message):
    with pytest.raises(ValueError, match=message):
        toy.unit(text)


class TestANetworkThatDecides:
    """What cannot be cut is watched while it runs."""

    def test_its_layers_are_found(self, deciding):
        body = deciding.anatomy
        assert "control flow" in body.trouble
        assert list(body.layers) == ["conv", "relu", "body", "act.0", "act.1", "act", "head"]
        assert body.heads == {"logits": 3}
        assert body.layers["act"].rectified
        assert not body.layers["conv"].rectified

    def test_its_receptive_fields_are_measured(self, deciding):
        fields = {name: layer.receptive_field for name, layer in deciding.anatomy.layers.items()}
        assert [fields[name].size_px for name in ("conv", "body", "act")] == [5, 9, 9]
        assert [(fields[name].stride_px, fields[name].start_px) for name in ("conv", "body")] == [(2, -2), (4, -4)]
        assert fields["head"].size_px == SIZE

    def test_its_layers_are_read(self, deciding, images):
        whole = hooked(deciding.network, images)
        found = activations.read(deciding, images, ["conv", "relu", "body", "act", "logits"], pre=False)
        for name in ("conv", "relu", "body", "act"):
            assert torch.allclose(found[name], whole[name], atol=1e-6), name
        assert torch.allclose(found["logits"][:, :, 0, 0], whole["logits"], atol=1e-6)

    def test_what_enters_its_rectifiers_is_read(self, deciding, images):
        before, after = (activations.read(deciding, images, ["relu", "act"], pre=pre) for pre in (True, False))
        for name in before:
            assert before[name].min() < 0
            assert torch.equal(before[name].relu(), after[name])

    def test_it_runs_no_further_than_needed(self, deciding, images):
        ran = []
        handle = deciding.network.head.register_forward_hook(lambda *_: ran.append(1))
        reader = Watched(deciding.network, [("conv", False)], ["logits"])
        reader(images)
        assert not ran
        Watched(deciding.network, [("logits", False)], ["logits"])(images)
        handle.remove()
        assert ran == [1]
        assert not any(module._forward_hooks for module in deciding.network.modules())
