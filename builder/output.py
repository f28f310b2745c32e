"""Where the site is written: whole files only, unchanged ones untouched, stale ones removed."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from builder import atomic


@dataclass
class Output:
    """A folder that holds nothing but output; `manifest` lists what earlier builds wrote there."""

    folder: Path
    manifest: Path
    current: set[str] = field(default_factory=set)
    changed: list[str] = field(default_factory=list)
    assets: dict[tuple[str, str], str] = field(default_factory=dict)

    def write(self, name: str, data: bytes | str) -> str:
        """Write a file unless it has these very bytes; return its name, relative to the folder."""
        content = data.encode() if isinstance(data, str) else data
        path = self.folder / name
        self.current.add(name)
        if not path.is_file() or path.read_bytes() != content:
            atomic.write(path, content)
            self.changed.append(name)
        return name

    def asset(self, stem: str, extension: str, data: bytes) -> str:
        """Write a file under a name that tells its content; equal contents share the first name."""
        digest = hashlib.sha256(data).hexdigest()[:12]
        name = self.assets.setdefault((digest, extension), f"assets/{stem}.{digest}.{extension}")
        return self.write(name, data)

    def prune(self, keep: set[str]) -> list[str]:
        """Remove what earlier builds wrote and this one did not; `keep` names folders or files to spare."""
        before = self._known()
        spared = {n for n in before if n in keep or any(n.startswith(f"{k}/") for k in keep)}
        stale = sorted(before - self.current - spared)
        for name in stale:
            (self.folder / name).unlink(missing_ok=True)
            self._remove_empty((self.folder / name).parent)
        atomic.write(self.manifest, json.dumps(sorted(self.current | spared)).encode())
        return stale

    def _known(self) -> set[str]:
        try:
            return set(json.loads(self.manifest.read_text("utf-8")))
        except (OSError, ValueError):
            return set()

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent
