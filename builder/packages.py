"""Installed packages, found without importing them."""

from __future__ import annotations

import importlib.util
from pathlib import Path


def folder(package: str) -> Path:
    """Return the folder of a package; raises ModuleNotFoundError where it is not installed."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(f"no package {package!r} is installed")
    return Path(spec.origin).parent
