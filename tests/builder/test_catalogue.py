"""Networks, units and data sets as the builder knows them, without importing numerics."""

import hashlib
from pathlib import Path

import pytest

from tests.builder.catalogue.sample import WEIGHTS, Describer, open_catalogue


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
