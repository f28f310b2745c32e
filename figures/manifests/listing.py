"""Where each image of a data set lies, and the digest of its content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from figures.manifests.memory import DIGEST_BYTES


@dataclass(frozen=True)
class Listing:
    """Images by name: each is `sizes` bytes of a file below `root`, from `offsets` on.

    `digests` holds the SHA-256 of each, one after the other.
    """

    root: Path
    names: tuple[str, ...]
    files: tuple[str, ...]
    offsets: tuple[int, ...]
    sizes: tuple[int, ...]
    digests: bytes
    labels: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()

    def digest(self, index: int) -> bytes:
        """Return the SHA-256 of one content."""
        return self.digests[DIGEST_BYTES * index : DIGEST_BYTES * (index + 1)]

    def part(self, start: int, stop: int) -> Listing:
        """Return the images from `start` to before `stop`."""
        some = slice(start, stop)
        names, files, offsets, sizes = self.names[some], self.files[some], self.offsets[some], self.sizes[some]
        digests = self.digests[DIGEST_BYTES * start : DIGEST_BYTES * stop]
        return Listing(self.root, names, files, offsets, sizes, digests, self.labels[some])
