"""Weights are found where the libraries keep them, without importing these."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from figures.cards import Weights
from figures.methods import networks
from figures.methods.assembly import caches
from figures.specs import Site


@pytest.fixture(autouse=True)
def _homes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "torch"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hf"))


def snapshot(tmp_path: Path, repository: str) -> Path:
    """Lay out a repository as the hub's own client does, with one revision."""
    folder = tmp_path / "hf" / f"models--{repository.replace('/', '--')}"
    (folder / "refs").mkdir(parents=True)
    (folder / "refs" / "main").write_text("abc")
    (folder / "snapshots" / "abc").mkdir(parents=True)
    return folder / "snapshots" / "abc"


def test_torch_and_we_look_in_the_same_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    assert caches.torch_hub() == Path(torch.hub.get_dir()) / "checkpoints"
    monkeypatch.delenv("TORCH_HOME")
    monkeypatch.setenv("XDG_CACHE_HOME", "/somewhere")
    assert caches.torch_hub() == Path(torch.hub.get_dir()) / "checkpoints"


def test_the_hub_and_we_look_in_the_same_folder(tmp_path: Path) -> None:
    hub = pytest.importorskip("huggingface_hub")
    file = snapshot(tmp_path, "timm/net.tag") / "model.safetensors"
    file.touch()
    there = hub.try_to_load_from_cache("timm/net.tag", "model.safetensors", cache_dir=tmp_path / "hf")
    assert Path(there) == file == caches.cached("hf-hub:timm/net.tag", ["model.safetensors", "pytorch_model.bin"])
    assert caches.hub_repositories("timm") == ["net.tag"]


def test_the_first_file_that_is_there_is_taken_else_the_first(tmp_path: Path) -> None:
    names = ["model.safetensors", "pytorch_model.bin"]
    folder = snapshot(tmp_path, "timm/net")
    assert caches.cached("hf-hub:timm/net", names) == folder / names[0]
    (folder / names[1]).touch()
    assert caches.cached("hf-hub:timm/net", names) == folder / names[1]
    assert caches.cached("https://example.org/a/net-1.pth") == tmp_path / "torch" / "hub" / "checkpoints" / "net-1.pth"
    assert caches.cached("") is None


def test_of_a_card_from_elsewhere_only_the_files_name_counts(tmp_path: Path) -> None:
    def kept(name: str, weights: Weights) -> Path | None:
        return networks.kept(networks.read(name, Site(tmp_path)), weights)

    from_url = Weights("file", "/far/away/net-1.pth", "0", "https://example.org/net-1.pth")
    from_hub = Weights("file", "/far/away/model.safetensors", "0", "hf-hub:timm/net.tag")
    assert kept("torchvision/resnet18", from_url) == tmp_path / "torch" / "hub" / "checkpoints" / "net-1.pth"
    folder = snapshot(tmp_path, "timm/net.tag")
    assert kept("timm/net", from_hub) == folder / "model.safetensors"
    assert kept("inceptionv1@net.pth", from_url) == kept("inceptionv1@net.pth", Weights("none")) == tmp_path / "net.pth"
    assert kept("torchvision/resnet18@none", Weights("none")) is None
