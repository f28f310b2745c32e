"""The names of ImageNet's classes, in the order of networks that were trained on them."""

from __future__ import annotations

import ast
import functools
import importlib.util
from pathlib import Path

_LIST = "_IMAGENET_CATEGORIES"


def classes(count: int) -> tuple[str, ...]:
    """Return the names of the classes, where there are as many."""
    known = _known()
    return known if count == len(known) else ()


@functools.cache
def _known() -> tuple[str, ...]:
    """Read torchvision's list out of its file: to import the package takes as long as to import torch."""
    package = importlib.util.find_spec("torchvision")
    for folder in package.submodule_search_locations or () if package else ():
        file = Path(folder, "models", "_meta.py")
        if file.is_file() and (names := _written(file.read_text("utf-8"))):
            return names
    return _asked()


def _written(source: str) -> tuple[str, ...]:
    """Find the list in the source of a module; empty where it is not there under that name."""
    for step in ast.parse(source).body:
        if isinstance(step, ast.Assign) and _LIST in [getattr(name, "id", "") for name in step.targets]:
            return tuple(ast.literal_eval(step.value))
    return ()


def _asked() -> tuple[str, ...]:
    from torchvision.models import ResNet18_Weights

    return tuple(ResNet18_Weights.DEFAULT.meta["categories"])
