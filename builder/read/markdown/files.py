"""Files beside an article: pictures, films, data; what is shown or linked to goes with the page."""

from __future__ import annotations

import os
from pathlib import Path

from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.read import media
from builder.read.finding import can_be, what_it_is
from builder.read.markdown.directives import CODE, CSV_TABLE, INCLUDE, Block
from builder.read.markdown.source import Source

EXAMPLES = {INCLUDE: "part.md", CODE: "train.py", CSV_TABLE: "results.csv"}
HOSTS = ("http://", "https://", "//")


def located(target: str, source: Source, line: int, what: str = "image") -> Path:
    """Find a file beside the article; one on another host, outside the site or missing is a problem."""
    folder = source.stretch(line).folder
    file = beside(folder, target)
    if not can_be(target):
        source.problem(line, f"{what} {target[:60]!r}: no file can have such a name")
        return folder / "nothing"
    if target.startswith(HOSTS):
        source.problem(line, f"{what} {target!r} lies on another host; keep a copy beside the article")
    elif target.startswith("data:"):
        source.problem(line, f"{what} {target[:20]!r}… is no file; keep it as one beside the article")
    elif is_private(file, source):
        source.problem(line, f"{what} {target!r} is not a file to publish; keep a copy beside the article")
    elif not file.is_file():
        other = what_it_is(file)
        missing = f"no {what} {target!r} beside the article{nearest(file.name, _beside(file))}"
        source.problem(line, f"{what} {target!r} is no file, but {other}" if other else missing)
    elif what == "image" and (kind := _unshown(file)):
        source.problem(line, f"image {target!r} is {kind}")
    return file


def _unshown(file: Path) -> str:
    try:
        return media.unshown(file)
    except OSError as error:
        return f"not to be read: {error.strerror}"


def beside(folder: Path, target: str) -> Path:
    """Name a file from a folder; whatever the folder, one that lies above has one name, and is looked at once."""
    while target.startswith("../"):
        folder, target = folder.parent, target.removeprefix("../")
    return folder / target


@frozen
class TextFile:
    """A file of text beside the article: `name` is what messages call it."""

    path: Path
    name: Path
    text: str


def text(block: Block, source: Source) -> TextFile | None:
    """Read the file that a directive names behind itself; None where that cannot be, which is a problem."""
    if not block.argument:
        source.problem(block.line, f"{block.name}: no file; write ':::{{{block.name}}} {EXAMPLES[block.name]}'")
        return None
    before = len(source.problems)
    file = located(block.argument, source, block.line, "file")
    if len(source.problems) > before:
        return None
    source.reads.append(file)
    try:
        text = file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        return TextFile(file, _named(block, source), text)
    except UnicodeDecodeError as error:
        source.problem(block.line, f"{block.name}: {block.argument!r} is no text: byte {error.start} is not UTF-8")
    except OSError as error:
        source.problem(block.line, f"{block.name}: {block.argument!r} cannot be read: {error.strerror}")
    return None


def _named(block: Block, source: Source) -> Path:
    """Name a file as the one is named that names it."""
    return Path(os.path.normpath(source.place(block.line).path.parent / block.argument))


def is_private(file: Path, source: Source) -> bool:
    """Tell whether a file lies outside the site or is hidden: such files hold what nobody should read."""
    there = f"{source.real(file)}/"
    return not there.startswith(source.site) or "/." in there[len(source.site) - 1 :]


def _beside(file: Path) -> list[str]:
    return [found.name for found in file.parent.iterdir()] if file.parent.is_dir() else []
