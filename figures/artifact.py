"""What a figure returns: charts, pictures and sprites, their words and their numbers."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from figures.methods.rows import nearest

PREVIEW_ROWS = 16
DECIMALS = 4
"""Digits after the point that a table's floats keep unless a column says otherwise."""
EXTENSIONS = {"image/webp": "webp", "image/png": "png", "image/avif": "avif", "image/svg+xml": "svg"}


@dataclass(frozen=True)
class Control:
    """A choice that a reader has in a figure: the steps of an optimisation, pages of a quilt, two looks at one thing.

    `kind` is `slider`, `pages` or `toggle`; `labels` are what can be chosen, `start` at first, by default
    the first. A part whose `shown` names the control is seen while one label of it is chosen.
    """

    name: str
    kind: str
    labels: tuple[str, ...]
    title: str = ""
    start: str = ""


@dataclass(frozen=True)
class Chart:
    """An interactive chart: its compiled Vega specification and the SVG that stands in for it.

    `width` and `height` are CSS pixels and equal for both forms. `title` stands above it; `shown`,
    {control: label}, says when it is seen.
    """

    spec: Mapping[str, object]
    svg: str
    width: int
    height: int
    name: str = "chart"
    alt: str = ""
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Image:
    """An encoded raster or vector picture; `width` and `height` are its own pixels."""

    data: bytes
    media_type: str
    width: int
    height: int
    alt: str
    name: str = "image"
    display_px: int | None = None
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Tile:
    """One picture of a sprite: what it shows, the unit it belongs to, the lines below it."""

    alt: str
    unit: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Sprite:
    """Equal tiles packed row by row, `columns` to a row, into one picture.

    `tile_px` is the side of a tile in the picture, `display_px` its side on the page;
    `per_row` asks the page for that many in a row (0: as many as fit). `columns_titles` stand below
    its columns, which then stay columns on a narrow page too; a line runs before column `rule_before`,
    and `brackets` (first column, how many, words) join columns below.
    """

    image: Image
    tiles: tuple[Tile, ...]
    tile_px: int
    columns: int
    display_px: int = 72
    per_row: int = 0
    name: str = "sprite"
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    columns_titles: tuple[str, ...] = ()
    rule_before: int = 0
    brackets: tuple[tuple[int, int, str], ...] = ()


@dataclass(frozen=True)
class Table:
    """The numbers of a figure; cells are str, int, float or None."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]

    @classmethod
    def of(
        cls, columns: Mapping[str, Iterable[object]], *, decimals: Mapping[str, int | None] | int = DECIMALS
    ) -> Table:
        """Set equally long columns, arrays among them, beside each other.

        Floats are rounded to `decimals`, a number for all or for some columns by name, None for as they are;
        NaN, which stands for what is not known, becomes None. Raises ValueError where columns differ in length.
        """
        every = decimals if isinstance(decimals, Mapping) else dict.fromkeys(columns, decimals)
        if strange := [name for name in every if name not in columns]:
            raise ValueError(f"decimals: the table has no column {strange[0]!r}{nearest(strange[0], columns)}")
        cells = {name: _cells(column, every.get(name, DECIMALS)) for name, column in columns.items()}
        if len({len(column) for column in cells.values()}) > 1:
            lengths = ", ".join(f"{name} {len(column)}" for name, column in cells.items())
            raise ValueError(f"the columns of a table are equally long, these are not: {lengths}")
        return cls(tuple(cells), tuple(zip(*cells.values(), strict=True)))

    def csv(self) -> bytes:
        """Write the table as CSV with a header line."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.columns, *self.rows])
        return text.getvalue().encode()

    def json(self) -> bytes:
        """Write the table as a JSON list of objects."""
        return _json([dict(zip(self.columns, row, strict=True)) for row in self.rows])


@dataclass(frozen=True)
class Artifact:
    """What a page needs of one figure.

    `alt` says in a sentence or two what a reader sees; `values` are numbers and words that
    prose may quote by key; `notes` are short facts the caption must carry (for example
    where labels come from); `parts` stand in order, each while `controls` choose it. `provenance` is what
    `figures.run` found out about its making.
    """

    alt: str
    parts: tuple[Chart | Image | Sprite, ...]
    table: Table
    values: Mapping[str, float | int | str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    provenance: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    def save(self, folder: Path | str) -> list[Path]:
        """Write pictures, charts, table, words and provenance to a folder; return the files."""
        record, objects = pack(self)
        return write(record, objects.__getitem__, self.provenance, Path(folder))


def pack(artifact: Artifact) -> tuple[dict[str, object], dict[str, bytes]]:
    """Split an artifact into a JSON record and the objects it names by SHA-256."""
    objects: dict[str, bytes] = {}

    def keep(data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        objects[digest] = data
        return digest

    record = {
        "alt": artifact.alt,
        "parts": [_PACK[type(part)](part, keep) for part in artifact.parts],
        "table": _pack_table(artifact.table, keep),
        "values": {key: _plain(value) for key, value in artifact.values.items()},
        "notes": list(artifact.notes),
        "controls": [asdict(control) for control in artifact.controls],
    }
    return record, objects


def _pack_chart(chart: Chart, keep) -> dict[str, object]:
    from figures.charts import raster

    return {
        "kind": "chart",
        "name": chart.name,
        "alt": chart.alt,
        "width": chart.width,
        "height": chart.height,
        "spec": keep(_json(chart.spec)),
        "svg": keep(chart.svg.encode()),
        "png": keep(raster.png(chart.svg)),
        "title": chart.title,
        "shown": dict(chart.shown),
    }


def _pack_image(image: Image, keep) -> dict[str, object]:
    fields = asdict(image)
    fields["object"] = keep(fields.pop("data"))
    return {"kind": "image", **fields}


def _pack_sprite(sprite: Sprite, keep) -> dict[str, object]:
    fields = asdict(sprite)
    fields["image"] = _pack_image(sprite.image, keep)
    return {"kind": "sprite", **fields}


def _pack_table(table: Table, keep) -> dict[str, object]:
    rows = [[_plain(cell) for cell in row] for row in table.rows]
    plain = Table(table.columns, tuple(map(tuple, rows)))
    return {
        "columns": list(table.columns),
        "rows": rows[:PREVIEW_ROWS],
        "count": len(rows),
        "csv": keep(plain.csv()),
        "json": keep(plain.json()),
    }


_PACK = {Chart: _pack_chart, Image: _pack_image, Sprite: _pack_sprite}


def _plain(value: object) -> object:
    """Turn NumPy scalars into Python ones."""
    return value.item() if hasattr(value, "item") else value


def _cells(column: Iterable[object], decimals: int | None) -> list[object]:
    """Return the cells of a column as plain Python values."""
    values = column.tolist() if hasattr(column, "tolist") else map(_plain, column)
    return [_rounded(value, decimals) if isinstance(value, float) else value for value in values]


def _rounded(value: float, decimals: int | None) -> float | None:
    if math.isnan(value):
        return None
    return value if decimals is None else round(value, decimals)


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), default=_plain).encode()


def units_of(parts: Sequence[Chart | Image | Sprite]) -> list[str]:
    """List the units that the sprites of a figure show, in order, once each."""
    tiles = (tile for part in parts if isinstance(part, Sprite) for tile in part.tiles)
    return list(dict.fromkeys(tile.unit for tile in tiles if tile.unit))


def write(
    record: Mapping[str, object], read: Callable[[str], bytes], provenance: Mapping[str, object], folder: Path
) -> list[Path]:
    """Write a packed artifact to a folder, whose objects `read` gives by digest; return the files.

    A picture as it is encoded, a chart as SVG, as PNG and as a Vega specification, the table as CSV and
    JSON, what a reader is told in `alt.txt`, and `provenance.json`.
    """
    files = {f"{name}.{kind}": read(digest) for name, kind, digest in _named(record["parts"])}
    files |= {f"table.{kind}": read(record["table"][kind]) for kind in ("csv", "json")}
    files["alt.txt"] = "\n".join([record["alt"], *record["notes"], ""]).encode()
    files["provenance.json"] = json.dumps(provenance, indent=2, sort_keys=True, default=_plain).encode() + b"\n"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in files]


def _named(parts: Sequence[Mapping[str, object]]) -> Iterator[tuple[str, str, str]]:
    """Name the files of a figure's parts: (stem, extension, digest); equal names are numbered."""
    seen: dict[str, int] = {}
    for part in parts:
        seen[part["name"]] = seen.get(part["name"], 0) + 1
        name = part["name"] if seen[part["name"]] == 1 else f"{part['name']}-{seen[part['name']]}"
        if part["kind"] == "chart":
            yield name, "svg", part["svg"]
            if part.get("png"):
                yield name, "png", part["png"]
            yield name, "vega.json", part["spec"]
        else:
            image = part["image"] if part["kind"] == "sprite" else part
            yield name, EXTENSIONS[image["media_type"]], image["object"]
