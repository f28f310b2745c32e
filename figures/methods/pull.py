"""Fetch the weights of a network that its library offers: the one place that ever does."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import urllib.error
import urllib.request
from pathlib import Path
from typing import BinaryIO

from figures.lab import Progress, Silent
from figures.methods import networks
from figures.methods.assembly import caches
from figures.specs import NetworkSpec

_CHUNK = 1 << 20
_TIMEOUT_S = 30
#: The beginning of a file's SHA-256, as torch writes it into the names of its weights.
_PREFIX = re.compile(r"-([0-9a-f]{8,})\.\w+$")


def weights_path(spec: NetworkSpec) -> Path | None:
    """Return the file of a network's weights where it is on this disk; None where not, or where there is none."""
    if spec.random:
        return None
    file = networks.blueprint(spec).file
    return file if file is not None and file.is_file() else None


def pull(spec: NetworkSpec, progress: Progress | None = None, *, url: str = "") -> Path:
    """Fetch a network's weights where they are not on this disk yet; return their file.

    `url` is another place to fetch them from. Raises ValueError where there is nothing to fetch,
    where nothing answers, and where the file is not the one that its name promises; then nothing
    is kept.
    """
    there = weights_path(spec)
    if there is not None:
        return there
    if spec.random:
        raise ValueError(f"{spec.name}: random weights are drawn, there is nothing to fetch")
    plan = networks.blueprint(spec)
    source, file = url or plan.url, plan.file
    if spec.file is not None or not source or file is None:
        raise networks.missing(spec, plan)
    if source.startswith(caches.HUB):
        return _from_hub(source.removeprefix(caches.HUB), file.name)
    fetch(source, file, progress or Silent(), spec.name)
    return file


def fetch(url: str, file: Path, progress: Progress, name: str) -> None:
    """Write what lies at a URL to a file, whole or not at all, after a check of the hash in the file's name."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=file.parent, prefix=".pull-")
    try:
        with os.fdopen(handle, "wb") as target:
            found = _copy(url, target, progress, name)
        expected = _PREFIX.search(file.name)
        if expected and not found.startswith(expected[1]):
            raise ValueError(f"{url}: SHA-256 begins with {found[: len(expected[1])]}, expected {expected[1]}")
        Path(draft).chmod(0o644)
        os.replace(draft, file)
    finally:
        Path(draft).unlink(missing_ok=True)


def _copy(url: str, target: BinaryIO, progress: Progress, name: str) -> str:
    """Copy what a URL answers; return its SHA-256."""
    digest = hashlib.sha256()
    try:
        with urllib.request.urlopen(url, timeout=_TIMEOUT_S) as answer:
            total = int(answer.headers.get("Content-Length") or 0)
            task = progress.begin(f"pull {name}", total or None)
            try:
                got = 0
                while chunk := answer.read(_CHUNK):
                    target.write(chunk)
                    digest.update(chunk)
                    progress.advance(task, len(chunk))
                    got += len(chunk)
            finally:
                progress.end(task)
    except (urllib.error.URLError, OSError) as error:
        raise ValueError(f"{url}: cannot be fetched: {getattr(error, 'reason', None) or error}") from error
    if total and got != total:
        raise ValueError(f"{url}: ended after {got} of {total} bytes")
    return digest.hexdigest()


def _from_hub(repository: str, name: str) -> Path:
    """Fetch a file through the Hugging Face hub's own client, which checks it."""
    from huggingface_hub import hf_hub_download
    from huggingface_hub.errors import HfHubHTTPError

    try:
        return Path(hf_hub_download(repository, name))
    except (HfHubHTTPError, OSError) as error:
        raise ValueError(f"{repository}: cannot be fetched: {str(error).splitlines()[0]}") from error
