"""Where articles lie: what in their folder is one, what only looks like one, and what a file may be called."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

from builder.errors import UsageError

LONGEST = 255
NOT = frozenset({"readme.md"})
"""Files beside articles that say something of the folder."""
OTHER_ENDINGS = (".md", ".markdown", ".mdx", ".qmd", ".rmd")
"""What articles are called elsewhere, or where capitals do not count."""
PART = "_"
"""Folders that begin so hold what is no article."""
_SHOWN = 3
_FORMULA = re.compile(rb"\$|\\\(|\{math\}")


def can_be(name: str) -> bool:
    """Tell whether a file may be called so: no part is too long, and none holds the letter zero."""
    return "\0" not in name and all(len(part.encode(errors="replace")) <= LONGEST for part in name.split("/"))


def contents(path: Path) -> bytes:
    """Read a file; raises OSError also for what is none, such as a pipe, which one would wait for without end."""
    check(path, os.stat(path))
    return path.read_bytes()


def holds(path: Path, pattern: re.Pattern[bytes]) -> bool:
    """Search a file; one that cannot be read has nothing in it, and reading it as an article says why."""
    try:
        return pattern.search(contents(path)) is not None
    except OSError:
        return False


def may_have_formulas(path: Path) -> bool:
    """Tell whether a text looks so, without reading it as an article."""
    return holds(path, _FORMULA)


def check(path: Path | str, state: os.stat_result) -> None:
    """Raise OSError for what is no file."""
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError(errno.EISDIR, "it is a folder", str(path))
    if not stat.S_ISREG(state.st_mode):
        raise OSError(errno.EINVAL, "it is no file, but a pipe or a device", str(path))


def what_it_is(path: Path) -> str:
    """Say what stands where a file should, "" for a file or nothing."""
    if path.is_file() or not os.path.lexists(path):
        return ""
    if path.is_dir():
        return "a folder"
    return "a pipe or a device" if os.path.exists(path) else "a link that leads nowhere"


def candidates(folder: Path) -> list[Path]:
    """List the files that should be articles, in order: hidden ones are not, and those of other programs.

    What cannot be entered, or leads nowhere, stands for the article in it: reading it says why.
    """
    try:
        return [folder.joinpath(*parts) for parts in sorted(_candidates(folder))]
    except OSError as error:
        raise UsageError(f"{folder}: cannot be looked at: {error.strerror}") from error


def _candidates(folder: Path) -> Iterator[tuple[str, ...]]:
    """Yield the parts of their names."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                yield from [(entry.name, "index.md")] if _has_article(entry.path) else []
            elif entry.name.endswith(".md") and entry.name.lower() not in NOT:
                yield (entry.name,)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Tell a folder from a file; a link that leads nowhere is what its name says."""
    try:
        lost = entry.is_symlink() and not os.path.exists(entry.path)
        return entry.is_dir() or (lost and "." not in entry.name)
    except OSError:
        return "." not in entry.name


def _has_article(folder: str) -> bool:
    try:
        return "index.md" in os.listdir(folder)
    except OSError:
        return True


def overlooked(folder: Path, articles: Collection[Path], is_part: Callable[[Path], bool]) -> Iterator[tuple[Path, str]]:
    """Yield what an author may take for an article and no page comes of, and what to do; parts of others are none."""
    homes = {path.parent.name for path in articles if path.parent != folder}
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            if entry.name.startswith((".", PART)) or entry.name in homes or folder / entry.name in articles:
                continue
            if entry.is_dir():
                yield from _without_index(folder / entry.name, is_part)
            elif _is_text(entry.name):
                yield folder / entry.name, f"ends in {Path(entry.name).suffix!r} and is no article; they end in '.md'"


def _without_index(folder: Path, is_part: Callable[[Path], bool]) -> Iterator[tuple[Path, str]]:
    """Yield a folder of texts that no article has in it."""
    names = sorted(os.listdir(folder))
    texts = [name for name in names if _is_text(name) and not is_part(folder / name)]
    texts += [f"{name}/index.md" for name in names if (folder / name / "index.md").is_file()]
    if texts:
        some = ", ".join(texts[:_SHOWN]) + ", …" * (len(texts) > _SHOWN)
        yield folder, f"holds no 'index.md', and no page comes of {some}; '{PART}' before its name says that none is to"


def _is_text(name: str) -> bool:
    return name.lower().endswith(OTHER_ENDINGS) and name.lower() not in NOT and not name.startswith(".")
