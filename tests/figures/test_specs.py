"""Names of networks and data sets as authors write them, and the tables of a site."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from figures import specs
from figures.methods import networks
from figures.specs import DataSpec, Site


@pytest.fixture
def site(tmp_path: Path) -> Site:
    (tmp_path / "classes.txt").write_text("cat\n\n dog \n")
    (tmp_path / "photos").mkdir()
    (tmp_path / "shards.tar").touch()
    (tmp_path / "table.csv").touch()
    (tmp_path / "arrow").mkdir()
    (tmp_path / "arrow" / "state.json").touch()
    networks = {
        "mine": {"factory": "mymodels:net", "weights": "nets/a.pt", "classes": "classes.txt", "mean": 0.5, "seed": 3},
        "tuned": {"factory": "torchvision/resnet50", "weights": "b.safetensors", "aliases": {"stem": "conv1"}},
        "inceptionv1": {"weights": "inception5h.pth"},
    }
    datasets = {"birds": {"path": "table.csv", "images": "file", "labels": "kind", "root": "photos", "size": 96}}
    return Site(tmp_path, networks, datasets)


@pytest.mark.parametrize(
    ("text", "source", "factory", "weights"),
    [
        ("glyphs", "embedded", "glyphs", ""),
        ("glyphs-shape", "embedded", "glyphs-shape", ""),
        ("glyphs-untrained", "embedded", "glyphs", "none"),
        ("glyphs@none", "embedded", "glyphs", "none"),
        ("torchvision/googlenet", "torchvision", "googlenet", ""),
        ("torchvision/googlenet@IMAGENET1K_V1", "torchvision", "googlenet", "IMAGENET1K_V1"),
        ("torchvision/resnet50-untrained", "torchvision", "resnet50", "none"),
        ("timm/vit_tiny_patch16_224@augreg_in21k", "timm", "vit_tiny_patch16_224", "augreg_in21k"),
        ("inceptionv1@none", "inceptionv1", "inceptionv1", "none"),
        ("mine@none", "own", "mymodels:net", "none"),
        ("tuned-untrained", "torchvision", "resnet50", "none"),
    ],
)
def test_a_name_says_what_to_build(site: Site, text: str, source: str, factory: str, weights: str):
    spec = networks.read(text, site)
    assert (spec.name, spec.source, spec.factory, spec.weights) == (text, source, factory, weights)
    assert spec.random == (weights == "none")


def test_paths_of_weights_start_from_the_site(site: Site, tmp_path: Path):
    assert networks.read("inceptionv1@nets/x.pth", site).file == tmp_path / "nets" / "x.pth"
    assert networks.read("inceptionv1", site).file == tmp_path / "inception5h.pth"
    assert networks.read("mine", site).file == tmp_path / "nets" / "a.pt"
    assert networks.read("torchvision/googlenet", site).file is None


def test_a_table_describes_a_network(site: Site, tmp_path: Path):
    spec = networks.read("mine", site)
    assert spec.classes == ("cat", "dog")
    assert (spec.mean, spec.seed, spec.root) == ((0.5,), 3, tmp_path)
    assert networks.read("tuned", site).aliases == (("stem", "conv1"),)
    assert hash(spec) == hash(networks.read("mine", site))
    assert networks.names(site)[-3:] == ["inceptionv1", "mine", "tuned"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("glyps", "no network 'glyps'; did you mean 'glyphs'"),
        ("mime", "did you mean 'mine'"),
        ("torchvison/resnet18", "did you mean 'torchvision'"),
        ("torchvision/", "no network"),
        ("glyphs@V2", "one set of weights"),
        ("inceptionv1@V2", "expected none or a file that ends in .safetensors"),
        ("mine@", "after the @"),
    ],
)
def test_a_wrong_name_names_what_was_expected(site: Site, text: str, message: str):
    with pytest.raises(ValueError, match=message):
        networks.read(text, site)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"factry": "a:b"}, "models.net: no setting 'factry'; did you mean 'factory'"),
        ({}, "no factory; expected module:function"),
        ({"factory": "nothing"}, "expected module:function"),
        ({"factory": "a:b"}, "no weights"),
        ({"factory": "a:b", "weights": "none", "input_size": 0}, "input_size = 0; expected a whole number"),
        ({"factory": "a:b", "weights": "none", "std": [0.1, 0]}, "expected a number above 0"),
        ({"factory": "a:b", "weights": "none", "classes": "missing.txt"}, "classes cannot be read"),
        ({"factory": "a:b", "weights": "none", "aliases": ["conv1"]}, "expected a table"),
        ({"factory": "a:b", "weights": "V1"}, "expected none or a file"),
        ("a:b", "expected a table with factory"),
    ],
)
def test_a_wrong_table_names_what_was_expected(tmp_path: Path, table: object, message: str):
    with pytest.raises(ValueError, match=message):
        networks.read("net", Site(tmp_path, {"net": table}))


def test_the_names_of_what_is_embedded_are_taken(tmp_path: Path):
    with pytest.raises(ValueError, match="the name of an embedded network"):
        networks.read("glyphs", Site(tmp_path, {"glyphs": {"factory": "a:b"}}))
    with pytest.raises(ValueError, match="the name of an embedded data set"):
        specs.dataset("glyphs", Site(tmp_path, {}, {"glyphs": {"path": "x"}}))


@pytest.mark.parametrize(
    ("text", "kind", "count"),
    [
        ("glyphs", "glyphs", None),
        ("glyphs:12", "glyphs", 12),
        ("birds:7", "csv", 7),
        ("photos", "folder", None),
        ("photos:5", "folder", 5),
        ("shards.tar", "webdataset", None),
        ("more-{0000..0009}.tar:100", "webdataset", 100),
        ("arrow:2", "huggingface", 2),
    ],
)
def test_a_data_set_has_a_kind_and_a_count(site: Site, text: str, kind: str, count: int | None):
    spec = specs.dataset(text, site)
    assert (spec.name, spec.kind, spec.count) == (text, kind, count)


def test_a_table_describes_a_data_set(site: Site, tmp_path: Path):
    expected = DataSpec("birds", "csv", tmp_path / "table.csv", None, "file", "kind", tmp_path / "photos", 96)
    assert specs.dataset("birds", site) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("glyphs:0", "at least 1"),
        ("glyphs:", "at least 1"),
        ("birds:many", "at least 1"),
        ("brids:3", "no data set 'brids:3'; did you mean 'birds'"),
        ("nowhere/at/all", "or a path"),
    ],
)
def test_a_wrong_data_set_names_what_was_expected(site: Site, text: str, message: str):
    with pytest.raises(ValueError, match=message):
        specs.dataset(text, site)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"images": "file"}, "no path"),
        ({"path": "x", "kind": "zip"}, "one of folder"),
        ({"pth": "x"}, "did you mean 'path'"),
    ],
)
def test_a_wrong_table_of_a_data_set_names_what_was_expected(tmp_path: Path, table: dict, message: str):
    with pytest.raises(ValueError, match=message):
        specs.dataset("set", Site(tmp_path, {}, {"set": table}))


def test_names_are_read_without_numerics():
    code = (
        "import sys\n"
        "for name in ('torch', 'torchvision', 'numpy', 'PIL', 'timm'): sys.modules[name] = None\n"
        "from figures.methods import networks\n"
        "assert networks.read('torchvision/vgg16').factory == 'vgg16'\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(specs.__file__).parent.parent)


def test_cut_outs_of_debian_are_a_folder_where_they_are_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(specs, "STAMPS_FOLDER", tmp_path / "nowhere")
    with pytest.raises(ValueError, match="not installed here: apt-get install tuxpaint-stamps-default"):
        specs.dataset("stamps:20")
    monkeypatch.setattr(specs, "STAMPS_FOLDER", tmp_path)
    spec = specs.dataset("stamps:20")
    assert (spec.kind, spec.path, spec.count, spec.ground) == ("folder", tmp_path, 20, "grey")


@pytest.mark.parametrize("name", ["glyphs", "photographs", "stamps"])
def test_names_without_settings_are_taken(tmp_path: Path, name: str):
    with pytest.raises(ValueError, match=f"{name!r} is the name of an embedded data set"):
        specs._data_table(name, Site(tmp_path, datasets={name: {"path": "."}}))
