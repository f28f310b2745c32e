"""An imported article as files: its text with the head, a digest by which an edit is seen, a report."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import field
from pathlib import Path

import yaml

from builder import atomic
from builder.frozen import frozen
from builder.importers.draft import Remark

INDEX = "index.md"
REPORT = "import-report.txt"
DIGEST = re.compile(r"^(    digest: sha256-)([0-9a-f]{16})$", re.MULTILINE)


@frozen
class Imported:
    """An article as it shall stand: the files of its folder, by name; `copies` are pictures and such."""

    slug: str
    dialect: str
    text: str
    report: str
    bibliography: Mapping[str, str] = field(default_factory=dict)
    copies: Mapping[str, Path] = field(default_factory=dict)


class _Plain(yaml.SafeDumper):  # type: ignore[misc]  # PyYAML tells nothing of its types
    """Writes what stands in two places twice: a head may hold no anchors."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def article(head: Mapping[str, object], body: str, source: Path, dialect: str, old: Mapping[str, object]) -> str:
    """Write an article with its head; the keys that the source had stay under `imported`."""
    importer = {"source": source.name, "dialect": dialect, "digest": f"sha256-{'0' * 16}"}
    values = {**head, "imported": {"importer": importer, **old}}
    top = yaml.dump(_plain(values), Dumper=_Plain, sort_keys=False, allow_unicode=True, width=1000)
    return _signed(f"---\n{top}---\n\n{body.strip()}\n")


def _plain(value: object) -> object:
    """Make of any mapping and sequence what YAML has a word for."""
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else value


def _signed(text: str) -> str:
    bare = DIGEST.sub(lambda match: match[1] + "0" * 16, text, count=1)
    digest = hashlib.sha256(bare.encode()).hexdigest()[:16]
    return DIGEST.sub(lambda match: match[1] + digest, bare, count=1)


def is_edited(text: str) -> bool:
    """Tell whether an article is no longer as it was imported."""
    return _signed(text) != text or not DIGEST.search(text)


def report(source: Path, dialect: str, remarks: Iterable[Remark]) -> str:
    """Write what the author should know, a remark a line, what was left out in full below it."""
    lines = [f"{source}, read as {dialect}"]
    for one in sorted(set(remarks)):
        lines.append(f"{source}:{one.line}: {one.message}")
        lines += [f"    | {line}" for line in one.text.split("\n")] if one.text else []
    return "\n".join([*lines, ""])


def write(folder: Path, new: Imported) -> list[Path]:
    """Write what is not there so already; return the files that were written."""
    files = {INDEX: new.text, REPORT: new.report, **new.bibliography}
    wanted = {name: text.encode() for name, text in files.items()}
    wanted |= {name: path.read_bytes() for name, path in new.copies.items()}
    written = []
    for name, data in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_bytes() != data:
            atomic.write(path, data)
            written.append(path)
    return written
