"""The scripts of the gallery: figures and stimulus families register themselves as they are imported."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Container

GALLERY = "figures.gallery"


def read_for(name: str, registry: Container[str]) -> None:
    """Import scripts, those of a site among them, until one has put a name into a registry."""
    for module in pkgutil.iter_modules(importlib.import_module(GALLERY).__path__, f"{GALLERY}."):
        if name in registry:
            return
        importlib.import_module(module.name)
