"""A build on trial: the site that it would write, beside the one that stands, which stays as it is."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from builder import atomic
from builder.output import Output, spared


@dataclass
class Trial(Output):
    """An output whose folder and manifest are only read: `scratch` gets what differs, in the end the whole site."""

    scratch: Path = Path()

    def place(self, name: str) -> Path:
        """Say where a file of the site stands."""
        ours = self.scratch / name
        return ours if ours.is_file() else self.folder / name

    def _put(self, name: str, content: bytes) -> None:
        atomic.write(self.scratch / name, content)

    def prune(self, keep: set[str]) -> list[str]:
        """Remove nothing, and bring what stands unchanged to the rest, what others put there too."""
        there = {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*")}
        known = self._known()
        for name in self.current | spared(known, keep) | (there - known):
            self._bring(self.folder / name, self.scratch / name)
        return []

    @staticmethod
    def _bring(there: Path, here: Path) -> None:
        if here.exists() or not there.is_file():
            return
        here.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(there, here)
        except OSError:  # where there are no links between these folders
            shutil.copyfile(there, here)
