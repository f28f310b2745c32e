"""Files of weights: read without running code, and checked against their network."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from figures import specs
from figures.methods.assembly import checkpoints
from figures.methods.assembly.blueprint import MissingWeights
from tests.figures.methods.own_networks import TABLE, load, written


@pytest.fixture
def site(tmp_path: Path) -> specs.Site:
    return written(tmp_path)


@pytest.mark.parametrize("wrap", [lambda s: s, lambda s: {"state_dict": s, "epoch": 3}, lambda s: {"model": s}])
def test_tensors_are_found_inside_what_training_keeps(tmp_path, wrap):
    torch.save(wrap({"module.a.weight": torch.ones(2)}), tmp_path / "x.pt")
    assert checkpoints.read(tmp_path / "x.pt")["a.weight"].tolist() == [1, 1]


def test_code_in_a_checkpoint_is_never_run(tmp_path):
    class Evil:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "ran",))

    torch.save({"a": Evil()}, tmp_path / "x.pt")
    with pytest.raises(ValueError, match=r"x\.pt: cannot be read as weights"):
        checkpoints.read(tmp_path / "x.pt")
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(("name", "content"), [("x.pt", b"abc"), ("x.safetensors", b"abc"), ("x.pth", b"")])
def test_a_broken_file_is_named(tmp_path, name, content):
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ValueError, match=rf"{name}: cannot be read as weights"):
        checkpoints.read(tmp_path / name)


def test_a_file_without_names_is_named(tmp_path):
    torch.save(torch.ones(3), tmp_path / "x.pt")
    with pytest.raises(ValueError, match="holds no tensors by name"):
        checkpoints.read(tmp_path / "x.pt")


def test_weights_that_do_not_fit_are_named(site, tmp_path):
    state = dict(checkpoints.read(tmp_path / "nets/a.safetensors"))
    del state["0.0.bias"]
    state["4.weight"], state["5.weight"] = torch.ones(3, 6), torch.ones(1)
    torch.save(state, tmp_path / "nets/b.pt")
    model = load(specs.Site(tmp_path, {"own": {**TABLE, "weights": "nets/b.pt"}}))
    with pytest.raises(ValueError, match=r"0\.0\.bias is missing; 4\.weight is 3 x 6, expected 2 x 6; 5\.weight 1"):
        _ = model.network


def test_missing_weights_have_an_error_of_their_own(site, tmp_path):
    (tmp_path / "nets/a.safetensors").unlink()
    with pytest.raises(MissingWeights, match="own: no weights at"):
        load(site)
