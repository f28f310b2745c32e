"""Publishing to a folder: everything is copied beside its place first, then put there all at once.

A file called `.microscribe.json` remembers what was published; nothing else in the folder is ever removed.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from builder import atomic
from builder.errors import UsageError
from builder.inside import is_below
from builder.publish.failure import PublishError
from builder.publish.plan import MANIFEST, Changes, Item, Prepared, compare, md5, read_manifest, write_manifest
from builder.reporter import Reporter
from builder.settings import NAMES, Settings, overlap, rooms

_STAGING = ".publishing-"
_FORGOTTEN_S = 24 * 3600


def check(folder: Path, settings: Settings) -> None:
    """Raise UsageError where the site's own files would be published upon."""
    folder, root, output = folder.resolve(), settings.root.resolve(), settings.output_folder.resolve()
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; expected a folder to publish to")
    if folder == output or output in folder.parents:
        raise UsageError(f"{folder} is where the site is built; expected another folder to publish to")
    if folder == root or folder in root.parents or folder in output.parents:
        raise UsageError(f"{folder} holds the sources of the site; expected a folder of its own to publish to")
    for key, room in rooms(settings).items():
        if overlap(folder, room):
            raise UsageError(f"{folder} lies among the {NAMES[key]}; expected a folder of its own to publish to")


def prepare(folder: Path, items: Sequence[Item], hint: str = "") -> Prepared:
    """Compare the site with what the folder holds."""
    before = _before(folder)
    names = {*before, *(one.name for one in items)}
    there = {name: (folder / name).stat().st_size for name in names if (folder / name).is_file()}

    def same(one: Item) -> bool:
        return there[one.name] == one.size and md5((folder / one.name).read_bytes()) == one.md5

    changes = compare(items, there, same, before)

    def carry_out(reporter: Reporter) -> None:
        _carry_out(folder, items, changes, before, reporter)

    return Prepared(str(folder), changes, carry_out, hint=hint)


def _before(folder: Path) -> set[str]:
    path = folder / MANIFEST
    names = read_manifest(path.read_bytes(), str(path)) if path.is_file() else {}
    return {name for name in names if is_below(folder, name)}


def _carry_out(folder: Path, items: Sequence[Item], changes: Changes, before: set[str], reporter: Reporter) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    names = {one.name for one in items}
    with _staging(folder) as staging:
        _stage(staging / "new", changes, reporter)
        # Until all is done the list holds old and new names: whatever happens, the next time knows both.
        _remember(folder, names | before)
        _switch(folder, staging, changes)
    for name in changes.removed:
        (folder / name).unlink(missing_ok=True)
        _remove_empty((folder / name).parent, folder)
    _remember(folder, names)


@contextlib.contextmanager
def _staging(folder: Path) -> Iterator[Path]:
    """Give a folder on the same disk, and remove it, and what killed publications left, in the end."""
    staging = Path(tempfile.mkdtemp(prefix=_STAGING, dir=folder))
    try:
        yield staging
    finally:
        for one in folder.glob(f"{_STAGING}*"):
            if one == staging or time.time() - one.stat().st_mtime > _FORGOTTEN_S:
                shutil.rmtree(one, ignore_errors=True)


def _stage(staging: Path, changes: Changes, reporter: Reporter) -> None:
    task = reporter.begin("copying", len(changes.sent))
    try:
        for one in changes.sent:
            path = staging / one.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(one.read())
            reporter.advance(task, 1)
    finally:
        reporter.end(task)


def _switch(folder: Path, staging: Path, changes: Changes) -> None:
    """Put the new files in place; where one cannot be put, take all back."""
    done: list[tuple[Path, Path | None]] = []
    try:
        for one in changes.sent:
            done.append(_put(folder, staging, one.name))
    except BaseException as error:
        for path, old in reversed(done):
            path.unlink() if old is None else os.replace(old, path)
        if not isinstance(error, OSError):
            raise
        place, reason = error.filename2 or error.filename, error.strerror or error
        raise PublishError(f"{place}: {reason}; {folder} is as it was") from error


def _put(folder: Path, staging: Path, name: str) -> tuple[Path, Path | None]:
    """Move a file in place and return where, and where the old one is kept."""
    path, old = folder / name, None
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.is_file():
        old = staging / "old" / name
        old.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, old)
    os.replace(staging / "new" / name, path)
    return path, old


def _remember(folder: Path, names: set[str]) -> None:
    atomic.write(folder / MANIFEST, write_manifest({name: {} for name in names}))


def _remove_empty(inner: Path, folder: Path) -> None:
    while inner != folder and inner.is_dir() and not any(inner.iterdir()):
        inner.rmdir()
        inner = inner.parent
