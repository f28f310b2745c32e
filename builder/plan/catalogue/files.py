"""Digests of files, remembered by path, size and times of change."""

from __future__ import annotations

import hashlib
import json
import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from builder import atomic
from builder.read import finding

SETTLED_NS = 2 * 10**9
"""A file that changed a moment ago may change again at the same time, as clocks of files count."""


@dataclass
class FileDigests:
    """Reads a file once for each of its states; `memory` is where that is kept between builds."""

    memory: Path
    _known: dict[str, list[object]] | None = field(default=None, repr=False)
    _changed: bool = field(default=False, repr=False)

    def digest(self, path: Path | str) -> str:
        """Return the SHA-256 of a file's content; raises OSError where it cannot be read."""
        name = str(path)
        stat = os.stat(name)
        finding.check(name, stat)
        # Who copies a file may set the one time; no one sets the other, which tells of that.
        stamp = [stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns]
        known = self._remembered().get(name)
        if known is None or known[:-1] != stamp:
            with open(name, "rb") as file:
                known = [*stamp, hashlib.file_digest(file, "sha256").hexdigest()]
            if time.time_ns() - max(stat.st_mtime_ns, stat.st_ctime_ns) > SETTLED_NS:
                self._remembered()[name] = known
                self._changed = True
        return str(known[-1])

    def _remembered(self) -> dict[str, list[object]]:
        if self._known is None:
            known = atomic.kept(self.memory)
            rows = known.items() if isinstance(known, dict) else ()
            self._known = {name: stamp for name, stamp in rows if isinstance(stamp, list)}
        return self._known

    def save(self) -> None:
        """Keep the digests for the next build."""
        if self._changed:
            atomic.write(self.memory, json.dumps(self._remembered()).encode())
            self._changed = False
