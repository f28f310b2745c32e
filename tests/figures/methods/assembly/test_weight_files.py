"""Files are known by their bytes and not by their names."""

import pytest
import torch
from safetensors.torch import save_file

from figures.methods.assembly import weight_files

STATE = {"a": torch.ones(1)}


@pytest.mark.parametrize("ending", ["pt", "safetensors"])
def test_the_ending_says_nothing(tmp_path, ending):
    path = tmp_path / f"x.{ending}"
    for zipped in (True, False):
        torch.save(STATE, path, _use_new_zipfile_serialization=zipped)
        assert weight_files.kind(path) == weight_files.PICKLE
    save_file(STATE, path)
    assert weight_files.kind(path) == weight_files.SAFETENSORS


@pytest.mark.parametrize(("content", "what"), [
    (b"\x89HDF\r\n\x1a\n", "HDF5"), (b"\x93NUMPY\x01\x00", "an array of NumPy"), (b"GGUF\x03", "GGUF"),
    (b"\x08\x07\x12\x07pytorch", "ONNX"), (b"BZh9", "compressed"), (b"[1, 2]", "JSON"),
])  # fmt: skip
def test_other_kinds_have_a_name(tmp_path, content, what):
    (tmp_path / "x.pt").write_bytes(content)
    with pytest.raises(ValueError, match=rf"x\.pt: cannot be read as weights: it is {what}"):
        weight_files.kind(tmp_path / "x.pt")
