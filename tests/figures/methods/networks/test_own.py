"""Networks that a site brings along: its factory, its weights, its names."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import save_file

from figures import specs
from figures.methods import activations
from figures.methods.assembly import checkpoints
from tests.figures.methods.own_networks import FACTORY, PARTS, TABLE, load, written


@pytest.fixture
def site(tmp_path: Path) -> specs.Site:
    return written(tmp_path)


def test_a_factory_with_its_weights_is_a_network_like_any_other(site):
    model = load(site)
    assert model.main == ("early", "late")
    assert model.layers["late"] == 6
    assert model.heads == {"logits": ("no", "yes")}
    assert (model.input_size, model.channels) == (24, 1)
    assert model.unit("1:5") == model.unit("late:5")
    assert model.network.inner[4].weight.unique().tolist() == [0.125]
    assert activations.activations(model, torch.rand(2, 3, 24, 24), "late").shape == (2, 6, 6, 6)


def test_images_are_normalised_as_the_table_says(site):
    model = load(site)
    weight = torch.full((4, 1, 3, 3), 0.125)
    grey = torch.rand(1, 1, 24, 24)
    expected = torch.nn.functional.conv2d((grey - 0.5) / 0.25, weight, torch.full((4,), 0.125), 2, 1)
    assert torch.allclose(activations.activations(model, grey, "early"), expected, atol=1e-6)


def test_all_that_decides_the_network_decides_its_digest(site, tmp_path):
    digests = [load(site).digest, load(site, "own@none").digest]
    changed = specs.Site(tmp_path, {"own": {**TABLE, "mean": 0.4}})
    digests.append(load(changed).digest)
    (tmp_path / "ownlib" / "parts.py").write_text(PARTS.replace("nn.ReLU(inplace=True)", "nn.ReLU()"))
    digests.append(load(site).digest)
    state = checkpoints.read(tmp_path / "nets/a.safetensors")
    save_file({name: tensor + 1 for name, tensor in state.items()}, tmp_path / "nets/a.safetensors")
    digests.append(load(site).digest)
    assert len(set(digests)) == len(digests)
    assert load(site).digest == digests[-1]


def test_the_folder_of_a_site_does_not_count(tmp_path):
    assert load(written(tmp_path / "here")).digest == load(written(tmp_path / "there")).digest


def test_code_that_changes_is_imported_anew(site, tmp_path):
    assert load(site, "own@none").layers["late"] == 6
    (tmp_path / "ownlib" / "parts.py").write_text(PARTS.replace("outputs, 3, 2", "2 * outputs, 3, 2"))
    (tmp_path / "ownnets.py").write_text(FACTORY.replace("conv(4, 6)", "conv(8, 6)").replace("Linear(6", "Linear(12"))
    assert load(site, "own@none").layers["late"] == 12


def test_two_sites_may_name_their_modules_alike(tmp_path):
    one, other = written(tmp_path / "one"), written(tmp_path / "other", channels=9)
    assert [load(site, "own@none").layers["late"] for site in (one, other, one)] == [6, 9, 6]
    assert str(tmp_path) not in " ".join(sys.path)


def test_random_weights_are_those_of_the_factory(site):
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        expected = torch.nn.Conv2d(1, 4, 3).weight
    assert torch.equal(load(site, "own@none").network.inner[0][0].weight, expected)


@pytest.mark.parametrize(
    ("factory", "message"),
    [
        ("ownnet:net", "own: no module 'ownnet' in .*; did you mean 'ownnets'"),
        ("ownnets:nett", "own: ownnets has no function 'nett'; did you mean 'net'"),
        ("ownnets:number", "own: ownnets:number returned int; expected a torch.nn.Module"),
        ("ownnets:broken", "own: ownnets:broken failed: KeyError: 'width'"),
    ],
)
def test_a_wrong_factory_names_what_was_expected(site, tmp_path, factory, message):
    with pytest.raises(ValueError, match=message):
        load(specs.Site(tmp_path, {"own": {**TABLE, "factory": factory}}))


def test_code_that_is_not_python_is_named_with_its_line(site, tmp_path):
    (tmp_path / "ownlib" / "parts.py").write_text("def conv(:\n")
    with pytest.raises(ValueError, match=r"parts\.py:1: not valid Python"):
        load(site)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ({"aliases": {"early": "9"}}, "own: alias early = '9': no such layer"),
        ({"aliases": {"1": "0"}}, "there is a layer of that name"),
        ({"mean": [0.1, 0.2]}, "own: 2 numbers in mean; expected 1 or 1"),
        ({"channels": 3}, "own: does not take images of 3 x 24 x 24"),
        ({"weights": "nets/b.pt"}, "own: no weights at"),
    ],
)
def test_a_wrong_setting_names_what_was_expected(site, tmp_path, setting, message):
    with pytest.raises(ValueError, match=message):
        load(specs.Site(tmp_path, {"own": {**TABLE, **setting}}))


@pytest.mark.parametrize("wrap", [
    "nn.DataParallel(nn.DataParallel({}))", "compiled({})", "torch.optim.swa_utils.AveragedModel({})", "{}.half()",
])  # fmt: skip
def test_a_network_is_taken_out_of_what_wraps_it(tmp_path, wrap):
    site = written(tmp_path)
    with (tmp_path / "ownnets.py").open("a") as file:
        file.write("import torch\n\ndef compiled(own):\n    return nn.ModuleDict({'_orig_mod': own})\n\n")
        file.write(f"def wrapped():\n    return {wrap.format('net()')}\n")
    wrapped = load(specs.Site(tmp_path, {"own": {**TABLE, "factory": "ownnets:wrapped"}}))
    assert wrapped.layers == load(site).layers
    assert next(wrapped.network.parameters()).dtype == torch.float32


@pytest.mark.parametrize(
    ("made", "message"),
    [
        ("net().to('meta')", "without numbers, on the meta device"),
        ("nn.Sequential(torch.ao.nn.quantized.Quantize(0.1, 0, torch.quint8))", "a quantised network"),
        ("torch.export.export(net(), (torch.zeros(1, 1, 24, 24),)).module()", "an exported program"),
    ],
)
def test_what_cannot_be_looked_into_is_told(tmp_path, made, message):
    written(tmp_path)
    with (tmp_path / "ownnets.py").open("a") as file:
        file.write(f"import torch\n\ndef odd():\n    return {made}\n")
    with pytest.raises(ValueError, match=f"ownnets:odd returned .*{message}"):
        _ = load(specs.Site(tmp_path, {"own": {**TABLE, "factory": "ownnets:odd", "weights": "none"}})).network


def test_a_lazy_network_has_its_first_image(tmp_path):
    written(tmp_path)
    with (tmp_path / "ownnets.py").open("a") as file:
        file.write("def lazy():\n    return nn.Sequential(nn.LazyConv2d(5, 3), nn.Flatten(), nn.LazyLinear(2))\n")
    own = load(specs.Site(tmp_path, {"own": {**TABLE, "factory": "ownnets:lazy", "weights": "none", "aliases": {}}}))
    assert own.layers["0"] == 5


def test_torchscript_has_no_layers_to_read(tmp_path):
    written(tmp_path)
    with (tmp_path / "ownnets.py").open("a") as file:
        file.write("import torch\n\ndef scripted():\n    return torch.jit.script(nn.Sequential(nn.Conv2d(1, 2, 3)))\n")
    with pytest.raises(ValueError, match="ownnets:scripted returned TorchScript, whose layers cannot be read"):
        load(specs.Site(tmp_path, {"own": {**TABLE, "factory": "ownnets:scripted", "weights": "none"}}))
