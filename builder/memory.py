"""What a build remembers of the one before: work whose every input is the same is not done again.

Each piece of work has a name and a key, the digest of all that goes into it. Its memory says what files it wrote
and what else came of it. It counts only where the key is the same and every file stands as it was written: otherwise
the work is done, as it is from nothing. A memory that is damaged, or of another tool, is none.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from builder import __version__, atomic, packages
from builder.output import Output
from builder.settings import own_templates
from builder.store.records import sha256

Record = Mapping[str, Any]
"""What JSON can say."""
PACKAGES = ("builder", "figures")
_TIGHT = (",", ":")


def digest(*parts: object) -> str:
    """Digest values by what they look like."""
    return hashlib.sha256("\0".join(map(str, parts)).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass
class Memory:
    """Pieces of work by name, as `path` keeps them; `era` digests what all of them depend on."""

    path: Path = Path()
    era: str = ""
    known: dict[str, Record] = field(default_factory=dict)
    kept: dict[str, Record] = field(default_factory=dict)
    _written: tuple[Mapping[str, Record], bytes] = field(default=({}, b""), repr=False)

    @classmethod
    def opened(cls, path: Path, era: str) -> Memory:
        """Read what was kept; what is damaged or of another era is forgotten."""
        memory = cls(path, era)
        try:
            seal, _, data = (path.read_bytes() if path.is_file() else b"").partition(b"\n")
            if seal.decode() == digest(era, sha256(data)):
                memory.known = json.loads(data)
                memory._written = dict(memory.known), data
        except (OSError, ValueError):
            pass
        return memory

    def value(self, name: str, key: str) -> Record | None:
        """Return what came of a piece of work, if all that went into it is the same."""
        record = self.known.get(name)
        if record is None or record["key"] != key:
            return None
        self.kept[name] = record
        value: Record = record["value"]
        return value

    def stands(self, name: str, key: str, output: Output) -> bool:
        """Tell whether a piece of work need not be done again, since its files stand as they were written."""
        record = self.known.get(name)
        return record is not None and record["key"] == key and output.has(record["files"])

    def recall(self, name: str, key: str, output: Output) -> Record | None:
        """Return what came of a piece of work that need not be done again; its files stay."""
        if not self.stands(name, key, output):
            return None
        record = self.kept[name] = self.known[name]
        output.use(record["files"])
        value: Record = record["value"]
        return value

    def files(self, name: str) -> list[str]:
        """List the files that a piece of work wrote when it was last done."""
        return list(self.known.get(name, {"files": {}})["files"])

    def forget(self, name: str) -> None:
        """Drop what was remembered of a piece of work."""
        self.kept.pop(name, None)

    def keep(self, name: str, key: str, value: object = None, files: Mapping[str, object] | None = None) -> None:
        """Remember a piece of work."""
        self.kept[name] = {"key": key, "value": {} if value is None else value, "files": dict(files or {})}

    def once(self, name: str, key: str, output: Output, work: Callable[[], None]) -> None:
        """Do a piece of work that only writes files, unless it need not be done again."""
        if self.recall(name, key, output) is None:
            with output.noting() as names:
                work()
            self.keep(name, key, files=output.stamps(names))

    def keep_all(self) -> None:
        """Keep everything that was known: nothing has changed."""
        self.kept = {**self.known, **self.kept}

    def save(self) -> None:
        """Keep what was recalled or done, and nothing else."""
        if self.kept == self.known:
            return
        data = b"{\n%s\n}" % b",\n".join(self._lines())
        seal = digest(self.era, sha256(data))
        atomic.write(self.path, seal.encode() + b"\n" + data)
        self.known, self._written = dict(self.kept), (dict(self.kept), data)

    def _lines(self) -> Iterator[bytes]:
        """Write each record in a line of its own; those that were read stand there already."""
        before, data = self._written
        lines = dict(zip(before, data[2:-2].split(b",\n"), strict=False))
        for name, record in self.kept.items():
            is_written = before.get(name) is record
            yield lines[name] if is_written else f"{json.dumps(name)}:{json.dumps(record, separators=_TIGHT)}".encode()


def tool() -> str:
    """Digest the tool itself: its files, and the time when packages were last installed beside it."""
    folders = list(map(packages.folder, PACKAGES))
    installed = [folder for folder in map(Path, sys.path) if folder.name in ("site-packages", "dist-packages")]
    times = [os.stat(folder).st_mtime_ns for folder in installed if folder.is_dir()]
    return digest(__version__, sys.version, times, states({*folders, own_templates()}))


def states(folders: Iterable[Path]) -> list[tuple[str, int, int]]:
    """List the files below folders, each with its size and time; what Python makes of them does not count."""
    return sorted((entry.path, entry.stat().st_size, entry.stat().st_mtime_ns) for f in folders for entry in _files(f))


def _files(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != "__pycache__":
                    yield from _files(entry.path)
            else:
                yield entry
