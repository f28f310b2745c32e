"""Training: schedules, the adversarial step, and going on from a checkpoint."""

import shutil
from dataclasses import replace

import pytest
import torch

from figures.glyphs import storage, train
from figures.glyphs.dataset import STANDARD
from figures.glyphs.recipes import RECIPES, Phase
from figures.glyphs.train import Run

SHORT = replace(RECIPES["glyphs"], phases=(Phase(24, ease_share=0.5, batch=8), Phase(16, attack=1.0, batch=8)))


def quiet(run, loss):
    pass


@pytest.fixture(autouse=True)
def one_thread():
    """Sums do not depend on the number of threads of this machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.slow
def test_going_on_from_a_checkpoint_is_the_same_as_never_stopping(tmp_path):
    whole = train.train(Run(SHORT, 0), tmp_path / "whole.pt", quiet, every=100)
    train.train(Run(SHORT, 0), tmp_path / "cut.pt", quiet, every=100, limit=2)
    cut = Run(SHORT, 0)
    cut.restore(tmp_path / "cut.pt")
    assert cut.images_seen == 16
    train.train(cut, tmp_path / "cut.pt", quiet, every=100)
    assert cut.images_seen == whole.images_seen == 40
    for (name, a), b in zip(whole.network.state_dict().items(), cut.network.state_dict().values(), strict=True):
        assert torch.equal(a, b), name


@pytest.mark.slow
def test_the_attack_stays_in_its_ball_and_raises_the_loss():
    run = Run(SHORT, 0)
    run.network.eval()
    images, labels = run.batch(16, STANDARD)
    moved = run.attacked(images, labels, 1.0)
    assert (moved - images).flatten(1).norm(dim=1).max() <= 1.0 + 1e-4
    assert moved.min() >= 0
    assert moved.max() <= 1
    assert run.loss(moved, labels) > run.loss(images, labels)


def test_an_export_measures_what_it_wrote(tmp_path, monkeypatch):
    monkeypatch.setattr(train, "HELD_OUT_IMAGES", 40)
    monkeypatch.setattr(train, "_curve_record", lambda _network: {"count": 0})
    run = train.train(Run(SHORT, 0), tmp_path / "run.pt", quiet)
    train.export(run, "short", tmp_path)
    record = storage.read_record("short", tmp_path)
    assert set(record["accuracy"]) == {"shape", "texture"}
    assert record["images_seen"] == 40
    assert next(layer for layer in record["layers"] if layer["name"] == "mixed3b")["channels"] == 256


def test_a_recount_changes_a_record_and_no_weights(tmp_path, monkeypatch):
    monkeypatch.setattr(train, "_curve_record", lambda _network: {"count": 7})
    for end in ("json", "safetensors"):
        shutil.copy(storage.WEIGHTS / f"glyphs.{end}", tmp_path)
    before = storage.read_record("glyphs")
    weights = (tmp_path / "glyphs.safetensors").read_bytes()
    assert train.recount("glyphs", tmp_path) == storage.read_record("glyphs", tmp_path)
    assert storage.read_record("glyphs", tmp_path) == {**before, "curve_units": {"count": 7}}
    assert (tmp_path / "glyphs.safetensors").read_bytes() == weights
