"""Networks of torchvision and timm: their cards, their layers, and their random weights."""

from __future__ import annotations

import dataclasses
import json
import sys
from pathlib import Path

import pytest
import torch
import torchvision

from figures import cards, lab, specs
from figures.cards import Input, LayerCard
from figures.methods import activations, models, networks
from figures.methods.assembly import build, describing, literature, random
from figures.methods.assembly.blueprint import MissingWeights
from figures.methods.assembly.describing import stages
from figures.methods.receptive_field import ReceptiveField, box

SMALL = ("resnet18", "mobilenet_v2", "squeezenet1_1", "shufflenet_v2_x0_5", "densenet121")


def spec(name: str, size: int | None = None) -> specs.NetworkSpec:
    return dataclasses.replace(networks.read(name), input_size=size)


def small(name: str, size: int = 64) -> models.Model:
    return models.of(spec(f"torchvision/{name}@none", size))


@pytest.fixture(scope="module")
def resnet() -> models.Model:
    return small("resnet18")


def test_a_card_is_plain_data_in_forward_order():
    card = describing.describe(networks.read("torchvision/googlenet@none"))
    assert cards.read(json.loads(json.dumps(card.record))) == card
    assert list(card.main) == ["conv2d0", "conv2d1", "conv2d2", *literature.MIXED]
    assert card.layers["mixed3b"] == LayerCard(
        "inception3b", 480, 28, 28, receptive_field=(59, 8, -23), rectified=True, pre=True
    )
    assert card.aliases["inception3b"] == "mixed3b"
    assert card.layers["mixed4a_3x3"].channels == 208
    assert card.heads["logits"][:2] == ("tench", "goldfish")
    assert card.input == Input(224, 3, (0.5,) * 3, (0.5,) * 3)
    assert (card.random, card.weights.kind) == (True, "none")


@pytest.mark.parametrize(
    ("name", "layout", "expected"),
    [
        ("vit_b_16", "tokens", {"encoder.layers.encoder_layer_3": (768, 14, 1), "conv_proj": (768, 14, 0)}),
        ("swin_t", "map-last", {"features.0": (96, 56, 0), "features.3": (192, 28, 0), "features.7": (768, 7, 0)}),
        ("maxvit_t", "map", {"stem": (64, 112, 0), "blocks.1": (128, 28, 0)}),
        ("convnext_tiny", "map", {"features.1": (96, 56, 0), "features.7": (768, 7, 0)}),
        ("inception_v3", "map", {"Mixed_5b": (256, 35, 0), "Mixed_7c": (2048, 8, 0)}),
    ],
)
def test_layers_of_every_layout_are_found(name, layout, expected):
    card = describing.describe(networks.read(f"torchvision/{name}@none"))
    found = {layer: card.layers[layer] for layer in expected}
    assert {layer: (one.channels, one.height, one.prefix) for layer, one in found.items()} == expected
    assert layout in {one.layout for one in found.values()}
    assert set(card.main) >= set(expected)
    assert len(card.heads["logits"]) == 1000


@pytest.mark.parametrize(
    ("name", "aliases"),
    [
        ("alexnet", {"conv1": "features.1", "conv5": "features.11", "fc6": "classifier.2", "fc8": "classifier.6"}),
        ("vgg11", {"conv1_1": "features.1", "conv3_2": "features.9", "conv5_2": "features.19", "fc7": "classifier.4"}),
        ("vgg16_bn", {"conv1_2": "features.5", "conv5_3": "features.42", "pool5": "features.43"}),
    ],
)
def test_papers_name_layers_with_their_rectifiers(name, aliases):
    card = describing.describe(networks.read(f"torchvision/{name}@none"))
    assert {alias: card.layers[alias].module for alias in aliases} == aliases
    convolutions = [layer for alias, layer in card.layers.items() if alias.startswith("conv")]
    assert all(layer.rectified for layer in convolutions)
    pools = [layer.module for alias, layer in card.layers.items() if alias.startswith("pool")]
    network = random.unfilled(networks.blueprint(networks.read(f"torchvision/{name}@none")).build)
    assert {type(network.get_submodule(pool)) for pool in pools} == {torch.nn.MaxPool2d}


def test_every_alias_of_the_literature_leads_to_a_layer():
    for name in ("googlenet", "alexnet", "vgg11", "vgg13_bn", "vgg19"):
        layers = build.anatomy_of(networks.read(f"torchvision/{name}@none")).layers
        assert [alias for alias, path in literature.aliases(name) if path not in layers] == []
        assert len({alias for alias, _ in literature.aliases(name)}) == len(literature.aliases(name))


def test_both_names_of_a_layer_are_one(resnet):
    vgg = small("vgg11")
    assert vgg.unit("features.1:3") == vgg.unit("conv1_1:3")
    assert str(vgg.unit("features.1.pre:3@2,2-")) == "conv1_1.pre:3@2,2-"
    assert vgg.receptive_field("features.1") == vgg.receptive_field("conv1_1") == ReceptiveField(3, 1, -1)
    with pytest.raises(ValueError, match="no layer 'conv11_1'; did you mean 'conv1_1'"):
        vgg.unit("conv11_1:0")
    assert resnet.main == ("conv1", "layer1", "layer2", "layer3", "layer4")


@pytest.mark.parametrize("name", SMALL)
def test_fields_match_the_gradient(name):
    """Where maps are pooled by averages, pixels that move the middle position fill its field to the last."""
    model = small(name, 96)
    network = model.network
    for path, module in network.named_modules():
        if isinstance(module, torch.nn.MaxPool2d):
            pool = torch.nn.AvgPool2d(module.kernel_size, module.stride, module.padding, module.ceil_mode)
            network.get_submodule(path.rpartition(".")[0]).add_module(path.rpartition(".")[2], pool)
    layers = [layer for layer in model.main if model.receptive_field(layer).size_px < 64][:3]
    assert layers
    image = torch.rand(1, 3, 96, 96, requires_grad=True)
    maps = activations.read(model, image, layers)
    for layer in layers:
        (y, x), field = activations.center(model, layer), model.receptive_field(layer)
        (gradient,) = torch.autograd.grad(maps[layer][0, :, y, x].sum(), image, retain_graph=True)
        assert box(gradient) == ((field.first_px(y), field.first_px(y) + field.size_px - 1),) * 2, layer


@pytest.mark.parametrize("name", ["resnet18", "densenet121", "shufflenet_v2_x0_5"])
def test_layers_are_read_as_the_whole_network_answers(name):
    model, images = small(name), torch.rand(2, 3, 64, 64)
    inner = model.network.inner
    whole = {}
    handles = [
        inner.get_submodule(layer).register_forward_hook(lambda _m, _i, out, n=layer: whole.__setitem__(n, out.clone()))
        for layer in model.main
    ]
    logits = model.network(images)
    for handle in handles:
        handle.remove()
    found = activations.read(model, images, [*model.main, "logits"], pre=False)
    for layer in model.main:
        assert torch.allclose(found[layer], whole[layer], atol=1e-5), layer
    assert torch.allclose(found["logits"][:, :, 0, 0], logits, atol=1e-4)


def test_residual_blocks_are_read_before_their_last_rectifier(resnet):
    found = activations.read(resnet, torch.rand(1, 3, 64, 64), ["layer2.0", "layer2.0.pre", "layer2"], pre=False)
    assert found["layer2.0.pre"].min() < 0
    assert torch.equal(found["layer2.0"], found["layer2.0.pre"].relu())


def test_gates_of_squeeze_and_excitation_do_not_widen():
    model = small("mobilenet_v3_small")
    assert [model.receptive_field(f"features.{i}").size_px for i in range(4)] == [3, 7, 15, 31]


def test_random_weights_are_drawn_from_their_seed(resnet):
    state = torch.random.get_rng_state()
    again = build.build(dataclasses.replace(resnet.spec, name="another name")).state_dict()
    other = models.untrained(resnet, seed=1)
    assert torch.equal(torch.random.get_rng_state(), state)
    own = resnet.network.state_dict()
    assert all(torch.equal(again[name], tensor) for name, tensor in own.items())
    assert not torch.allclose(other.network.inner.conv1.weight, own["inner.conv1.weight"])
    assert other.digest != resnet.digest == models.of(resnet.spec).digest
    assert other.name == "torchvision/resnet18-untrained"
    assert other.random


def test_random_weights_are_scaled_by_their_inputs(resnet):
    weight = resnet.network.inner.get_submodule("layer2.1.conv1").weight
    assert weight.std().item() == pytest.approx((2 / (128 * 9)) ** 0.5, rel=0.02)
    norm = resnet.network.inner.get_submodule("layer2.1.bn1")
    assert torch.equal(norm.weight, torch.ones(128))
    assert not resnet.network.inner.fc.bias.any()


def test_only_what_a_network_would_draw_is_drawn():
    class Scaled(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.scale = torch.nn.Parameter(torch.full((4,), 1e-6))
            self.token = torch.nn.Parameter(torch.empty(1, 64, 64))
            torch.nn.init.trunc_normal_(self.token, std=5)
            self.norm = torch.nn.LayerNorm(4)

    one, same = random.drawn(Scaled, 3), random.drawn(Scaled, 3)
    assert torch.equal(one.scale, torch.full((4,), 1e-6))
    assert torch.equal(one.norm.weight, torch.ones(4))
    assert one.token.std().item() == pytest.approx(0.02, rel=0.1)
    assert torch.equal(one.token, same.token)
    assert not torch.equal(one.token, random.drawn(Scaled, 4).token)


def test_the_input_of_googlenet_is_what_torchvision_makes_of_it():
    """Torchvision maps images from ImageNet's norm to [-1, 1] inside the network; we do it before."""
    model = models.of(spec("torchvision/googlenet@none", 64))
    theirs = torchvision.models.googlenet(
        weights=None, transform_input=True, aux_logits=True, init_weights=False
    ).eval()
    theirs.load_state_dict(model.network.inner.state_dict(), strict=False)
    images = torch.rand(2, 3, 64, 64)
    preset = torchvision.models.GoogLeNet_Weights.DEFAULT.transforms()
    normal = torchvision.transforms.functional.normalize(images, preset.mean, preset.std)
    assert torch.allclose(model.network(images), theirs(normal), atol=1e-4)


def test_weights_are_read_from_the_cache_of_torch(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    name = networks.read("torchvision/squeezenet1_1")
    with pytest.raises(MissingWeights, match="run `microscribe models pull torchvision/squeezenet1_1`"):
        models.of(name)
    assert describing.describe(name, weights=False).digest == ""
    file = networks.blueprint(name).file
    assert file.parent == tmp_path / "hub" / "checkpoints" == Path(torch.hub.get_dir()) / "checkpoints"
    file.parent.mkdir(parents=True)
    network = torchvision.models.squeezenet1_1(weights=None)
    torch.save(network.state_dict(), file)
    model = models.of(name)
    assert (model.random, model.card.weights.file) == (False, str(file))
    assert len(model.card.weights.sha256) == 64
    assert torch.equal(model.network.inner.features[0].weight, network.features[0].weight)
    assert model.digest != models.of(networks.read("torchvision/squeezenet1_1@none")).digest


def test_auxiliary_classifiers_of_a_checkpoint_are_left_out(tmp_path):
    full = random.unfilled(lambda: torchvision.models.googlenet(weights=None, aux_logits=True, init_weights=False))
    torch.save({name: torch.zeros_like(one) for name, one in full.state_dict().items()}, tmp_path / "g.pth")
    network = build.build(networks.read(f"torchvision/googlenet@{tmp_path / 'g.pth'}"))
    assert not network.inner.conv1.conv.weight.any()


def test_classes_of_a_table_decide_how_many_there_are(tmp_path):
    table = {"mine": {"factory": "torchvision/resnet18", "weights": "none", "classes": ["cat", "dog"]}}
    with lab.using(lab.Lab(site=specs.Site(tmp_path, table))):
        model = models.load("mine")
    assert model.heads == {"logits": ("cat", "dog")}
    assert model.label(model.unit("logits:1")) == "dog"


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("torchvision/googlnet", "torchvision has no network 'googlnet'; did you mean 'googlenet'"),
        ("torchvision/vgg11@IMAGENET1K_V9", "did you mean 'IMAGENET1K_V1'"),
        ("torchvision/deeplabv3_resnet50", "torchvision has no network"),
    ],
)
def test_a_wrong_network_names_the_nearest(name, message):
    with pytest.raises(ValueError, match=message):
        models.load(name)


def test_images_that_do_not_fit_are_said_to(tmp_path):
    table = {"odd": {"factory": "torchvision/vit_b_32", "weights": "none", "input_size": 50}}
    with pytest.raises(ValueError, match="odd: .*divisible by patch size"):
        describing.describe(networks.read("odd", specs.Site(tmp_path, table)))
    grey = {"grey": {"factory": "torchvision/resnet18", "weights": "none", "channels": 1}}
    with pytest.raises(ValueError, match="grey: 1 channels; networks of torchvision take 3"):
        describing.describe(networks.read("grey", specs.Site(tmp_path, grey)))


def test_stages_are_opened_until_there_are_enough(resnet):
    layers = resnet.anatomy.layers
    assert stages(layers) == ["conv1", "layer1", "layer2", "layer3", "layer4"]
    inside = {name: layer for name, layer in layers.items() if name.startswith("layer3")}
    assert stages(inside)[:2] == ["layer3.0.conv1", "layer3.0.conv2"]


def test_without_timm_a_message_says_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "timm", None)
    with pytest.raises(ValueError, match=r"pip install 'microscribe\[timm\]'"):
        models.load("timm/resnet18@none")


class TestTimm:
    """Networks of timm, where it is installed."""

    @pytest.fixture(autouse=True)
    def _timm(self):
        pytest.importorskip("timm")

    def test_a_transformer_reads_as_maps(self):
        model = models.of(spec("timm/vit_tiny_patch16_224@none"))
        assert model.part("blocks.3").layout == "tokens"
        assert (model.part("blocks.3").prefix, model.main[0]) == (1, "patch_embed")
        maps = activations.read(model, torch.rand(1, 3, 224, 224), ["blocks.0"])["blocks.0"]
        assert maps.shape == (1, 192, 14, 14)

    def test_other_numbers_of_channels(self, tmp_path):
        table = {"bands": {"factory": "timm/resnet18", "weights": "none", "channels": 5, "input_size": 64}}
        model = models.of(networks.read("bands", specs.Site(tmp_path, table)))
        assert activations.read(model, torch.rand(1, 5, 64, 64), ["layer1"])["layer1"].shape == (1, 64, 16, 16)
        with pytest.raises(ValueError, match="images of 3 channels; expected 1 or 5"):
            activations.read(model, torch.rand(1, 3, 64, 64), ["layer1"])

    @pytest.mark.parametrize(
        ("name", "message"),
        [
            ("timm/resnt18", "timm has no network 'resnt18'; did you mean 'resnet18'"),
            ("timm/resnet18@a1_in2k", "did you mean 'a1_in1k'"),
        ],
    )
    def test_a_wrong_name_names_the_nearest(self, name, message):
        with pytest.raises(ValueError, match=message):
            models.load(name)

    def test_missing_weights_are_not_fetched(self):
        with pytest.raises(MissingWeights, match="run `microscribe models pull timm/test_resnet@r160_in1k`"):
            models.load("timm/test_resnet@r160_in1k")
