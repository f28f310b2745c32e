"""Files beside an article: pictures, films, data; what is shown or linked to goes with the page."""

from __future__ import annotations

import os
from pathlib import Path

from builder.plan.catalogue.nearest import nearest
from builder.read.finding import can_be
from builder.read.markdown.source import Source

HOSTS = ("http://", "https://", "//")


def located(target: str, source: Source, line: int, what: str = "image") -> Path:
    """Find a file beside the article; one on another host, outside the site or missing is a problem."""
    file = beside(source.folder, target)
    if not can_be(target):
        source.problem(line, f"{what} {target[:60]!r}: no file can have such a name")
        return source.folder / "nothing"
    if target.startswith(HOSTS):
        source.problem(line, f"{what} {target!r} lies on another host; keep a copy beside the article")
    elif target.startswith("data:"):
        source.problem(line, f"{what} {target[:20]!r}… is no file; keep it as one beside the article")
    elif is_private(file, source):
        source.problem(line, f"{what} {target!r} is not a file to publish; keep a copy beside the article")
    elif not file.is_file():
        source.problem(line, f"no {what} {target!r} beside the article{nearest(file.name, _beside(file))}")
    return file


def beside(folder: Path, target: str) -> Path:
    """Name a file from a folder; whatever the folder, one that lies above has one name, and is looked at once."""
    while target.startswith("../"):
        folder, target = folder.parent, target.removeprefix("../")
    return folder / target


def is_private(file: Path, source: Source) -> bool:
    """Tell whether a file lies outside the site or is hidden: such files hold what nobody should read."""
    folder, found = source.home, Path(os.path.realpath(file))
    above = [folder, *folder.parents]
    root = folder if source.name.is_absolute() else above[len(source.name.parent.parts)]
    return not found.is_relative_to(root) or any(part.startswith(".") for part in found.relative_to(root).parts)


def _beside(file: Path) -> list[str]:
    return [found.name for found in file.parent.iterdir()] if file.parent.is_dir() else []
