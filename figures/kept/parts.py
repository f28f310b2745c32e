"""The kinds of parts that an artifact has once it is kept: plain values, and the digests of their bytes."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

EXTENSIONS: Mapping[str, str] = {
    "image/avif": "avif",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/svg+xml": "svg",
    "image/webp": "webp",
}
"""The pictures that browsers show, and how the names of their files end."""
SVG = "image/svg+xml"


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

    @property
    def first(self) -> str:
        """Give the label that is chosen before a reader has chosen anything."""
        return self.start or self.labels[0]


@dataclass(frozen=True)
class Tile:
    """One picture of a sprite: what it shows, the unit it belongs to, the lines below it."""

    alt: str
    unit: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Patch:
    """One cell of a grid that is not empty: how many things lie in it, and their labels by number, the first first."""

    row: int
    column: int
    count: int
    labels: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class KeptPart:
    """What every kind of part has; a subclass names its kind: `class ChartPart(KeptPart, kind="chart")`.

    `enlarges` tells whether a reader may look at it larger, `always_offered` whether its files are
    offered also while a control hides it.
    """

    kind: ClassVar[str]
    kinds: ClassVar[dict[str, type[KeptPart]]] = {}
    enlarges: ClassVar[bool] = False
    always_offered: ClassVar[bool] = False

    name: str
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    def __init_subclass__(cls, *, kind: str) -> None:
        cls.kind = kind
        cls.kinds[kind] = cls

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> KeptPart:
        """Read what `plain` wrote of a part of this kind."""
        return cls(**fields)

    def plain(self) -> dict[str, Any]:
        """Write the part as JSON has it."""
        return {"kind": self.kind, **dataclasses.asdict(self)}

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        """Name what a page publishes of it and offers to readers: (extension, digest) of each file."""
        return ()

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        """Name what is written to a folder: (extension, digest) of each file."""
        return self.pictures

    @property
    def raster(self) -> str:
        """Give the digest of a picture in pixels of it, "" where there is none."""
        return ""

    @property
    def units(self) -> tuple[str, ...]:
        """Name the units that it shows, in order."""
        return ()

    @property
    def height_px(self) -> int:
        """Give the height that it takes on a page, 0 where that depends on the page."""
        return 0

    def width_px(self, gap_px: int) -> int:
        """Give the width that it takes on a page with `gap_px` between tiles, 0 where that depends on the column."""
        return 0


@dataclass(frozen=True, kw_only=True)
class ChartPart(KeptPart, kind="chart"):
    """A chart: its Vega specification, its SVG and PNG by digest; sides in CSS pixels.

    `narrow` is the same for a narrow page, without a PNG, None where this one can be read there too; `lasso` what
    readers may draw a line around, in the plural, "" where there is nothing.
    """

    spec: str
    svg: str
    png: str = ""
    width: int
    height: int
    alt: str = ""
    narrow: ChartPart | None = None
    lasso: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> ChartPart:
        narrow = fields.get("narrow")
        return cls(**{**fields, "narrow": cls.of(narrow) if narrow else None})

    @property
    def forms(self) -> tuple[ChartPart, ...]:
        """List the chart, and what stands in for it on a narrow page."""
        return (self, self.narrow) if self.narrow else (self,)

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        return ("svg", self.svg), ("png", self.png)

    @property
    def files(self) -> tuple[tuple[str, str], ...]:
        return *self.pictures, ("vega.json", self.spec)

    @property
    def raster(self) -> str:
        return self.png

    @property
    def height_px(self) -> int:
        return self.height

    def width_px(self, gap_px: int) -> int:
        return self.width


@dataclass(frozen=True, kw_only=True)
class ImagePart(KeptPart, kind="image"):
    """An encoded picture by digest; `width` and `height` are its own pixels, `display_px` is its width on the page."""

    enlarges: ClassVar[bool] = True

    object: str
    media_type: str
    width: int
    height: int
    alt: str
    display_px: int | None = None

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        return ((EXTENSIONS[self.media_type], self.object),)

    @property
    def raster(self) -> str:
        return "" if self.media_type == SVG else self.object

    @property
    def height_px(self) -> int:
        return self.height

    def width_px(self, gap_px: int) -> int:
        return self.display_px or self.width


@dataclass(frozen=True, kw_only=True)
class SpritePart(KeptPart, kind="sprite"):
    """Tiles packed into one picture, as `figures.artifact.Sprite` has them."""

    enlarges: ClassVar[bool] = True
    always_offered: ClassVar[bool] = True

    image: ImagePart
    tiles: tuple[Tile, ...]
    tile_px: int
    columns: int
    display_px: int
    per_row: int = 0
    columns_titles: tuple[str, ...] = ()
    rule_before: int = 0
    brackets: tuple[tuple[int, int, str], ...] = ()
    block: int = 0
    twins: bool = False

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> SpritePart:
        tiles = tuple(Tile(**{**tile, "lines": tuple(tile["lines"])}) for tile in fields["tiles"])
        brackets = tuple((first, count, words) for first, count, words in fields["brackets"])
        own = {"image": ImagePart(**fields["image"]), "tiles": tiles, "brackets": brackets}
        return cls(**{**fields, **own, "columns_titles": tuple(fields["columns_titles"])})

    @property
    def rows(self) -> int:
        """Count the rows that the tiles fill in the picture, the last perhaps in part."""
        return -(-len(self.tiles) // self.columns)

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        return self.image.pictures

    @property
    def raster(self) -> str:
        return self.image.raster

    @property
    def units(self) -> tuple[str, ...]:
        return tuple(tile.unit for tile in self.tiles if tile.unit)

    def width_px(self, gap_px: int) -> int:
        across = 0 if self.block else self.per_row
        return across * (self.display_px + gap_px)


@dataclass(frozen=True, kw_only=True)
class LevelPart:
    """One grid of a mosaic, as `figures.artifact.Level` has it."""

    grid: int
    image: ImagePart
    patches: tuple[Patch, ...]

    @property
    def numbers(self) -> list[list[int]]:
        """Write each patch as row, column, count and labels."""
        return [[patch.row, patch.column, patch.count, *patch.labels] for patch in self.patches]


@dataclass(frozen=True, kw_only=True)
class MosaicPart(KeptPart, kind="mosaic"):
    """Grids of pictures over one square, coarse to fine, as `figures.artifact.Mosaic` has them."""

    always_offered: ClassVar[bool] = True

    levels: tuple[LevelPart, ...]
    labels: tuple[str, ...]
    things: str
    alt: str = ""

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> MosaicPart:
        levels = tuple(
            LevelPart(
                grid=level["grid"],
                image=ImagePart(**level["image"]),
                patches=tuple(Patch(**{**patch, "labels": tuple(patch["labels"])}) for patch in level["patches"]),
            )
            for level in fields["levels"]
        )
        return cls(**{**fields, "levels": levels, "labels": tuple(fields["labels"])})

    @property
    def middle(self) -> LevelPart:
        """The grid that is seen without scripts, and on paper."""
        return self.levels[len(self.levels) // 2]

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        return tuple(picture for level in self.levels for picture in level.image.pictures)

    @property
    def raster(self) -> str:
        return self.middle.image.raster

    @property
    def firsts(self) -> tuple[str, ...]:
        """The labels that stand first of a patch, each once, by the alphabet."""
        numbers = {patch.labels[0] for level in self.levels for patch in level.patches if patch.labels}
        return tuple(sorted((self.labels[number] for number in numbers), key=str.casefold))


@dataclass(frozen=True, kw_only=True)
class LensPart(KeptPart, kind="lens"):
    """A picture under a grid and a sheet of tiles that its cells name, as `figures.lens.Lens` has them."""

    picture: ImagePart
    sheet: SpritePart
    rows: int
    columns: int
    names: tuple[str, ...]
    cells: tuple[tuple[tuple[int, float], ...], ...]
    listed: tuple[int, ...]

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> LensPart:
        cells = tuple(tuple((name, value) for name, value in cell) for cell in fields["cells"])
        own = {"picture": ImagePart(**fields["picture"]), "sheet": SpritePart.of(fields["sheet"]), "cells": cells}
        return cls(**{**fields, **own, "names": tuple(fields["names"]), "listed": tuple(fields["listed"])})

    def place(self, cell: int) -> tuple[int, int]:
        """Give the row and the column of a cell, from 0."""
        row, column = divmod(cell, self.columns)
        return row, column

    @property
    def pictures(self) -> tuple[tuple[str, str], ...]:
        return *self.picture.pictures, *self.sheet.pictures

    @property
    def raster(self) -> str:
        return self.picture.raster

    @property
    def units(self) -> tuple[str, ...]:
        return self.sheet.units
