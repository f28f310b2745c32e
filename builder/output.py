"""Where the site is written: whole files only, unchanged ones untouched, stale ones removed."""

from __future__ import annotations

import functools
import hashlib
import json
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from builder import atomic

PENDING = "to-be-named"
"""Stands where a file's name tells its content, until the content is known."""


@dataclass
class Output:
    """A folder that holds nothing but output; `manifest` lists what earlier builds wrote there.

    What this one adds is noted in a journal before it is written, so that a build that was
    killed leaves nothing that the next one does not know of.
    """

    folder: Path
    manifest: Path
    current: set[str] = field(default_factory=set)
    changed: list[str] = field(default_factory=list)
    assets: dict[tuple[str, str], str] = field(default_factory=dict)
    promised: set[str] = field(default_factory=set)
    held: dict[str, str] = field(default_factory=dict)

    def write(self, name: str, data: bytes | str) -> str:
        """Write a file unless it has these very bytes; return its name, relative to the folder.

        A page that links to a file that is only promised waits until the promise is kept.
        """
        if isinstance(data, str) and any(address in data for address in self.promised):
            self.current.add(name)
            self.held[name] = data
            return name
        content = data.encode() if isinstance(data, str) else data
        path = self.folder / name
        self.current.add(name)
        if not path.is_file() or path.read_bytes() != content:
            self._announce(name)
            atomic.write(path, content)
            self.changed.append(name)
        return name

    def asset(self, stem: str, extension: str, data: bytes) -> str:
        """Write a file under a name that tells its content; equal contents share the first name."""
        digest = hashlib.sha256(data).hexdigest()[:12]
        name = self.assets.setdefault((digest, extension), f"assets/{stem}.{digest}.{extension}")
        return self.write(name, data)

    def promise(self, stem: str, extension: str) -> str:
        """Give a name that pages may link to before the file's content is known."""
        address = f"assets/{stem}.{PENDING}.{extension}"
        self.promised.add(address)
        return address

    def keep(self, address: str, data: bytes) -> str:
        """Write a file that was promised, and the pages that wait for its name."""
        self.promised.discard(address)
        name = self.asset(*Path(address).name.split(f".{PENDING}."), data)
        waiting, self.held = self.held, {}
        for page, text in waiting.items():
            self.write(page, text.replace(address, name))
        return name

    def prune(self, keep: set[str]) -> list[str]:
        """Remove what earlier builds wrote and this one did not; `keep` names folders or files to spare."""
        before = self._known()
        spared = {n for n in before if n in keep or any(n.startswith(f"{k}/") for k in keep)}
        stale = sorted(before - self.current - spared)
        for name in stale:
            (self.folder / name).unlink(missing_ok=True)
            self._remove_empty((self.folder / name).parent)
        atomic.write(self.manifest, json.dumps(sorted(self.current | spared)).encode())
        self._journal.unlink(missing_ok=True)
        return stale

    @property
    def _journal(self) -> Path:
        return self.manifest.with_suffix(".journal")

    def _announce(self, name: str) -> None:
        if name in self._earlier:
            return
        self.manifest.parent.mkdir(parents=True, exist_ok=True)
        with self._journal.open("a", encoding="utf-8") as file:
            # The line before may have been cut off.
            file.write(f"\n{json.dumps(name)}\n")

    @functools.cached_property
    def _earlier(self) -> set[str]:
        return self._known()

    def _known(self) -> set[str]:
        try:
            listed = set(json.loads(self.manifest.read_text("utf-8")))
        except (OSError, ValueError):
            listed = set()
        return listed | _noted(self._journal)

    def _remove_empty(self, folder: Path) -> None:
        while folder != self.folder and folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
            folder = folder.parent


def _noted(journal: Path) -> set[str]:
    """Read a journal; a last line that was cut off names a file that was not written yet."""
    try:
        lines = journal.read_text("utf-8").splitlines()
    except OSError:
        return set()
    names = set()
    for line in lines:
        with suppress(ValueError):
            names.add(json.loads(line))
    return names
