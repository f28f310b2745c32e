"""Files of a cache: what was drawn once for equal contents, drawn again where it is damaged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from builder import atomic

_SEAL = hashlib.sha256().digest_size


def cached(path: Path, make: Callable[[], bytes]) -> bytes:
    """Return what a file of a cache holds, made and kept where there is none or where it is not as it was written."""
    try:
        sealed = path.read_bytes()
    except FileNotFoundError:
        sealed = b""
    seal, data = sealed[:_SEAL], sealed[_SEAL:]
    if hashlib.sha256(data).digest() != seal:
        data = make()
        atomic.write(path, hashlib.sha256(data).digest() + data)
    return data
