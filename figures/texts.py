"""Read single values from the text of a directive; each reader raises ValueError with what was expected."""

from __future__ import annotations

import math
from collections.abc import Iterable
from pathlib import Path

from figures.nearest import nearest


def choice(text: str, choices: Iterable[str]) -> str:
    """Return a text that is one of some; raises ValueError with the nearest."""
    known = tuple(choices)
    if text not in known:
        raise ValueError(f"{text!r} is not one of {', '.join(known)}{nearest(text, known)}")
    return text


def file_in(folder: Path, text: str, where: str) -> Path:
    """Return the path of a file of a folder; raises ValueError with the nearest name."""
    path = (folder / text).resolve()
    if not path.is_file():
        names = [file.name for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []
        raise ValueError(f"no file {text!r} {where}{nearest(text, names)}")
    return path


def integer(text: str) -> int:
    """Read a whole number."""
    try:
        return int(text)
    except ValueError:
        raise ValueError(f"{text!r} is not a whole number") from None


def number(text: str) -> float:
    """Read a finite number."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise ValueError(f"{text!r} is not a number")
    return value


def truth(text: str) -> bool:
    """Read true or false, in the words that an author may choose."""
    known = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
    if text.lower() not in known:
        raise ValueError(f"{text!r} is neither true nor false")
    return known[text.lower()]
