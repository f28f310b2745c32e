"""What a figure returns: charts, pictures and sprites, their words and their numbers."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import Field, dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Protocol, TypeAlias

from figures import showing
from figures.kept import checks, plain
from figures.kept.parts import (
    ChartPart,
    Control,
    ImagePart,
    KeptPart,
    LevelPart,
    MosaicPart,
    Patch,
    SpritePart,
    Tile,
)
from figures.kept.record import Cell, FigureRecord, KeptTable, write
from figures.nearest import nearest

__all__ = [
    "Artifact", "Cell", "Chart", "Control", "Image", "Level", "Mosaic", "Part", "Patch", "Sprite", "Table", "Tile",
    "pack",
]  # fmt: skip

PREVIEW_ROWS, OPEN_ROWS = 16, 500
"""How many rows of a table a page holds: of one that is folded away, of one that stands open."""
DECIMALS = 4
"""Digits after the point that a table's floats keep unless a column says otherwise."""

Keep: TypeAlias = Callable[[bytes], str]
"""Takes bytes to be kept, and returns the digest that names them."""


class Part(Protocol):
    """What stands in a figure, of whatever kind: it tells what is wrong with it, and hands over its bytes.

    A frozen dataclass, so that `dataclasses.replace` gives it another name or title.
    """

    __dataclass_fields__: ClassVar[dict[str, Field[Any]]]

    @property
    def name(self) -> str: ...

    @property
    def title(self) -> str: ...

    @property
    def shown(self) -> Mapping[str, str]: ...

    def problems(self) -> Iterator[str]: ...

    def kept(self, keep: Keep) -> KeptPart: ...


@dataclass(frozen=True)
class Chart:
    """An interactive chart: its compiled Vega specification and the SVG that stands in for it.

    `width` and `height` are CSS pixels and equal for both forms. `title` stands above it; `shown`,
    {control: label}, says when it is seen. `narrow` is the same for a narrow page, where this one could not be read.
    `lasso` names what readers may draw a line around, in the plural: then it has the signals of `figures.charts.lasso`.
    """

    spec: Mapping[str, object]
    svg: str
    width: int
    height: int
    name: str = "chart"
    alt: str = ""
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    narrow: Chart | None = None
    lasso: str = ""

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        if self.narrow is not None:
            yield from checks.within("narrow", self.narrow.problems())
        yield from checks.text("alt", self.alt)
        yield from checks.text("lasso", self.lasso)
        yield from checks.sizes(self, "width", "height")
        yield from checks.drawing("svg", self.svg)
        yield from checks.specification(self.spec)

    def kept(self, keep: Keep) -> ChartPart:
        """Hand over its bytes; return all else. The picture in pixels is of the wide form."""
        from figures.charts import raster

        narrow = self.narrow._form(keep) if self.narrow else None
        return replace(self._form(keep), png=keep(raster.png(self.svg)), narrow=narrow)

    def _form(self, keep: Keep) -> ChartPart:
        return ChartPart(
            **_common(self),
            spec=keep(plain.encoded(self.spec)),
            svg=keep(self.svg.encode()),
            width=int(self.width),
            height=int(self.height),
            alt=self.alt,
            lasso=self.lasso,
        )


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

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        yield from checks.words("alt", self.alt)
        yield from checks.picture(self.data, self.media_type, self.width, self.height)
        yield from checks.sizes(self, "width", "height", *(() if self.display_px is None else ("display_px",)))

    def kept(self, keep: Keep) -> ImagePart:
        """Hand over its bytes; return all else."""
        return ImagePart(
            **_common(self),
            object=keep(self.data),
            media_type=self.media_type,
            width=int(self.width),
            height=int(self.height),
            alt=self.alt,
            display_px=None if self.display_px is None else int(self.display_px),
        )


@dataclass(frozen=True)
class Sprite:
    """Equal tiles packed row by row, `columns` to a row, into one picture.

    `tile_px` is the side of a tile in the picture, `display_px` its side on the page;
    `per_row` asks the page for that many in a row (0: as many as fit). `columns_titles` stand below
    its columns, which then stay columns on a narrow page too; a line runs before column `rule_before`,
    and `brackets` (first column, how many, words) join columns below. Every `block` tiles, `per_row` of them
    in a row, stay together wherever rows end (0: there are no blocks); tiles at the same place of blocks are
    `twins` where pointing at one is to mark the others.
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
    block: int = 0
    twins: bool = False

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        yield from checks.within("image", checks.part(self.image, ()))
        yield from checks.tiles(self.tiles)
        yield from checks.texts("columns_titles", self.columns_titles)
        yield from checks.brackets(self.brackets)
        sizes = [
            *checks.sizes(self, "tile_px", "columns", "display_px"),
            *checks.sizes(self, "per_row", "rule_before", "block", least=0),
        ]
        yield from sizes or checks.sheet(self)

    def kept(self, keep: Keep) -> SpritePart:
        """Hand over its bytes; return all else."""
        names = ("tile_px", "columns", "display_px", "per_row", "rule_before", "block")
        sizes: dict[str, Any] = {name: int(getattr(self, name)) for name in names}
        return SpritePart(
            **_common(self),
            **sizes,
            image=self.image.kept(keep),
            tiles=tuple(Tile(tile.alt, tile.unit, tuple(tile.lines)) for tile in self.tiles),
            columns_titles=tuple(self.columns_titles),
            brackets=tuple((int(first), int(count), words) for first, count, words in self.brackets),
            twins=bool(self.twins),
        )


@dataclass(frozen=True)
class Level:
    """One grid of a mosaic: a square picture of `grid` x `grid` equal cells, the first row at the top.

    Cells without a patch are clear.
    """

    grid: int
    image: Image
    patches: tuple[Patch, ...]


@dataclass(frozen=True)
class Mosaic:
    """Grids of pictures over one square, coarse to fine: a reader comes closer, and finer ones take over.

    `things` is what lies in the cells, in the plural; `labels` are what patches may be called.
    """

    levels: tuple[Level, ...]
    labels: tuple[str, ...]
    things: str
    alt: str
    name: str = "mosaic"
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        yield from checks.words("alt", self.alt)
        yield from checks.text("things", self.things)
        yield from checks.texts("labels", self.labels)
        yield from checks.levels(self.levels, len(self.labels))

    def kept(self, keep: Keep) -> MosaicPart:
        """Hand over its bytes; return all else."""
        levels = tuple(
            LevelPart(grid=int(level.grid), image=level.image.kept(keep), patches=tuple(level.patches))
            for level in self.levels
        )
        return MosaicPart(**_common(self), levels=levels, labels=tuple(self.labels), things=self.things, alt=self.alt)


def _common(part: Chart | Image | Mosaic | Sprite) -> dict[str, Any]:
    """Give what every kind of part has."""
    return {"name": part.name, "title": part.title, "shown": dict(part.shown)}


@dataclass(frozen=True)
class Table:
    """The numbers of a figure; cells are str, int, float or None.

    An `open` one is what the figure is about: a page shows it at once, with all of its rows, to be put in order.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    open: bool = False

    @classmethod
    def of(
        cls,
        columns: Mapping[str, Iterable[object]],
        *,
        decimals: Mapping[str, int | None] | int | None = DECIMALS,
        open: bool = False,
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
        return cls(tuple(cells), tuple(zip(*cells.values(), strict=True)), open)

    def csv(self) -> bytes:
        """Write the table as CSV with a header line."""
        text = io.StringIO()
        csv.writer(text, lineterminator="\n").writerows([self.columns, *self.rows])
        return text.getvalue().encode()

    def json(self) -> bytes:
        """Write the table as a JSON list of objects."""
        return plain.encoded([dict(zip(self.columns, row, strict=True)) for row in self.rows])

    def kept(self, keep: Keep) -> KeptTable:
        """Hand over its files; return its first rows, all of an open one."""
        whole = Table(tuple(self.columns), tuple(tuple(map(plain.known, row)) for row in self.rows))
        first: tuple[tuple[Any, ...], ...] = whole.rows[: OPEN_ROWS if self.open else PREVIEW_ROWS]
        return KeptTable(whole.columns, first, len(whole.rows), keep(whole.csv()), keep(whole.json()), bool(self.open))


def _cells(column: Iterable[object], decimals: int | None) -> list[object]:
    """Return the cells of a column as plain Python values."""
    values = map(plain.known, column.tolist() if hasattr(column, "tolist") else column)
    return [value if decimals is None or not isinstance(value, float) else round(value, decimals) for value in values]


@dataclass(frozen=True)
class Artifact:
    """What a page needs of one figure.

    `alt` says in a sentence or two what a reader sees; `values` are numbers and words that
    prose may quote by key, NaN for what is not known; `notes` are short facts the caption must carry
    (for example where labels come from); `parts`, at least one, stand in order, each while `controls`
    choose it. `provenance` is what `figures.run` found out about its making.
    """

    alt: str
    parts: tuple[Part, ...]
    table: Table
    values: Mapping[str, float | int | str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    controls: tuple[Control, ...] = ()
    provenance: Mapping[str, object] = field(default_factory=dict, compare=False, repr=False)

    def problems(self) -> Iterator[str]:
        """Yield what keeps it from being shown."""
        yield from checks.words("alt", self.alt)
        yield from checks.texts("notes", self.notes)
        yield from checks.values(self.values)
        yield from checks.controls(self.controls)
        yield from checks.parts(self.parts, self.controls)
        yield from checks.within("table", checks.table(self.table))

    def _repr_html_(self) -> str:
        """Show it in a notebook."""
        record, objects = _kept(self)
        return showing.html(record, objects.__getitem__)

    def save(self, folder: Path | str) -> list[Path]:
        """Write pictures, charts, table, words and provenance to a folder; return the files."""
        record, objects = _kept(self)
        return write(record, objects.__getitem__, self.provenance, Path(folder))


def pack(artifact: Artifact) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Split an artifact into a JSON record, which `figures.kept.record.read` reads, and its bytes by SHA-256.

    Raises ValueError, saying what is wrong, for what cannot be shown.
    """
    record, objects = _kept(artifact)
    return record.plain(), objects


def _kept(artifact: Artifact) -> tuple[FigureRecord, dict[str, bytes]]:
    if not isinstance(artifact, Artifact):
        raise ValueError(f"the figure returned {checks.told(artifact)}; expected an Artifact")
    checks.refuse(artifact.problems())
    objects: dict[str, bytes] = {}

    def keep(data: bytes) -> str:
        digest = hashlib.sha256(data).hexdigest()
        objects[digest] = data
        return digest

    values = {name: plain.known(value) for name, value in artifact.values.items()}
    record = FigureRecord(
        alt=artifact.alt,
        parts=tuple(part.kept(keep) for part in artifact.parts),
        table=artifact.table.kept(keep),
        values={name: value for name, value in values.items() if value is not None},
        notes=tuple(artifact.notes),
        controls=tuple(artifact.controls),
    )
    return record, objects
