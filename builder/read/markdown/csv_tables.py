"""Tables from a file: `:::{csv-table} results.csv` sets its rows as a table of the article."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.plan.catalogue.rows import Row, RowsError, rows
from builder.read.markdown import files
from builder.read.markdown.directives import CSV_TABLE, OFF, Block, replaced
from builder.read.markdown.explained import Explained
from builder.read.markdown.files import TextFile
from builder.read.markdown.source import Inserted, Source, source_of

EXPLAINED = Explained(
    title="Tables from a file",
    text="The rows of a CSV file, or of a TSV file, with a head. Cells are plain text; columns of numbers stand to the "
    "right and may have a format of Python's. Readers can put the rows in order. What the directive holds is the "
    "caption; `@tbl-name` leads to the table.",
    example="""\
:::{csv-table} results.csv
:name: results
:columns: network, accuracy
:titles: Network, Accuracy
:formats: , .1%

What small networks reach.
:::""",
    directives=(CSV_TABLE,),
    alone=False,
)

MOST_ROWS = 1000
NUMBER = re.compile(r"[-+−]?(?:\d{1,3}(?:,\d{3})+|\d*)(?:\.\d*)?(?:[eE][-+]?\d+)?")
WIDE = re.compile(r"\d{3}")
NONE = "–"


@frozen
class Column:
    """A column: its name in the file, what its head says, and the format of its numbers, "" for as they are."""

    name: str
    title: str
    format: str = ""
    is_number: bool = False

    def cell(self, row: Row) -> tuple[str, float | None]:
        """Write a cell; return its number too, where it is one."""
        text = row[self.name]
        if not text:
            return NONE, None
        value = number(text) if self.is_number else None
        written = format(value, self.format) if value is not None and self.format else text
        return (written.replace("-", "−") if value is not None else written), value


def install(md: MarkdownIt) -> None:
    """Put tables in place of the directives, before captions of tables are looked for."""
    md.core.ruler.before("inline", "csv-tables", set_tables)


def set_tables(state: StateCore) -> None:
    """Put the tokens of a table in place of each directive."""
    source = source_of(state.env)
    state.tokens = replaced(state.tokens, CSV_TABLE, lambda token, inside: list(_table(token, inside, source)))


def _table(token: Token, inside: list[Token], source: Source) -> Iterator[Token]:
    block: Block = token.meta["block"]
    file = files.text(block, source)
    read = file and _rows(file, source)
    columns = _columns(block, *read, source) if read else []
    if not read or not columns:
        return
    source.inserted[source.place(block.line)] = Inserted(_markdown(block, columns, read[1]))
    attrs: dict[str, str | int | float] = {**token.attrs, **_attributes(block)}
    yield Token("table_open", "table", 1, attrs=attrs, map=token.map, block=True)
    yield from _caption(block, inside, source)
    yield from _part("thead", [[_cell("th", column, column.title) for column in columns]])
    yield from _part("tbody", ([_cell("td", column, *column.cell(row)) for column in columns] for row in read[1]))
    yield Token("table_close", "table", -1, block=True)


def _markdown(block: Block, columns: Sequence[Column], found: Iterable[Row]) -> str:
    """Write the table as Markdown has it."""
    cells = [[column.title for column in columns], ["---"] * len(columns)]
    cells += [[column.cell(row)[0] for column in columns] for row in found]
    lines = (f"| {' | '.join(text.replace('|', '/') for text in line)} |" for line in cells)
    return "\n".join([*filter(None, [block.body.strip()]), "", *lines])


def _attributes(block: Block) -> dict[str, str]:
    attributes = {"id": block.options.get("name", ""), "width": block.width or "", "class": " ".join(block.classes)}
    sortable = {} if block.options.get("sortable", "true").lower() in OFF else {"data-sortable": ""}
    return {name: value for name, value in attributes.items() if value} | sortable


def _caption(block: Block, inside: list[Token], source: Source) -> Iterator[Token]:
    texts = [token for token in inside if token.type == "inline"]
    if [token.type for token in inside] not in ([], ["paragraph_open", "inline", "paragraph_close"]):
        source.problem(block.line, f"{CSV_TABLE}: a caption is one paragraph")
    if texts:
        yield from (Token("caption_open", "", 1), texts[0], Token("caption_close", "", -1))


def _part(tag: str, lines: Iterable[list[list[Token]]]) -> Iterator[Token]:
    yield Token(f"{tag}_open", tag, 1, block=True)
    for cells in lines:
        yield Token("tr_open", "tr", 1, block=True)
        yield from (token for cell in cells for token in cell)
        yield Token("tr_close", "tr", -1, block=True)
    yield Token(f"{tag}_close", tag, -1, block=True)


def _cell(tag: str, column: Column, text: str, value: float | None = None) -> list[Token]:
    """Make a cell; one with a number says it as it is, for putting rows in order."""
    attrs: dict[str, str | int | float] = {"class": "to-right n"} if value is not None else {}
    if column.is_number and value is None:
        attrs = {"class": "to-right"}
    if value is not None and column.format:
        attrs["data-value"] = f"{value:.12g}"
    opening = Token(f"{tag}_open", tag, 1, attrs=attrs)
    return [opening, Token("text", "", 0, content=text), Token(f"{tag}_close", tag, -1, block=True)]


def _rows(file: TextFile, source: Source) -> tuple[list[str], list[Row]] | None:
    """Read a table; what is wrong is told at the file's own line."""
    stretch = source.begin(file.name, file.path.parent, file.text.count("\n") + 1)
    delimiter = "\t" if file.path.suffix.lower() == ".tsv" else ","
    names = [name.strip() for name in next(csv.reader(file.text.split("\n"), delimiter=delimiter), [])]
    try:
        found = list(rows(file.text, [], file=file.path.name, delimiter=delimiter))
    except (RowsError, csv.Error) as error:
        line, message = (error.line, error.message) if isinstance(error, RowsError) else (1, str(error))
        source.problem(stretch.before + line, f"{CSV_TABLE}: {message}")
        return None
    if told := _wrong(names, found):
        source.problem(stretch.before + 1, f"{CSV_TABLE}: {told}")
        return None
    return names, found


def _wrong(names: Sequence[str], found: Sequence[Row]) -> str:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        return f"two columns are called {twice!r}"
    if not found:
        return "no rows; expected a line of names, and rows below it"
    return f"{len(found):,} rows; a page shows at most {MOST_ROWS:,}" if len(found) > MOST_ROWS else ""


def _columns(block: Block, names: Sequence[str], found: Sequence[Row], source: Source) -> list[Column]:
    """Choose columns; what cannot be is a problem at its option."""
    asked = _listed(block, "columns") or list(names)
    if unknown := [name for name in asked if name not in names]:
        hint = nearest(unknown[0], names) or f" (it has {', '.join(names)})"
        source.problem(block.lines["columns"], f"{CSV_TABLE}: columns: no column {unknown[0]!r}{hint}")
        return []
    titles, formats = (_beside(block, option, len(asked), source) for option in ("titles", "formats"))
    numbers = {name: _are_numbers(row[name] for row in found) for name in asked}
    columns = [
        Column(name, title or name, pattern, numbers[name])
        for name, title, pattern in zip(asked, titles, formats, strict=True)
    ]
    return columns if all(_is_written(column, found, block, source) for column in columns) else []


def _beside(block: Block, option: str, count: int, source: Source) -> list[str]:
    """Read a list with something for each column, or with nothing for the last of them."""
    given = _listed(block, option)
    if len(given) > count:
        source.problem(block.lines[option], f"{CSV_TABLE}: {option}: {len(given)} for {count} columns")
    return [*given, *[""] * count][:count]


def _listed(block: Block, option: str) -> list[str]:
    """Read names with commas between; one that holds a comma stands in quotes."""
    text = block.options.get(option, "")
    return [part.strip() for part in next(csv.reader([text], skipinitialspace=True), [])] if text else []


def _is_written(column: Column, found: Sequence[Row], block: Block, source: Source) -> bool:
    if not column.format:
        return True
    if not column.is_number:
        word = next(row[column.name] for row in found if row[column.name] and number(row[column.name]) is None)
        message = f"column {column.name!r} holds text, such as {word!r}; only numbers have a format"
    elif WIDE.search(column.format) or not _is_format(column.format):
        message = f"no format {column.format!r}; expected one like '.2f', '.0%' or ','"
    else:
        return True
    source.problem(block.lines["formats"], f"{CSV_TABLE}: formats: {message}")
    return False


def _is_format(pattern: str) -> bool:
    try:
        format(0.5, pattern)
    except ValueError:
        return False
    return True


def _are_numbers(cells: Iterable[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(number(cell) is not None for cell in filled)


def number(text: str) -> float | None:
    """Read a number, a whole one where it is written so; None for what is none."""
    plain = text.replace(",", "").replace("−", "-")
    try:
        return (int(plain) if plain.lstrip("+-").isdecimal() else float(plain)) if NUMBER.fullmatch(text) else None
    except ValueError:
        return None
