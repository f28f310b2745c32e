"""Where libraries keep the weights that they fetched, found without importing them."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

#: How the address of weights in a repository of the Hugging Face hub begins.
HUB = "hf-hub:"


def fetched(url: str, name: str) -> Path:
    """Return where a file of weights that came from a URL lies on this machine, there or not."""
    return _from_hub(url.removeprefix(HUB), name) if url.startswith(HUB) else torch_hub() / name


def cached(url: str, names: Sequence[str] = ()) -> Path | None:
    """Return where the weights of a URL lie or would, under the first of `names` that is there; None without a URL."""
    if not url:
        return None
    files = [fetched(url, name) for name in names or (url.rpartition("/")[2],)]
    return next((file for file in files if file.is_file()), files[0])


def torch_hub() -> Path:
    """Return the folder where torch keeps the weights that were fetched."""
    home = os.environ.get("TORCH_HOME") or f"{_cache()}/torch"
    return Path(home).expanduser() / "hub" / "checkpoints"


def hub_repositories(owner: str) -> list[str]:
    """List the repositories of an owner that files were fetched of from the Hugging Face hub."""
    prefix = f"models--{owner}--"
    return sorted(path.name.removeprefix(prefix) for path in _hub_cache().glob(f"{prefix}*"))


def _from_hub(repository: str, name: str) -> Path:
    folder = _hub_cache() / f"models--{repository.replace('/', '--')}"
    try:
        revision = (folder / "refs" / "main").read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        revision = "main"
    return folder / "snapshots" / revision / name


def _hub_cache() -> Path:
    home = os.environ.get("HF_HOME") or f"{_cache()}/huggingface"
    return Path(os.environ.get("HF_HUB_CACHE") or f"{home}/hub").expanduser()


def _cache() -> str:
    return os.environ.get("XDG_CACHE_HOME") or "~/.cache"
