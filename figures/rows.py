"""Rows of a CSV table that people edit: every mistake is found, with its line."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from figures.nearest import nearest


class RowsError(ValueError):
    """Mistakes in a table: `problems` are (line, message); `line` and `message` the first.

    Its text is the first message, the others with their lines after it; the file and the
    first line are for whoever shows it to put before.
    """

    def __init__(self, file: str, problems: Sequence[tuple[int, str]]) -> None:
        self.file = file
        self.problems = tuple(problems)
        self.line, self.message = self.problems[0]
        others = (f"; line {line}: {message}" for line, message in self.problems[1:])
        super().__init__(self.message + "".join(others))
        self.add_note(f"{file}, line {self.line}")


@dataclass(frozen=True)
class Row:
    """One row: the line it starts on, and its cells by column."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]


def rows(
    text: str, columns: Sequence[str], *, file: str, error: type[RowsError] = RowsError, delimiter: str = ","
) -> Iterator[Row]:
    """Yield the rows of a CSV text with a header; every cell stays the text that it is.

    Raises `error` where the header lacks one of `columns` or a row has too few cells.
    """
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter)
    header = [name.strip() for name in next(reader, [])]
    missing = [column for column in columns if column not in header]
    if missing:
        found = ", ".join(header) or "nothing"
        raise error(file, [(1, f"no column {name!r} in {found}{nearest(name, header)}") for name in missing])
    before = reader.line_num
    for cells in reader:
        line, before = before + 1, reader.line_num
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            raise error(file, [(line, f"{len(cells)} cells where the header has {len(header)}")])
        yield Row(line, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
