"""Training: schedules, the adversarial step, and going on from a checkpoint."""

import shutil
from dataclasses import replace

import pytest
import torch

from figures.glyphs import storage, train
from figures.glyphs.dataset import STANDARD, render
from figures.glyphs.recipes import RECIPES, Phase
from figures.glyphs.train import Run

SHORT = replace(RECIPES["glyphs"], phases=(Phase(12, ease_share=0.5, batch=4), Phase(8, attack=1.0, batch=4)))

INNER = replace(RECIPES["glyphs-shape"], phases=(Phase(12, batch=4, crop_px=32),), muon=10.0)


def quiet(run, loss):
    pass


@pytest.fixture(autouse=True)
def few_images_for_norms(monkeypatch):
    """Enough for the statistics of networks that nobody will use."""
    monkeypatch.setattr(train, "CALIBRATION_BATCHES", 1)


@pytest.fixture(autouse=True)
def one_thread():
    """Sums do not depend on the number of threads of this machine."""
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


@pytest.mark.slow
@pytest.mark.parametrize(("recipe", "images"), [(SHORT, 20), (INNER, 12)])
def test_going_on_from_a_checkpoint_is_the_same_as_never_stopping(tmp_path, recipe, images):
    whole = train.train(Run(recipe, 0), tmp_path / "whole.pt", quiet, every=100)
    train.train(Run(recipe, 0), tmp_path / "cut.pt", quiet, every=100, limit=2)
    cut = Run(recipe, 0)
    cut.restore(tmp_path / "cut.pt")
    assert cut.images_seen == 8
    train.train(cut, tmp_path / "cut.pt", quiet, every=100)
    assert cut.images_seen == whole.images_seen == images
    for (name, a), b in zip(whole.network.state_dict().items(), cut.network.state_dict().values(), strict=True):
        assert torch.equal(a, b), name


@pytest.mark.slow
def test_a_network_is_kept_on_its_way_and_training_goes_on_as_without(tmp_path, monkeypatch):
    monkeypatch.setattr(train, "SNAPSHOT_IMAGES", 20)
    plain = train.train(Run(INNER, 0), tmp_path / "plain.pt", quiet)
    kept = train.train(Run(INNER, 0), tmp_path / "kept.pt", quiet, keep=(5, 12))
    assert {path.stem for path in tmp_path.glob("*.safetensors")} == {"kept-8", "kept-12"}
    assert storage.read_record("kept-8", tmp_path)["images_seen"] == 8
    first, last = (storage.load(f"kept-{n}", tmp_path).conv1.affine.conv.weight for n in (8, 12))
    assert not torch.equal(first, last)
    for (name, a), b in zip(plain.network.named_parameters(), kept.network.parameters(), strict=True):
        assert torch.equal(a, b), name


@pytest.mark.slow
def test_a_phase_of_crops_shows_the_middle_of_each_image(monkeypatch):
    seen = []
    run = Run(INNER, 0)
    whole, _ = run.batch(4, run.recipe.phases[0].eased(run.recipe.variant, 0.0))
    learned = run.loss
    monkeypatch.setattr(run, "loss", lambda images, labels: seen.append(images) or learned(images, labels))
    run.advance()
    assert torch.equal(seen[0], whole[:, :, 16:48, 16:48])


def test_a_phase_of_scraps_shows_none_of_its_figures():
    run = Run(replace(INNER, phases=(Phase(4, batch=4, scrap_share=1.0),)), 0)
    images, labels = run.batch(4, STANDARD)
    figures, truth = render(range(4), variant=STANDARD)
    assert (images != figures).flatten(1).any(1).all()
    assert torch.equal(labels["shape"], truth.shape)


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


@pytest.mark.slow
def test_an_export_measures_what_it_wrote(tmp_path, monkeypatch):
    monkeypatch.setattr(train, "HELD_OUT_IMAGES", 40)
    monkeypatch.setattr(train, "_curve_record", lambda _network: {"count": 0})
    run = train.train(Run(SHORT, 0), tmp_path / "run.pt", quiet)
    train.export(run, "short", tmp_path)
    record = storage.read_record("short", tmp_path)
    assert set(record["accuracy"]) == {"shape", "texture"}
    assert record["images_seen"] == 20
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
