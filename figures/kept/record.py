"""The record of an artifact, with a version: what a page needs of a figure, but for bytes, which it names by digest."""

from __future__ import annotations

import dataclasses
import itertools
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from figures.kept import hierarchy as hierarchy
from figures.kept import live as live
from figures.kept import plain
from figures.kept.parts import ChartPart, Control, KeptPart

VERSION = 3
"""A record of another version is not read: the figure is drawn again."""

Value: TypeAlias = float | int | str
Cell: TypeAlias = float | int | str | None


@dataclass(frozen=True)
class KeptTable:
    """The first `rows` of a table of `count`; all of them lie in `csv` and `json`, by digest.

    A page shows an `open` one at once.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    count: int
    csv: str
    json: str
    open: bool = False

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Name its files: (extension, digest)."""
        return ("csv", self.csv), ("json", self.json)


@dataclass(frozen=True)
class FigureRecord:
    """What a page needs of one figure, but for the bytes."""

    alt: str
    parts: tuple[KeptPart, ...]
    table: KeptTable
    values: Mapping[str, Value] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()

    def plain(self) -> dict[str, Any]:
        """Write the record as JSON has it."""
        own = {"version": VERSION, "parts": [part.plain() for part in self.parts]}
        return {name: _listed(value) for name, value in {**dataclasses.asdict(self), **own}.items()}


def _listed(value: Any) -> Any:
    """Turn tuples into lists, as JSON does."""
    if isinstance(value, Mapping):
        return {name: _listed(one) for name, one in value.items()}
    return [_listed(one) for one in value] if isinstance(value, list | tuple) else value


def read(meta: object) -> FigureRecord:
    """Read what `FigureRecord.plain` wrote; raises ValueError for another version, and for what is no record."""
    if not isinstance(meta, Mapping) or meta.get("version") != VERSION:
        other = meta.get("version") if isinstance(meta, Mapping) else None
        raise ValueError(f"a record of version {other or 'none'}; expected version {VERSION}")
    try:
        return FigureRecord(
            alt=meta["alt"],
            parts=tuple(_part(dict(part)) for part in meta["parts"]),
            table=_table(meta["table"]),
            values=dict(meta["values"]),
            notes=tuple(meta["notes"]),
            controls=tuple(Control(**{**one, "labels": tuple(one["labels"])}) for one in meta["controls"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError(f"not a record of version {VERSION}: {type(error).__name__}: {error}") from error


def _part(fields: dict[str, Any]) -> KeptPart:
    return KeptPart.kinds[fields.pop("kind")].of(fields)


def _table(fields: Mapping[str, Any]) -> KeptTable:
    rows = tuple(tuple(row) for row in fields["rows"])
    return KeptTable(**{**fields, "columns": tuple(fields["columns"]), "rows": rows})


def write(
    record: FigureRecord,
    read: Callable[[str], bytes],
    png: Callable[[bytes], bytes],
    provenance: Mapping[str, object],
    folder: Path,
) -> list[Path]:
    """Write a figure to a folder; `read` gives bytes by digest, `png` draws an SVG in pixels; return the files.

    A picture as it is encoded, a chart as SVG, as PNG and as a Vega specification, the table as CSV and
    JSON, what a reader is told in `alt.txt`, and `provenance.json`.
    """
    named = dict(_named(record.parts))
    files = {f"{name}.{end}": read(digest) for name, part in named.items() for end, digest in part.files}
    files |= {f"{name}.png": png(read(part.svg)) for name, part in named.items() if isinstance(part, ChartPart)}
    files |= {f"table.{extension}": read(digest) for extension, digest in record.table.files}
    files["alt.txt"] = "\n".join([record.alt, *record.notes, ""]).encode()
    files["provenance.json"] = json.dumps(provenance, indent=2, sort_keys=True, default=plain.item).encode() + b"\n"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def _named(parts: Sequence[KeptPart]) -> Iterator[tuple[str, KeptPart]]:
    """Name the files of a figure's parts by their stem; equal names are numbered."""
    taken: set[str] = set()
    for part in parts:
        numbered = (f"{part.name}-{i}" for i in itertools.count(2))
        name = next(name for name in itertools.chain([part.name], numbered) if name not in taken)
        taken.add(name)
        yield name, part
