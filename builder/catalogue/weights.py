"""Where the weights of a network lie on this machine, found without importing torch."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from figures.specs import NetworkSpec


HUB = "hf-hub:"
"""How the address of weights in a repository of the Hugging Face hub begins."""


def _cache() -> str:
    return os.environ.get("XDG_CACHE_HOME") or "~/.cache"


def hub() -> Path:
    """Return the folder where torch keeps the weights that were fetched."""
    home = os.environ.get("TORCH_HOME") or f"{_cache()}/torch"
    return Path(home).expanduser() / "hub" / "checkpoints"


def _hub_cache() -> Path:
    home = os.environ.get("HF_HOME") or f"{_cache()}/huggingface"
    return Path(os.environ.get("HF_HUB_CACHE") or f"{home}/hub").expanduser()


def fetched_from_timm() -> list[str]:
    """List the networks of timm whose weights were fetched to this machine, with the name of these."""
    names = sorted(path.name.removeprefix("models--timm--") for path in _hub_cache().glob("models--timm--*"))
    return [f"timm/{name.replace('.', '@', 1)}" for name in names]


def _fetched_from_hub(repository: str, name: str) -> Path:
    """Return where the Hugging Face libraries keep a file of a repository, there or not."""
    folder = _hub_cache() / f"models--{repository.replace('/', '--')}"
    try:
        revision = (folder / "refs" / "main").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        revision = "main"
    return folder / "snapshots" / revision / name


def file_of(spec: NetworkSpec, card: Mapping[str, object]) -> Path | None:
    """Return the file of a network's weights, there or not; None where they are no file of their own.

    The card may come from another machine: of its path only the file's name counts.
    """
    if spec.file is not None:
        return spec.file
    weights = card["weights"]
    if weights["kind"] != "file":
        return None
    name, url = Path(str(weights["file"])).name, str(weights["url"])
    return _fetched_from_hub(url.removeprefix(HUB), name) if url.startswith(HUB) else hub() / name
