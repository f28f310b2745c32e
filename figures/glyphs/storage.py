"""Trained networks on disk: folded weights as float16 safetensors, and a record beside them."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file, save_file

from figures.glyphs.kinds import built
from figures.glyphs.network import Network, fold

#: Where the networks that come with the package are.
WEIGHTS = Path(__file__).parent / "weights"


def save(network: Network, name: str, record: dict[str, Any], folder: Path = WEIGHTS) -> Path:
    """Fold `network`, write `NAME.safetensors` and `NAME.json` whole, return the former.

    `record` gains the name, the file's digest and the configuration to rebuild it with.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folded = network if network.config["folded"] else fold(network)
    state = {k: v.detach().to(torch.float16).contiguous() for k, v in folded.state_dict().items()}
    path, draft = folder / f"{name}.safetensors", folder / f".{name}.draft"
    save_file(state, draft)
    digest = hashlib.sha256(draft.read_bytes()).hexdigest()
    draft.chmod(0o644)
    os.replace(draft, path)
    whole = {"name": name, "sha256": digest, "architecture": folded.config, **record}
    write_record(path.with_suffix(".json"), whole)
    return path


def write_record(path: Path, record: dict[str, Any]) -> None:
    """Write a record as JSON, replacing the file at once."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")
    os.replace(draft, path)


def read_record(name: str, folder: Path = WEIGHTS) -> dict[str, Any]:
    """Return what is known about a stored network: classes, recipe, measured accuracy."""
    return json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))


def load(name: str, folder: Path = WEIGHTS) -> Network:
    """Rebuild a stored network in float32 and evaluation mode.

    Raises ValueError where the weights are not those that the record describes.
    """
    record, path = read_record(name, folder), folder / f"{name}.safetensors"
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    if digest != record["sha256"]:
        raise ValueError(f"{path}: digest {digest[:12]}, expected {record['sha256'][:12]}")
    network = built(record["architecture"])
    network.load_state_dict({k: v.float() for k, v in load_file(path).items()})
    return network.eval().requires_grad_(False)
