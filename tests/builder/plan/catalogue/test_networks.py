"""Cards of networks: from their records, from the store, or by a look."""

import hashlib
from pathlib import Path

import pytest

from figures.cards import NetworkCard
from tests.builder.plan.catalogue.sample import NAME, Describer, factory, open_catalogue


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

    def describe(name: str) -> NetworkCard:
        asked.append(name)
        raise ValueError("the weights are not on disk: `microscribe models pull torchvision/googlenet`")

    catalogue = open_catalogue(tmp_path, describe)
    for _ in range(3):
        with pytest.raises(ValueError, match="models pull torchvision/googlenet"):
            catalogue.model("torchvision/googlenet")
    assert asked == ["torchvision/googlenet"]


@pytest.mark.slow
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


@pytest.mark.slow
def test_a_card_of_another_version_is_made_anew(tmp_path: Path) -> None:
    first = open_catalogue(tmp_path, Describer())
    first.model(NAME)
    [(kind, key)] = first.used
    record = dict(first.store.get(kind, key).meta)
    first.store.put(kind, key, {**record, "card": {**record["card"], "version": 0}}, {})
    with pytest.raises(ValueError, match="is not known on this machine"):
        open_catalogue(tmp_path).model(NAME)
    again = Describer()
    assert open_catalogue(tmp_path, again).model(NAME) == first.model(NAME)
    assert again.asked == [NAME]
    assert open_catalogue(tmp_path).model(NAME) == first.model(NAME)


@pytest.mark.slow
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
