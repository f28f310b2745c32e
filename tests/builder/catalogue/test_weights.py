"""Where the weights of a network lie."""

from pathlib import Path

import pytest

from builder.catalogue import specs, weights
from tests.builder.catalogue.sample import card


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
