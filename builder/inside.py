"""Names of files below a folder: lists of them may be damaged or made by others, and must lead nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

LONGEST = 255
"""So many bytes of a name file systems take between two slashes."""
LONGEST_PATH = 1024
_NEVER = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


def is_inside(name: object) -> bool:
    """Tell whether something is the name of a file below a folder, as every system reads it."""
    return isinstance(name, str) and not wrong(name)


def wrong(name: str) -> str:
    """Say why a file below a folder cannot have a name, "" where it can."""
    parts = name.split("/")
    if any(part in ("", ".", "..") for part in parts) or "\\" in name or ":" in parts[0]:
        return "it leads out of its folder"
    if _NEVER.search(name):
        return "it has a character that no name may have"
    if len(name.encode()) > LONGEST_PATH or any(len(part.encode()) > LONGEST for part in parts):
        return "it is too long"
    return ""


def is_below(folder: Path, name: str) -> bool:
    """Tell whether a file is below a folder when links are followed."""
    return is_inside(name) and (folder / name).parent.resolve().is_relative_to(folder.resolve())
