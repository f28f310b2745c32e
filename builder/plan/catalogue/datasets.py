"""Data sets by name and the digests of their images, also where the images are not."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from builder.frozen import frozen
from builder.plan.catalogue import specs

if TYPE_CHECKING:
    from builder.plan.closure import Sources
    from builder.reporter import Reporter
    from builder.store import Store
    from figures.specs import Site

KIND = "dataset"


@frozen
class DataCard:
    """A data set: its full name, and a digest that changes exactly when its images do."""

    name: str
    digest: str


@dataclass
class Datasets:
    """Looks data sets up, each once; `used` gathers the records of the store that were needed.

    The last fingerprint of a data set goes to the store, so that a machine without the images
    knows what was measured. `reporter` shows how many files have been read.
    """

    sources: Sources
    site: Site
    store: Store | None = None
    reporter: Reporter | None = None
    used: set[tuple[str, str]] = field(default_factory=set)
    _cards: dict[str, DataCard | ValueError] = field(default_factory=dict, repr=False)
    _pictures: dict[str, dict[str, None]] = field(default_factory=dict, repr=False)

    def card(self, text: str) -> DataCard:
        """Return a data set's card; raises ValueError where there is none of that name, or no image."""
        if text not in self._cards:
            try:
                self._cards[text] = DataCard(text, self._digest(text))
            except ValueError as error:
                self._cards[text] = error
        found = self._cards[text]
        if isinstance(found, ValueError):
            raise found
        return found

    def check_picture(self, text: str, written: str) -> None:
        """Raise ValueError with the nearest name for a picture that a data set is known not to have."""
        if not written or written.isdigit():
            return
        if text not in self._pictures:
            with contextlib.suppress(ValueError, OSError):  # not here: what was measured elsewhere still counts
                self._pictures[text] = specs.pictures(specs.dataset(text, self.site), self.site)
        specs.check_picture(written, text, self._pictures.get(text, {}))

    def _digest(self, text: str) -> str:
        key = self._key(text)
        try:
            spec = specs.dataset(text, self.site)
            if spec.kind == "glyphs":
                code = self.sources.digest("figures.glyphs.dataset", "render")
                return hashlib.sha256(f"{text} {code}".encode()).hexdigest()
            with _counting(self.reporter, f"reading {text}") as tell:
                digest = specs.fingerprint(spec, self.site, tell)
        except (ValueError, OSError) as error:
            return self._last(text, key, error)
        self._remember(text, key, digest)
        return digest

    def _key(self, text: str) -> str:
        """Digest what an author wrote, wherever the site lies."""
        base, _, count = text.rpartition(":")
        name = base if base in self.site.datasets or count.isdigit() else text
        table = {key: _portable(value, self.site.root) for key, value in self.site.datasets.get(name, {}).items()}
        written = json.dumps([_portable(text, self.site.root), table], sort_keys=True, default=str)
        return hashlib.sha256(written.encode()).hexdigest()

    def _last(self, text: str, key: str, error: ValueError | OSError) -> str:
        """Return the fingerprint that the images had where they were last seen; else raise what is wrong."""
        if self.store is None or not self._is_absent(text):
            raise ValueError(_said(error)) from error
        self.used.add((KIND, key))
        entry = self.store.get(KIND, key)
        if entry is None:
            raise ValueError(_said(error)) from error
        return str(entry.meta["digest"])

    def _is_absent(self, text: str) -> bool:
        """Tell whether nothing at all lies where a data set should."""
        try:
            spec = specs.dataset(text, self.site)
        except ValueError:
            return text.partition(":")[0] != "glyphs"
        return specs.is_absent(spec)

    def _remember(self, text: str, key: str, digest: str) -> None:
        self.used.add((KIND, key))
        if self.store is None:
            return
        entry = self.store.get(KIND, key)
        if entry is None or entry.meta["digest"] != digest:
            self.store.put(KIND, key, {"digest": digest, "dataset": text}, {})


@contextlib.contextmanager
def _counting(reporter: Reporter | None, description: str) -> Iterator[Callable[[int, int], None]]:
    """Show "done of total", from the first news on: where all is remembered, there is none."""
    begun: list[object] = []
    before = 0

    def tell(done: int, total: int) -> None:
        nonlocal before
        if reporter is not None:
            begun.extend([] if begun else [reporter.begin(description, total)])
            reporter.advance(begun[0], done - before)
        before = done

    try:
        yield tell
    finally:
        if reporter is not None and begun:
            reporter.end(begun[0])


def _said(error: ValueError | OSError) -> str:
    return f"{error.filename}: {error.strerror}" if isinstance(error, OSError) and error.strerror else str(error)


def _portable(value: object, root: Path) -> object:
    return specs.portable(value, root) if isinstance(value, str) else value
