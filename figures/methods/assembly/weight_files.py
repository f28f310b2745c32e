"""What a file is that is to hold weights, told from how it begins."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

SAFETENSORS, PICKLE = "safetensors", "pickle"
_HEAD = 512
_OTHERS = (
    (rb"version https://git-lfs", "a pointer of Git LFS and not the file that it stands for; run `git lfs pull`"),
    (rb"\s*<(?i:!doctype|html|head|\?xml|error)", "a web page, saved under this name; download the file itself"),
    (rb"\s*[{\[]", "JSON; expected the file that holds the tensors"),
    (rb"\x89HDF", "HDF5, as Keras writes; convert it to safetensors"),
    (rb"\x93NUMPY", "an array of NumPy; expected tensors by name"),
    (rb"\x80", "a pickle that torch.save did not write; where you trust it, write its tensors with torch.save"),
    (rb"GGUF", "GGUF, which holds language models"),
    (rb"\x08[\x01-\x0f]\x12", "ONNX, a graph; expected the state_dict of the network that it was exported from"),
    (rb"\x1f\x8b|BZh|\xfd7zXZ|7z\xbc\xaf|Rar!|\x28\xb5\x2f\xfd", "compressed; unpack it"),
)
_LEGACY = re.compile(rb"\x80.\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19", re.DOTALL)
"""How torch began its files before it wrote zip archives."""
_SCRIPT = "TorchScript, which is code too; where you trust it: torch.save(torch.jit.load({0!r}).state_dict(), 'new.pt')"


def kind(path: Path) -> str:
    """Return `safetensors` or `pickle`, whatever the file is called; raises ValueError that says what else it is."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    what = _other(path, head)
    if what:
        raise ValueError(f"{path}: cannot be read as weights: it is {what}")
    return SAFETENSORS if head[8:9] == b"{" else PICKLE


def _other(path: Path, head: bytes) -> str:
    if not head:
        return "empty"
    if head.startswith(b"PK"):
        return _archive(path)
    if head[8:9] == b"{" or _LEGACY.match(head) or b"ustar" in head:
        return ""
    return next((what for start, what in _OTHERS if re.match(start, head)), "nothing that torch or safetensors wrote")


def _archive(path: Path) -> str:
    """Say what a zip archive is, nothing where torch wrote it."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = [name.rpartition("/")[2] for name in archive.namelist()]
    except zipfile.BadZipFile:
        return f"cut short or damaged, at {path.stat().st_size} bytes; fetch it again"
    if "constants.pkl" in names:
        return _SCRIPT.format(path.name)
    return "" if "data.pkl" in names else "a zip archive that torch did not write; unpack it"
