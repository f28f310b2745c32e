"""Networks, units and data sets as the builder knows them, without importing numerics."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from builder import plan
from builder.catalogue import Catalogue, specs, units, weights
from builder.closure import Sources
from builder.store import Store

WEIGHTS = plan.package_folder() / "glyphs" / "weights"


def layer(module: str, channels: int, side: int, *, main: bool = True, pre: bool = True) -> dict:
    return {
        "module": module, "channels": channels, "height": side, "width": side, "layout": "map", "prefix": 0,
        "receptive_field": [7, 2, -3], "rectified": pre, "pre": pre, "main": main,
    }  # fmt: skip


def card(name: str, sha256: str = "", *, kind: str = "none", file: str = "") -> dict:
    """What a look at a network says."""
    layers = {"conv2d0": layer("conv1", 64, 112), "pool": layer("maxpool1", 64, 56, pre=False)}
    layers |= {"mixed3b": layer("inception3b", 480, 28)}
    layers |= {f"inception3b.branch{i}": layer(f"inception3b.branch{i}", 32, 28, main=False) for i in range(200)}
    return {
        "name": name, "digest": f"digest of {sha256 or name}", "random": kind == "none",
        "weights": {"kind": kind, "file": file, "sha256": sha256, "url": ""},
        "input": {"size_px": 224, "channels": 3, "mean": [0.5], "std": [0.5]},
        "layers": layers, "aliases": {"inception3b": "mixed3b", "3b": "mixed3b"},
        "heads": {"logits": ["cat", "dog"]},
    }  # fmt: skip


class Describer:
    """Stands in for the engine, and counts how often a network had to be loaded."""

    def __init__(self, **answer: str) -> None:
        self.answer, self.asked = answer, []

    def __call__(self, name: str) -> dict:
        self.asked.append(name)
        return card(name, **self.answer)


def open_catalogue(root: Path, describe=None, networks=None, datasets=None) -> Catalogue:
    sources = Sources({"figures": plan.package_folder(), "": root})
    site = specs.site(root, networks or {}, datasets or {})
    store = root / ".microscribe"
    return Catalogue(WEIGHTS, sources, store / "digests.json", site, Store(store), describe)


@pytest.fixture
def googlenet(tmp_path: Path) -> Catalogue:
    return open_catalogue(tmp_path, Describer())


NAME = "torchvision/googlenet@none"


@pytest.mark.parametrize(
    ("text", "full"),
    [
        ("mixed3b:17", "mixed3b:17"),
        ("inception3b:17", "mixed3b:17"),
        (" 3b:17 ", "mixed3b:17"),
        ("conv1:0", "conv2d0:0"),
        ("mixed3b.pre:17", "mixed3b.pre:17"),
        ("inception3b.pre:17-", "mixed3b.pre:17-"),
        ("inception3b:17@4,27", "mixed3b:17@4,27"),
        ("mixed3b:17@4,5-", "mixed3b:17@4,5-"),
        ("inception3b.branch7:31", "inception3b.branch7:31"),
        ("logits:1-", "logits:1-"),
    ],
)
def test_units_lead_to_the_name_that_is_preferred(googlenet, text, full) -> None:
    assert googlenet.unit(NAME, text) == full
    assert googlenet.unit(NAME, full) == full
    assert str(units.read(full)) == full


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("inception3x:1", f"{NAME} has no layer 'inception3x'; did you mean 'inception3b'? (it has conv2d0, pool, mixed3b, logits; `microscribe models show {NAME} --all` lists every layer)"),
        ("mixed3b:480", f"no unit mixed3b:480: mixed3b of {NAME} has units 0 to 479"),
        ("inception3b:480", f"no unit inception3b:480: mixed3b of {NAME} has units 0 to 479"),
        ("mixed3b:1@28,0", f"no unit mixed3b:1@28,0: the map of mixed3b in {NAME} has rows 0 to 27 and columns 0 to 27; expected @row,column"),
        ("logits:1@0,0", "no unit logits:1@0,0: a class of logits has no places"),
        ("pool.pre:1", f"pool of {NAME} does not end in a nonlinearity, so that there is no pool.pre"),
        ("logits.pre:1", f"logits of {NAME} does not end in a nonlinearity, so that there is no logits.pre"),
        ("mixed3b", "'mixed3b' is not a unit; expected layer:index, for example mixed3b:17"),
        ("mixed3b:1@2", "'mixed3b:1@2' is not a unit; expected layer:index, for example mixed3b:17"),
    ],
)  # fmt: skip
def test_a_wrong_unit_says_what_there_is(googlenet, text, message) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        googlenet.unit(NAME, text)


def test_a_layer_is_no_head_and_keeps_its_end(googlenet) -> None:
    assert googlenet.layer(NAME, "inception3b.pre") == "mixed3b.pre"
    with pytest.raises(ValueError, match="has no layer 'logits'"):
        googlenet.layer(NAME, "logits")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mixed3b:3,17", ["mixed3b:3", "mixed3b:17"]),
        ("inception3b:3@4,5,17 conv1:0..2", ["mixed3b:3@4,5", "mixed3b:17", "conv2d0:0", "conv2d0:1", "conv2d0:2"]),
        ("mixed3b:1..2-,1,1", ["mixed3b:1-", "mixed3b:2-", "mixed3b:1"]),
        ("mixed3b:0..1@7,7", ["mixed3b:0@7,7", "mixed3b:1@7,7"]),
    ],
)
def test_lists_are_expanded_and_name_each_unit_once(googlenet, text, expected) -> None:
    assert list(googlenet.units(NAME, text)) == expected


def test_a_range_that_counts_down_is_a_mistake(googlenet) -> None:
    with pytest.raises(ValueError, match=r"'5..3' counts down; expected 3..5"):
        googlenet.units(NAME, "mixed3b:5..3")


def test_a_network_is_looked_at_once_and_then_known_where_nothing_can_be_loaded(tmp_path: Path) -> None:
    describe = Describer()
    first = open_catalogue(tmp_path, describe)
    first.unit(NAME, "mixed3b:1")
    first.unit(NAME, "conv1:1")
    assert describe.asked == [NAME]
    offline = open_catalogue(tmp_path)
    assert offline.model(NAME).digest == first.model(NAME).digest
    assert offline.model(NAME).random
    assert offline.used == first.used
    assert [kind for kind, _ in offline.used] == ["network"]


def test_offline_an_unknown_network_says_which_command_to_run(tmp_path: Path) -> None:
    catalogue = open_catalogue(tmp_path)
    with pytest.raises(
        ValueError,
        match=r"^torchvision/googlenet is not known .*`microscribe store pull` .*`microscribe models show torchvision/googlenet`",
    ):
        catalogue.model("torchvision/googlenet")
    assert len(catalogue.used) == 1, "what is missing is what a pull has to fetch"


def test_a_network_that_cannot_be_made_is_tried_once(tmp_path: Path) -> None:
    asked = []

    def describe(name: str) -> dict:
        asked.append(name)
        raise ValueError("the weights are not on disk: `microscribe models pull torchvision/googlenet`")

    catalogue = open_catalogue(tmp_path, describe)
    for _ in range(3):
        with pytest.raises(ValueError, match="models pull torchvision/googlenet"):
            catalogue.model("torchvision/googlenet")
    assert asked == ["torchvision/googlenet"]


def test_weights_on_disk_that_differ_are_looked_at_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    old, new = (hashlib.sha256(data).hexdigest() for data in (b"old", b"new"))
    name = "torchvision/googlenet"
    file = tmp_path / "torch" / "hub" / "checkpoints" / "googlenet-1.pth"
    elsewhere = "/elsewhere/googlenet-1.pth"
    first = Describer(sha256=old, kind="file", file=elsewhere)
    measured = open_catalogue(tmp_path, first).model(name).digest
    again = Describer(sha256=new, kind="file", file=elsewhere)
    assert open_catalogue(tmp_path, again).model(name).digest == measured, "no file here: the card is believed"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"old")
    assert open_catalogue(tmp_path, again).model(name).digest == measured
    assert again.asked == []
    file.write_bytes(b"new!")
    with pytest.raises(ValueError, match="the weights of torchvision/googlenet changed"):
        open_catalogue(tmp_path).model(name)
    file.write_bytes(b"new")
    assert open_catalogue(tmp_path, again).model(name).digest != measured
    assert again.asked == [name]


def test_weights_are_found_where_the_libraries_keep_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The paths are those that torch and huggingface_hub themselves give."""
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hf"))
    site = specs.site(tmp_path, {}, {})
    torch_file = card("x", "0", kind="file", file="/far/away/net-1.pth")
    found = weights.file_of(specs.network("torchvision/resnet18", site), torch_file)
    assert found == tmp_path / "torch" / "hub" / "checkpoints" / "net-1.pth"
    hub_file = card("x", "0", kind="file", file="/far/away/model.safetensors")
    hub_file["weights"]["url"] = "hf-hub:timm/net.tag"
    snapshot = tmp_path / "hf" / "models--timm--net.tag" / "snapshots" / "abc"
    snapshot.mkdir(parents=True)
    (snapshot.parents[1] / "refs").mkdir()
    (snapshot.parents[1] / "refs" / "main").write_text("abc")
    found = weights.file_of(specs.network("timm/net", site), hub_file)
    assert found == snapshot / "model.safetensors"
    own = specs.network("inceptionv1@net.pth", site)
    assert weights.file_of(own, torch_file) == tmp_path / "net.pth"
    assert weights.file_of(own, card("x")) == tmp_path / "net.pth"
    assert weights.file_of(specs.network("torchvision/resnet18@none", site), card("x")) is None


def factory(root: Path, text: str) -> None:
    (root / "mynet.py").write_text(f"from mylayers import WIDTH\n\ndef build():\n    return {text}, WIDTH\n")


def test_the_source_of_a_factory_counts_with_all_it_reaches(tmp_path: Path) -> None:
    describe = Describer()
    tables = {"mine": {"factory": "mynet:build", "weights": "none"}}

    def look() -> None:
        open_catalogue(tmp_path, describe, tables).model("mine")

    factory(tmp_path, "1")
    (tmp_path / "mylayers.py").write_text("WIDTH = 1\nOTHER = 1\n")
    look()
    (tmp_path / "mylayers.py").write_text("# a remark\nWIDTH = 1\nOTHER = 2\n")
    look()
    assert len(describe.asked) == 1
    (tmp_path / "mylayers.py").write_text("WIDTH = 2\n")
    look()
    factory(tmp_path, "2")
    look()
    assert len(describe.asked) == 3


def test_a_factory_that_is_not_python_is_a_problem_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "mynet.py").write_text("x = 1\ndef build(:\n")
    tables = {"mine": {"factory": "mynet:build", "weights": "none"}}
    with pytest.raises(ValueError, match=r"mynet.py:2: not valid Python"):
        open_catalogue(tmp_path, Describer(), tables).model("mine")


def test_a_card_made_on_one_machine_serves_a_site_that_lies_elsewhere(tmp_path: Path) -> None:
    keys = []
    for root in (tmp_path / "there", tmp_path / "here"):
        (root / "checkpoints").mkdir(parents=True)
        factory(root, "1")
        (root / "mylayers.py").write_text("WIDTH = 1\n")
        tables = {"mine": {"factory": "mynet:build", "weights": "checkpoints/net.pt"}}
        catalogue = open_catalogue(root, Describer(sha256="0", kind="file", file=str(root / "net.pt")), tables)
        catalogue.model("mine")
        keys.append(catalogue.used)
    assert keys[0] == keys[1]


def test_embedded_networks_and_their_untrained_controls(tmp_path: Path) -> None:
    catalogue = open_catalogue(tmp_path)
    trained, control, same = (catalogue.model(name) for name in ("glyphs", "glyphs-untrained", "glyphs@none"))
    assert trained.digest == hashlib.sha256((WEIGHTS / "glyphs.safetensors").read_bytes()).hexdigest()
    assert trained.digest != control.digest == same.digest
    assert (trained.random, control.random) == (False, True)
    assert catalogue.unit("glyphs", "mixed3b.pre:3-") == "mixed3b.pre:3-"
    assert catalogue.used == set()


def test_places_of_embedded_networks_are_checked_where_they_are_known(tmp_path: Path) -> None:
    assert open_catalogue(tmp_path).unit("glyphs", "mixed3b:3@99,0") == "mixed3b:3@99,0"
    seen = open_catalogue(tmp_path, Describer())
    assert seen.unit("glyphs", "mixed3b:3@27,0") == "mixed3b:3@27,0"
    with pytest.raises(ValueError, match="rows 0 to 27"):
        seen.unit("glyphs", "mixed3b:3@28,0")


def photos(root: Path, count: int = 3) -> Path:
    folder = root / "data" / "photos"
    folder.mkdir(parents=True, exist_ok=True)
    for index in range(count):
        (folder / f"{index}.png").write_bytes(f"image {index}".encode())
    return folder


@pytest.mark.parametrize("text", ["data/photos", "photos", "photos:2"])
def test_a_data_set_changes_exactly_with_its_images(tmp_path: Path, text: str) -> None:
    tables = {"photos": {"path": "data/photos"}}
    folder = photos(tmp_path)

    def digest() -> str:
        return open_catalogue(tmp_path, datasets=tables).dataset(text)[1]

    before = digest()
    assert digest() == before
    (folder / "notes.txt").write_text("no image")
    assert digest() == before
    (folder / "1.png").write_bytes(b"another")
    assert digest() != before


def test_a_data_set_that_is_not_here_is_the_one_last_seen(tmp_path: Path) -> None:
    tables = {"photos": {"path": "data/photos"}}
    folder = photos(tmp_path)
    for text in ("data/photos", "photos"):
        seen = open_catalogue(tmp_path, datasets=tables)
        before = seen.dataset(text)
        folder.rename(tmp_path / "away")
        absent = open_catalogue(tmp_path, datasets=tables)
        assert absent.dataset(text) == before
        assert absent.used == seen.used != set()
        with pytest.raises(ValueError, match="photos:2"):
            open_catalogue(tmp_path, datasets=tables).dataset(f"{text}:2")
        (tmp_path / "away").rename(folder)


def test_an_empty_folder_is_not_taken_for_an_absent_one(tmp_path: Path) -> None:
    folder = photos(tmp_path)
    open_catalogue(tmp_path).dataset("data/photos")
    for path in folder.iterdir():
        path.unlink()
    with pytest.raises(ValueError, match="no image"):
        open_catalogue(tmp_path).dataset("data/photos")


@pytest.mark.parametrize(
    ("text", "message"),
    [("glyps:10", "no data set 'glyps:10'; did you mean 'glyphs'"), ("glyphs:0", "expected glyphs:N with N images")],
)
def test_a_wrong_data_set_names_the_nearest(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        open_catalogue(tmp_path).dataset(text)


def test_digests_of_files_are_remembered_and_renewed(tmp_path: Path) -> None:
    file = tmp_path / "weights"
    file.write_bytes(b"one")
    first = open_catalogue(tmp_path)
    assert first.files.digest(file) == hashlib.sha256(b"one").hexdigest()
    first.save()
    memory = tmp_path / ".microscribe" / "digests.json"
    known = json.loads(memory.read_text())
    memory.write_text(json.dumps({name: [*stamp[:2], "remembered"] for name, stamp in known.items()}))
    assert open_catalogue(tmp_path).files.digest(file) == "remembered"
    file.write_bytes(b"other")
    assert open_catalogue(tmp_path).files.digest(file) == hashlib.sha256(b"other").hexdigest()
