"""A picture under a grid of cells, each of which names a few of the tiles of a sheet beside it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from figures.artifact import Image, Keep, Sprite
from figures.kept import checks
from figures.kept.parts import LensPart


@dataclass(frozen=True)
class Lens:
    """What a reader points at a picture with: the cell that it stands over tells its names.

    `cells`, row by row, name what they show, the strongest first, by (place in `names`, value). The first names are
    those of the tiles of `sheet`, in its order; the others have no tile. `listed` are the cells that stand in the page
    without pointing, by number; the first is told at first.
    """

    picture: Image
    sheet: Sprite
    rows: int
    columns: int
    names: tuple[str, ...]
    cells: tuple[tuple[tuple[int, float], ...], ...]
    listed: tuple[int, ...]
    name: str = "lens"
    title: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)

    def problems(self) -> Iterator[str]:
        """Yield what is wrong with it."""
        yield from checks.within("picture", checks.part(self.picture, ()))
        yield from checks.within("sheet", checks.part(self.sheet, ()))
        yield from checks.sizes(self, "rows", "columns")
        yield from checks.texts("names", self.names)
        if len(self.cells) != self.rows * self.columns:
            yield f"{len(self.cells)} cells; expected {self.rows * self.columns}, {self.rows} by {self.columns}"
        if len(self.names) < len(self.sheet.tiles):
            yield f"{len(self.names)} names; expected one for each of {len(self.sheet.tiles)} tiles"
        yield from self._astray()

    def _astray(self) -> Iterator[str]:
        """Yield what points at nothing."""
        places = [place for cell in self.cells for place, _ in cell]
        yield from (f"a cell names {place} of {len(self.names)} names" for place in places if not self._has(place))
        if not self.listed:
            yield "no cell is listed; expected at least one"
        yield from (
            f"listed is cell {one} of {len(self.cells)}" for one in self.listed if not 0 <= one < len(self.cells)
        )

    def _has(self, place: int) -> bool:
        return 0 <= place < len(self.names)

    def kept(self, keep: Keep) -> LensPart:
        """Hand over its bytes; return all else."""
        return LensPart(
            name=self.name,
            title=self.title,
            shown=dict(self.shown),
            picture=self.picture.kept(keep),
            sheet=self.sheet.kept(keep),
            rows=int(self.rows),
            columns=int(self.columns),
            names=tuple(self.names),
            cells=tuple(tuple((int(place), float(value)) for place, value in cell) for cell in self.cells),
            listed=tuple(map(int, self.listed)),
        )
