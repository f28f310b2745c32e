"""Networks on disk: kept with their records, and refused where they are not those of them."""

import json

import pytest
import torch

from figures.glyphs import storage
from figures.glyphs.network import Glyphs, initialise


@pytest.fixture
def network() -> Glyphs:
    return initialise(Glyphs(), seed=0).eval()


def test_storing_keeps_answers_and_refuses_foreign_weights(network, tmp_path):
    images = torch.rand(2, 3, 64, 64)
    path = storage.save(network, "small", {"note": "of a test"}, tmp_path)
    loaded = storage.load("small", tmp_path)
    torch.testing.assert_close(loaded(images)["shape"], network(images)["shape"], rtol=0.02, atol=0.02)
    assert storage.read_record("small", tmp_path)["note"] == "of a test"
    path.write_bytes(path.read_bytes()[:-2] + b"\0\0")
    with pytest.raises(ValueError, match="expected"):
        storage.load("small", tmp_path)


def test_what_is_loaded_is_folded_frozen_and_ready(network: Glyphs, tmp_path) -> None:
    storage.save(network, "small", {}, tmp_path)
    loaded = storage.load("small", tmp_path)
    assert loaded.config["folded"]
    assert not loaded.training
    assert not any(weight.requires_grad for weight in loaded.parameters())
    assert {weight.dtype for weight in loaded.parameters()} == {torch.float32}
    assert network.training is False
    assert not network.config["folded"]


def test_saving_again_gives_the_same_bytes_and_leaves_no_draft(network: Glyphs, tmp_path) -> None:
    path = storage.save(network, "small", {}, tmp_path)
    first = path.read_bytes()
    storage.save(network, "small", {}, tmp_path)
    assert path.read_bytes() == first
    assert sorted(file.name for file in tmp_path.iterdir()) == ["small.json", "small.safetensors"]


def test_a_record_replaces_the_one_before(tmp_path) -> None:
    for number in (1, 2):
        storage.write_record(tmp_path / "small.json", {"number": number})
    assert storage.read_record("small", tmp_path) == {"number": 2}
    assert json.loads((tmp_path / "small.json").read_text("utf-8")) == {"number": 2}
    assert len(list(tmp_path.iterdir())) == 1
