"""Read single values from the text of a directive; each reader raises ValueError with what was expected."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from figures import specifications
from figures.endings import is_image
from figures.nearest import nearest


def choice(text: str, choices: Iterable[str]) -> str:
    """Return a text that is one of some; raises ValueError with the nearest."""
    known = tuple(choices)
    if text not in known:
        raise ValueError(f"{text!r} is not one of {', '.join(known)}{nearest(text, known)}")
    return text


def _there(folder: Path, text: str) -> Path:
    """Follow a name and the links in it; raises ValueError for what no file can be called."""
    if "\0" in text or not text:
        raise ValueError(f"{text!r} is no name of a file")
    return Path(os.path.realpath(folder / text))  # unlike the method of a path, also where links lead in a circle


def _what_it_is(path: Path) -> str:
    if os.path.isdir(path):
        return "a folder"
    return "a pipe or a device" if os.path.exists(path) else "a link that leads nowhere"


def file_in(folder: Path, text: str, where: str, also: Iterable[str] = ()) -> Path:
    """Return the path of a file of a folder; raises ValueError with the nearest name, folders `also` meant."""
    path = _there(folder, text)
    if not os.path.isfile(path):  # unlike the method of a path, whatever is asked for
        if os.path.lexists(folder / text):
            raise ValueError(f"{text!r} {where} is no file that can be read, but {_what_it_is(path)}")
        names = [file.name for file in folder.iterdir() if file.is_file()] if folder.is_dir() else []
        raise ValueError(f"no file {text!r} {where}{nearest(text, [*names, *also])}")
    return path


def tables_in(folder: Path, text: str, where: str) -> tuple[Path, ...]:
    """Return the path of a file of a folder, or of every CSV file below one.

    Raises ValueError with the nearest name.
    """
    path = _there(folder, text)
    if not os.path.isdir(path):
        folders = [one.name for one in folder.iterdir() if one.is_dir()] if folder.is_dir() else []
        return (file_in(folder, text, where, folders),)
    found = sorted(file for file in path.rglob("*.csv") if file.is_file() and not file.name.startswith("."))
    if not found:
        raise ValueError(f"the folder {text!r} has no .csv file")
    return tuple(found)


def picture(text: str, file: Callable[[str], Path]) -> str | Path:
    """Read a picture: the path of one beside the article, or the number or the name of one of a data set."""
    if numbered(text):
        return str(int(text))
    if text.lstrip("-").isdigit() or not text:
        raise ValueError(f"{text!r}; expected the number of an image, at least 0, a name, or a file")
    if not is_image(text):
        return text
    try:
        return file(text)
    except ValueError:
        if "/" in text:  # as images of a folder of images are called
            return text
        raise


def specification(text: str, file: Callable[[str], Path]) -> tuple[Path, ...]:
    """Read a Vega-Lite file: its path, and those of the data files that it names, which lie beside it.

    Raises ValueError with the line of the file.
    """
    path = file(text)
    try:
        names = specifications.named(path)
    except ValueError as error:
        raise ValueError(f"{text}, line {getattr(error, 'line', 1)}: {error}") from None
    return path, *(file(os.path.normpath(os.path.join(os.path.dirname(text), name))) for name in names)


def numbered(text: str) -> bool:
    """Tell whether a text is a number, or several with commas or spaces between."""
    return re.fullmatch(r"[0-9]+([\s,]+[0-9]+)*", text.strip()) is not None


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
