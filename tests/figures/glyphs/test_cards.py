"""The records of the networks that come with the package hold their cards, as the command writes them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from figures.glyphs import cards, storage
from figures.glyphs.recipes import RECIPES
from figures.methods import models


@pytest.mark.parametrize("name", RECIPES)
def test_a_record_holds_what_a_look_at_its_network_says(name: str) -> None:
    assert cards.card(name).record.items() <= storage.read_record(name).items(), "`python -m figures.glyphs.cards`"
    assert models.load(name).card == cards.card(name)


def test_writing_a_card_anew_changes_nothing_else(tmp_path: Path) -> None:
    for file in storage.WEIGHTS.glob("glyphs-shape.*"):
        shutil.copy(file, tmp_path)
    path = tmp_path / "glyphs-shape.json"
    whole = path.read_bytes()
    record = {**json.loads(whole), "digest": "of long ago", "note": "stays"}
    del record["aliases"]
    storage.write_record(path, record)
    assert cards.write("glyphs-shape", tmp_path)["note"] == "stays"
    again = storage.read_record("glyphs-shape", tmp_path)
    assert {name: value for name, value in again.items() if name != "note"} == json.loads(whole)
    assert (tmp_path / "glyphs-shape.safetensors").read_bytes() == (
        storage.WEIGHTS / "glyphs-shape.safetensors"
    ).read_bytes()
