"""Files of weights are read without running code; what else a file is, the message says."""

from __future__ import annotations

import argparse
import io
import pickle
import zipfile
from pathlib import Path

import pytest
import torch
from safetensors.torch import save
from torch import nn

from figures import specs
from figures.methods.assembly import checkpoints
from figures.methods.assembly.blueprint import MissingWeights
from tests.figures.methods.own_networks import load, written

STATE = {"a.weight": torch.ones(2)}


def saved(content: object, **how: bool) -> bytes:
    buffer = io.BytesIO()
    torch.save(content, buffer, **how)
    return buffer.getvalue()


def archive(name: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as whole:
        whole.writestr(name, "a")
    return buffer.getvalue()


@pytest.mark.parametrize(("content", "name"), [
    (saved(STATE), "a.weight"),
    (saved({"state_dict": STATE, "epoch": 3}), "state_dict.a.weight"),
    (saved({"model": STATE, "args": argparse.Namespace(path=Path("x"), rate=0.5)}), "model.a.weight"),
    (saved({"model": STATE, "args": argparse.Namespace()}, _use_new_zipfile_serialization=False), "model.a.weight"),
    (saved(nn.ModuleDict({"a": nn.LayerNorm(2)})), "a.weight"),
    (saved({"net": nn.DataParallel(nn.ModuleDict({"a": nn.LayerNorm(2)}))}), "net.module.a.weight"),
    (save(STATE), "a.weight"),
    (saved((STATE, 3)), "0.a.weight"),
    (saved({"nets": [STATE]}), "nets.0.a.weight"),
    (saved({"a.weight": STATE["a.weight"].to_sparse()}), "a.weight"),
    (saved({"a.weight": torch.quantize_per_tensor(STATE["a.weight"], 1.0, 0, torch.qint8)}), "a.weight"),
])  # fmt: skip
def test_tensors_are_found_in_whatever_they_were_saved(tmp_path, content, name):
    for ending in ("x.pt", "x.safetensors", "x.pth.tar"):
        (tmp_path / ending).write_bytes(content)
        assert checkpoints.read(tmp_path / ending)[name].tolist() == [1, 1]


def test_a_pickled_module_keeps_no_passing_buffers(tmp_path):
    module = nn.LayerNorm(2)
    module.register_buffer("mean", torch.ones(1), persistent=False)
    module.register_buffer("kept", torch.ones(1))
    torch.save(module, tmp_path / "x.pt")
    assert set(checkpoints.read(tmp_path / "x.pt")) == {"weight", "bias", "kept"}


def test_code_in_a_checkpoint_is_never_run(tmp_path):
    class Evil:
        def __reduce__(self):
            return (Path.touch, (tmp_path / "ran",))

    torch.save({"a": Evil(), **STATE}, tmp_path / "x.pt")
    assert list(checkpoints.read(tmp_path / "x.pt")) == ["a.weight"]
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize(("content", "what"), [
    (b"", "it is empty"),
    (b"abc", "it is nothing that torch or safetensors wrote"),
    (b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "it is a pointer of Git LFS"),
    (b"\n<!DOCTYPE html><html>", "it is a web page"),
    (b"<?xml version='1.0'?><Error>AccessDenied", "it is a web page"),
    (b'{"weight_map": {}}', "it is JSON"),
    (b"\x1f\x8b\x08", "it is compressed"),
    (saved(STATE)[:200], "it is cut short or damaged, at 200 bytes"),
    (save(STATE)[:-1], r"cannot be read as weights \(.*not fully covered"),
    (archive("a.txt"), "it is a zip archive that torch did not write"),
    (archive("net/constants.pkl"), r"it is TorchScript, .*torch.jit.load\('x.pth'\)"),
    (pickle.dumps({"a": 1}), "it is a pickle that torch.save did not write"),
])  # fmt: skip
def test_a_file_of_another_kind_is_told_as_what_it_is(tmp_path, content, what):
    (tmp_path / "x.pth").write_bytes(content)
    with pytest.raises(ValueError, match=rf"x\.pth: cannot be read as weights.*{what}|x\.pth: {what}"):
        checkpoints.read(tmp_path / "x.pth")


@pytest.mark.parametrize(("content", "message"), [
    (torch.ones(3), "holds no tensors by name; expected"),
    ({"a": torch.ones(3, device="meta")}, r"x\.pt: a is a tensor of the meta device"),
    ({"state": {}, "param_groups": []}, "holds no tensors by name, only state, param_groups; expected"),
])  # fmt: skip
def test_a_file_without_names_is_named(tmp_path, content, message):
    torch.save(content, tmp_path / "x.pt")
    with pytest.raises(ValueError, match=message):
        checkpoints.read(tmp_path / "x.pt")


def test_missing_weights_have_an_error_of_their_own(tmp_path):
    site: specs.Site = written(tmp_path)
    (tmp_path / "nets/a.safetensors").unlink()
    with pytest.raises(MissingWeights, match="own: no weights at"):
        load(site)
