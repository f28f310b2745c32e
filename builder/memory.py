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


def name_of(path: Path) -> str:
    """Name a file in which something of an article is kept."""
    return digest(path)[:32]


@dataclass
class Memory:
    """Pieces of work by name, as `path` keeps them; `era` digests what all of them depend on.

    Each is a line of JSON until it is asked for: there are some for every article, and as lines they take a sixth
    of the space.
    """

    path: Path = Path()
    era: str = ""
    known: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)

    @classmethod
    def opened(cls, path: Path, era: str) -> Memory:
        """Read what was kept; what is damaged or of another era is forgotten."""
        memory = cls(path, era)
        try:
            seal, _, data = (path.read_bytes() if path.is_file() else b"").partition(b"\n")
            if seal.decode() == digest(era, sha256(data)):
                names, *records = data.decode().split("\n")
                memory.known = dict(zip(json.loads(names), records, strict=True))
        except (OSError, ValueError):
            pass
        return memory

    def value(self, name: str, key: str) -> Record | None:
        """Return what came of a piece of work, if all that went into it is the same."""
        record = self._record(name, key)
        return None if record is None else self._keep(name, record)

    def stands(self, name: str, key: str, output: Output) -> bool:
        """Tell whether a piece of work need not be done again, since its files stand as they were written."""
        record = self._record(name, key)
        return record is not None and output.has(record["files"])

    def recall(self, name: str, key: str, output: Output) -> Record | None:
        """Return what came of a piece of work that need not be done again; its files stay."""
        record = self._record(name, key)
        if record is None or not output.has(record["files"]):
            return None
        output.use(record["files"])
        return self._keep(name, record)

    def recall_all(self, works: Iterable[tuple[str, str]], output: Output) -> bool:
        """Recall pieces of work by name and key, and keep all else that was known; or nothing if one does not stand."""
        files: list[str] = []
        for name, key in works:
            record = self._record(name, key)
            if record is None or not output.has(record["files"]):
                return False
            files += record["files"]
        output.use(files)
        self.kept = {**self.known, **self.kept}
        return True

    def _record(self, name: str, key: str) -> Record | None:
        """Read what is known of a piece of work, unless something that goes into it changed."""
        record: Record | None = json.loads(self.known[name]) if name in self.known else None
        return record if record is not None and record["key"] == key else None

    def _keep(self, name: str, record: Record) -> Record:
        self.kept[name] = self.known[name]
        value: Record = record["value"]
        return value

    def files(self, name: str) -> list[str]:
        """List the files that a piece of work wrote when it was last done."""
        return list(json.loads(self.known[name])["files"]) if name in self.known else []

    def forget(self, name: str) -> None:
        """Drop what was remembered of a piece of work."""
        self.kept.pop(name, None)

    def keep(self, name: str, key: str, value: object = None, files: Mapping[str, object] | None = None) -> None:
        """Remember a piece of work."""
        record = {"key": key, "value": {} if value is None else value, "files": dict(files or {})}
        self.kept[name] = json.dumps(record, separators=_TIGHT)

    def once(self, name: str, key: str, output: Output, work: Callable[[], None]) -> None:
        """Do a piece of work that only writes files, unless it need not be done again."""
        if self.recall(name, key, output) is None:
            with output.noting() as names:
                work()
            self.keep(name, key, files=output.stamps(names))

    def save(self) -> None:
        """Keep what was recalled or done, and nothing else."""
        if self.kept == self.known:
            return
        data = "\n".join([json.dumps(list(self.kept)), *self.kept.values()]).encode()
        seal = digest(self.era, sha256(data))
        atomic.write(self.path, seal.encode() + b"\n" + data)
        self.known = dict(self.kept)


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
