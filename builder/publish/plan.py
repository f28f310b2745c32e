"""What a publication will add, change and remove."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path

from builder.frozen import frozen
from builder.inside import is_inside
from builder.publish import headers
from builder.publish.failure import PublishError
from builder.reporter import Reporter

MANIFEST = ".microscribe.json"
"""The file of a folder or bucket that lists what was published there, so that nothing else is ever removed."""


@frozen
class Item:
    """A file to publish: `name` is its address from the root of the site, `path` is None for one made up."""

    name: str
    size: int
    md5: str
    path: Path | None = None
    data: bytes = field(default=b"", repr=False)

    def read(self) -> bytes:
        """Return the content; raises PublishError where it is no longer what was examined."""
        data = self.data if self.path is None else self.path.read_bytes()
        if md5(data) != self.md5:
            raise PublishError(f"{self.path} changed while it was being published; publish again")
        return data


def item(name: str, path: Path, data: bytes) -> Item:
    """Describe a file of the site."""
    return Item(name, len(data), md5(data), path)


def made(name: str, data: bytes) -> Item:
    """Describe a file that only the target needs."""
    return Item(name, len(data), md5(data), None, data)


def md5(data: bytes) -> str:
    """Digest as buckets do, to compare with what they tell."""
    return hashlib.md5(data, usedforsecurity=False).hexdigest()


@frozen
class Changes:
    """What is to happen to a target; `before` gives the sizes, in bytes, of what is there by name."""

    added: tuple[Item, ...] = ()
    changed: tuple[Item, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: int = 0
    before: Mapping[str, int] = field(default_factory=dict, compare=False)

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)

    @property
    def sent(self) -> tuple[Item, ...]:
        """List what has to be sent, in the order in which it may be put in place."""
        return tuple(sorted((*self.added, *self.changed), key=lambda one: headers.rank(one.name)))

    def lines(self) -> Iterator[str]:
        """Write the plan, a file a line."""
        for one in self.added:
            yield f"  + {one.name}  {size(one.size)}"
        for one in self.changed:
            yield f"  ~ {one.name}  {size(self.before.get(one.name, 0))} → {size(one.size)}"
        for name in self.removed:
            yield f"  - {name}  {size(self.before.get(name, 0))}"

    def summary(self) -> str:
        """Count in one line."""
        kinds = {"added": self.added, "changed": self.changed, "removed": self.removed}
        counts = [f"{len(names)} {kind}" for kind, names in kinds.items()]
        return f"{', '.join(counts)}, {self.unchanged} unchanged; {size(sum(one.size for one in self.sent))} to send"


@frozen
class Prepared:
    """A publication ready to be carried out: `where` names the place, `address` is where readers find it."""

    where: str
    changes: Changes
    carry_out: Callable[[Reporter], None]
    address: str = ""
    hint: str = ""


def compare(
    items: Iterable[Item], there: Mapping[str, int], same: Callable[[Item], bool], ours: Iterable[str]
) -> Changes:
    """Compare the site with what is there; only what is `ours` may be removed."""
    items = sorted(items, key=lambda one: one.name)
    names = {one.name for one in items}
    differing = [one for one in items if one.name in there and not same(one)]
    return Changes(
        added=tuple(one for one in items if one.name not in there),
        changed=tuple(differing),
        removed=tuple(sorted(name for name in set(ours) - names if name in there)),
        unchanged=len(names & there.keys()) - len(differing),
        before=dict(there),
    )


def size(count: int) -> str:
    """Write a number of bytes: "812 B", "12.3 kB", "4.0 MB"."""
    if count < 1000:
        return f"{count} B"
    number, unit = (count / 1e3, "kB") if count < 999_950 else (count / 1e6, "MB")
    return f"{number:.1f} {unit}"


def read_manifest(data: bytes, where: str) -> dict[str, dict[str, str]]:
    """Read what was published before: name to what is known of it; raises PublishError where it is damaged.

    Names that lead elsewhere are passed over: nobody published them, and what they name is not ours to remove.
    """
    try:
        files = json.loads(data)["files"]
        ours = {name: facts for name, facts in files.items() if is_inside(name)}
        return {name: {key: str(value) for key, value in facts.items()} for name, facts in ours.items()}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise PublishError(
            f"{where}: not a list of published files; remove it to publish without removing old files"
        ) from error


def write_manifest(files: Mapping[str, Mapping[str, str]]) -> bytes:
    """Write what is published, sorted."""
    return (json.dumps({"files": files}, sort_keys=True, indent=0) + "\n").encode()
