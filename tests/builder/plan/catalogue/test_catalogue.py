"""Networks, units and data sets as the builder knows them, without importing numerics."""

import hashlib
from pathlib import Path

import pytest

from figures.methods.networks import embedded
from tests.builder.plan.catalogue.sample import Describer, open_catalogue


def test_embedded_networks_and_their_untrained_controls(tmp_path: Path) -> None:
    catalogue = open_catalogue(tmp_path)
    trained, control, same = (catalogue.model(name) for name in ("glyphs", "glyphs-untrained", "glyphs@none"))
    file = embedded.WEIGHTS / "glyphs.safetensors"
    assert trained.weights.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert len({trained.digest, control.digest, catalogue.model("glyphs-shape").digest}) == 3
    assert control.digest == same.digest
    assert (trained.random, control.random) == (False, True)
    assert catalogue.unit("glyphs", "mixed3b.pre:3-") == "mixed3b.pre:3-"
    assert catalogue.used == set()


def test_embedded_networks_are_known_whole_where_nothing_can_be_loaded(tmp_path: Path) -> None:
    catalogue = open_catalogue(tmp_path)
    assert catalogue.unit("glyphs", "mixed3b:3@15,0") == "mixed3b:3@15,0"
    with pytest.raises(ValueError, match="rows 0 to 15"):
        catalogue.unit("glyphs-untrained", "mixed3b:3@16,0")


def test_embedded_weights_that_are_not_those_of_the_record_are_refused(tmp_path: Path, monkeypatch) -> None:
    for file in embedded.WEIGHTS.glob("glyphs.*"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(embedded, "WEIGHTS", tmp_path)
    assert open_catalogue(tmp_path).model("glyphs").layers
    (tmp_path / "glyphs.safetensors").write_bytes(b"other weights")
    with pytest.raises(ValueError, match="the weights of glyphs are not those that its record describes"):
        open_catalogue(tmp_path).model("glyphs")


def test_a_table_may_give_an_embedded_network_a_name_and_settings_of_its_own(tmp_path: Path) -> None:
    tables = {"same": {"factory": "glyphs"}, "other": {"factory": "glyphs", "mean": 0.5}}
    describe = Describer()
    catalogue = open_catalogue(tmp_path, describe, tables)
    assert catalogue.model("same").digest == catalogue.model("glyphs").digest
    assert (catalogue.model("same").name, describe.asked) == ("same", [])
    catalogue.model("other")
    assert describe.asked == ["other"]
