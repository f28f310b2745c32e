"""Where the site is written: whole files only, unchanged ones untouched, stale ones removed."""

from __future__ import annotations

import functools
import hashlib
import json
import os
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import takewhile
from pathlib import Path
from typing import Any, TypeVar

from builder import atomic, inside
from builder.errors import BuildError, Place, Problem

T = TypeVar("T")
_STEM = 150
"""So many bytes of what a file is called go into its name."""


@dataclass
class Output:
    """A folder that holds nothing but output; `manifest` lists what earlier builds wrote there.

    What this one writes is noted in a journal before, so that a build that was killed leaves nothing that the next
    one does not know of; `was_stopped` tells that one did leave its journal.
    """

    folder: Path
    manifest: Path
    current: set[str] = field(default_factory=set)
    changed: list[str] = field(default_factory=list)
    noted: list[set[str]] = field(default_factory=list)
    done: dict[Hashable, tuple[Any, set[str]]] = field(default_factory=dict)
    was_stopped: bool = field(init=False)

    def __post_init__(self) -> None:
        self.was_stopped = self._journal.exists()

    def write(self, name: str, data: bytes | str) -> str:
        """Write a file unless it has these very bytes; return its name, relative to the folder."""
        content = data.encode() if isinstance(data, str) else data
        if reason := inside.wrong(name):
            raise _unwritable(name, reason)
        path = self.place(name)
        if not path.is_file() or path.read_bytes() != content:
            self._put(name, content)
            self._stamps.pop(name, None)
        self.use([name])
        return name

    def place(self, name: str) -> Path:
        """Say where a file of the site stands."""
        return self.folder / name

    def _put(self, name: str, content: bytes) -> None:
        self._make_way(name)
        self._announce(name)
        atomic.write(self.folder / name, content)
        self.changed.append(name)
        self._cleared.add(name.rpartition("/")[0])

    def _make_way(self, name: str) -> None:
        """Remove a file of an earlier build that is to be a folder; raises BuildError where anything else stands."""
        path = self.folder / name
        if path.is_dir():
            raise _unwritable(name, "there is a folder of this name")
        folder = self._standing(name.rpartition("/")[0])
        if folder in self._cleared:
            return
        if not inside.is_below(self.folder, name):
            raise _unwritable(name, "a link leads out of the folder of the site")
        for above in takewhile(lambda one: one != self.folder, path.parents):
            if above.is_file():
                inner = above.relative_to(self.folder).as_posix()
                if inner in self.current or inner not in self._known():
                    raise _unwritable(name, f"{inner} is a file")
                above.unlink()
        self._cleared.add(folder)

    def _standing(self, folder: str) -> str:
        """Name the folder, or the one above it that is there: nothing is in the way of what is not."""
        while folder and not os.path.lexists(f"{self.folder}/{folder}"):
            folder = folder.rpartition("/")[0]
        return folder

    def asset(self, stem: str, extension: str, data: bytes) -> str:
        """Write a file under a name that tells its content."""
        return self.write(f"assets/{_cut(stem)}.{hashlib.sha256(data).hexdigest()[:12]}.{extension}", data)

    @contextmanager
    def noting(self) -> Iterator[set[str]]:
        """Gather the names of the files that a piece of work writes, or finds as it would write them."""
        names: set[str] = set()
        self.noted.append(names)
        try:
            yield names
        finally:
            self.noted.pop()

    def once(self, key: Hashable, work: Callable[[], T]) -> T:
        """Do a piece of work that writes files; where it was done before, its files are used again."""
        if key not in self.done:
            with self.noting() as names:
                self.done[key] = work(), names
        value: T
        value, names = self.done[key]
        self.use(names)
        return value

    def use(self, names: Iterable[str]) -> None:
        """Count files that stand already among those of this build, and of the work that is being done."""
        self.current.update(names)
        for noted in self.noted:
            noted.update(names)

    def stamps(self, names: Iterable[str]) -> dict[str, list[int]]:
        """Give the size and time of files, by which one sees that nobody else wrote them since."""
        return {name: _stamp(f"{self.folder}/{name}") for name in sorted(names)}

    def has(self, stamps: Mapping[str, list[int]]) -> bool:
        """Tell whether files stand as they were when their stamps were taken."""
        return all(self._stamped(name) == stamp for name, stamp in stamps.items())

    def look_anew(self) -> None:
        """Look at files and lists of them anew: another build may have written some."""
        for known in ("_stamps", "_cleared", "_listed"):
            vars(self).pop(known, None)

    def _stamped(self, name: str) -> list[int]:
        if name not in self._stamps:
            self._stamps[name] = _stamp(f"{self.folder}/{name}")
        return self._stamps[name]

    @functools.cached_property
    def _cleared(self) -> set[str]:
        """Name the folders in which this build wrote: what is above them was looked at."""
        return set()

    @functools.cached_property
    def _stamps(self) -> dict[str, list[int]]:
        return {}

    def take_back(self, names: Iterable[str]) -> None:
        """Remove pages that this build added, and that are not to be there after all."""
        for name in names:
            if name.endswith(".html") and name in self.changed and name not in self._listed:
                self._remove(self.folder / name)
                self.changed.remove(name)
                self.current.discard(name)

    def prune(self, keep: set[str]) -> list[str]:
        """Remove what earlier builds wrote and this one did not; `keep` names folders or files to spare."""
        before = self._known()
        kept = self.current | spared(before, keep)
        stale = sorted(before - kept)
        for name in stale:
            self._remove(self.folder / name)
        if kept != self._listed:
            atomic.write(self.manifest, json.dumps(sorted(kept)).encode())
        self._journal.unlink(missing_ok=True)
        return stale

    @functools.cached_property
    def _journal(self) -> Path:
        return self.manifest.with_suffix(".journal")

    def _announce(self, name: str) -> None:
        if not self.changed:
            self.manifest.parent.mkdir(parents=True, exist_ok=True)
        with open(self._journal, "ab", buffering=0) as file:
            # The line before may have been cut off.
            file.write(f"\n{json.dumps(name)}\n".encode())

    def _known(self) -> set[str]:
        return self._listed | _noted(self._journal)

    @functools.cached_property
    def _listed(self) -> set[str]:
        names = atomic.kept(self.manifest)
        return set(filter(inside.is_inside, names)) if isinstance(names, list) else set()

    def _remove(self, path: Path) -> None:
        """Remove a file, and the folders that it leaves empty; of what stands elsewhere or is a folder, nothing."""
        if path.is_file() and inside.is_below(self.folder, path.relative_to(self.folder).as_posix()):
            path.unlink(missing_ok=True)
        self._remove_empty(path.parent)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _stamp(path: str) -> list[int]:
    # A path in words: thousands of these are asked for, and a Path takes longer to make than the question.
    try:
        stat = os.stat(path)
    except OSError:
        return []
    return [stat.st_size, stat.st_mtime_ns]


def spared(names: Iterable[str], keep: set[str]) -> set[str]:
    """Give those of some files that are to be spared; `keep` names folders or files."""
    return {name for name in names if name in keep or any(name.startswith(f"{one}/") for one in keep)}


def _noted(journal: Path) -> set[str]:
    """Read a journal; a last line that was cut off names a file that was not written yet."""
    try:
        lines = journal.read_text("utf-8", errors="replace").splitlines() if journal.is_file() else []
    except OSError:
        return set()
    names = set()
    for line in lines:
        with suppress(ValueError, RecursionError):
            name = json.loads(line)
            names |= {name} if inside.is_inside(name) else set()
    return names


def _unwritable(name: str, reason: str) -> BuildError:
    return BuildError([Problem(Place(Path(name)), f"this file of the site cannot be written: {reason}")])


def _cut(stem: str) -> str:
    """Keep as much of a name as file systems take; the digest behind it tells files apart."""
    return stem.encode()[:_STEM].decode(errors="ignore")
