"""What cannot be shown is told before anything of a figure is kept: each check yields what it finds wrong."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from figures.kept import pictures, plain
from figures.kept.hierarchy import HierarchyNode
from figures.kept.parts import EXTENSIONS, SVG, Control, Patch, Tile
from figures.nearest import nearest

_BITS = 1023
CONTROLS = ("slider", "pages", "toggle")
MOST_TOLD = 5
_FILENAME = re.compile(r"[^/\\\0-\x1f]*[^/\\\0-\x1f.][^/\\\0-\x1f]*")
_CONTROL = re.compile(r"[\0-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST, _LONGEST_NAME = 60, 200
"""Characters of a value that are told, and bytes of a name, which gets an ending and may get a number."""
_LONGEST_TEXT, _MOST_TEXTS = 100_000, 1000
"""What a reader might read of a text, and how many texts may stand in one list."""


def refuse(problems: Iterable[str]) -> None:
    """Raise ValueError with what is wrong, if anything is."""
    found = list(problems)
    more = [f"and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
    if found:
        raise ValueError("; ".join([*found[:MOST_TOLD], *more]))


def within(where: str, problems: Iterable[str]) -> Iterator[str]:
    """Say of problems where they are."""
    yield from (f"{where}: {problem}" for problem in problems)


# ---- Words and numbers


def text(name: str, value: object) -> Iterator[str]:
    """Check what is to be text that can be written into a page."""
    yield from _encodable(name, value)
    if not isinstance(value, str):
        return
    if len(value) > _LONGEST_TEXT:
        yield f"{name} has {len(value)} letters; expected at most {_LONGEST_TEXT}"
    if match := _CONTROL.search(value):
        yield f"{name} has a character that no page can show: {match[0]!r} at {match.start()}"


def _encodable(name: str, value: object) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{name} is {told(value)}; expected text"
        return
    try:
        value.encode()
    except UnicodeEncodeError as error:
        yield f"{name} cannot be encoded: {value[error.start]!a} at {error.start} is half of a character"


def words(name: str, value: object) -> Iterator[str]:
    """Check text that says something."""
    yield from text(name, value)
    if isinstance(value, str) and not value.strip():
        yield f"{name} is empty; expected words for those who do not see it"


def texts(name: str, value: object) -> Iterator[str]:
    """Check what is to be a sequence of texts."""
    yield from _sequence(name, value, "texts")
    if isinstance(value, list | tuple):
        if len(value) > _MOST_TEXTS:
            yield f"{name} has {len(value)} texts; expected at most {_MOST_TEXTS}"
            return
        for i, each in enumerate(value, 1):
            yield from text(f"{name}, {i}", each)


def sizes(owner: object, *names: str, least: int = 1) -> Iterator[str]:
    """Check fields that are to be whole numbers."""
    for name in names:
        yield from _whole(name, getattr(owner, name), least)


def _whole(name: str, value: Any, least: int) -> Iterator[str]:
    if isinstance(value, bool) or not hasattr(value, "__index__") or value.__index__() < least:
        yield f"{name} is {told(value)}; expected a whole number from {least}"


def cell(name: str, value: object) -> Iterator[str]:
    """Check what is to be a finite number, text, or what stands for the unknown: NaN or None."""
    if isinstance(value, str):
        yield from text(name, value)
    elif isinstance(value, float) and math.isinf(value):
        yield f"{name} is {value}; expected a finite number, or NaN for what is not known"
    elif isinstance(value, int) and value.bit_length() > _BITS:
        yield f"{name} has {value.bit_length()} bits; expected a number of at most {_BITS}"
    elif value is not None and not isinstance(value, int | float):
        yield f"{name} is {told(value)}; expected a number or text"


def values(value: object) -> Iterator[str]:
    """Check what prose may quote."""
    yield from mapping("values", value, "numbers and texts by name")
    for name, each in value.items() if isinstance(value, Mapping) else ():
        yield from text("the name of a value", name)
        yield from cell(f"value {name!r}", plain.value(each))


def mapping(name: str, value: object, what: str) -> Iterator[str]:
    """Check what is to be a mapping."""
    if not isinstance(value, Mapping):
        yield f"{name} is {told(value)}; expected {what}"


def specification(value: object) -> Iterator[str]:
    """Check a Vega specification, which pages hold as JSON."""
    yield from mapping("spec", value, "a Vega specification")
    try:
        plain.encoded(value, allow_nan=False)
    except (TypeError, ValueError, RecursionError) as error:
        yield f"spec is no JSON: {error}"


def table(value: Any) -> Iterator[str]:
    """Check the numbers of a figure."""
    if not hasattr(value, "columns") or not hasattr(value, "rows"):
        yield f"is {told(value)}; expected a Table"
        return
    yield from texts("columns", value.columns)
    yield from _different("columns", value.columns)
    yield from _sequence("rows", value.rows, "rows")
    if isinstance(value.rows, list | tuple) and isinstance(value.columns, list | tuple):
        for i, row in enumerate(value.rows, 1):
            yield from within(f"row {i}", _row(row, value.columns))


def _different(name: str, value: object) -> Iterator[str]:
    """Check that of several names none stands twice: of two, the files of a figure would keep one."""
    several = value if isinstance(value, list | tuple) else ()
    if twice := [each for i, each in enumerate(several) if each in several[:i]]:
        yield f"{name}: {told(twice[0])} stands there twice"


def _row(row: object, columns: Sequence[str]) -> Iterator[str]:
    if not isinstance(row, list | tuple):
        yield f"is {told(row)}; expected a sequence of cells"
    elif len(row) != len(columns):
        yield f"{len(row)} cells; expected {len(columns)}, one for each column"
    else:
        for name, each in zip(columns, row, strict=True):
            yield from cell(f"column {name!r}", plain.value(each))


def _sequence(name: str, value: object, what: str) -> Iterator[str]:
    if not isinstance(value, list | tuple):
        yield f"{name} is {told(value)}; expected a sequence of {what}"


# ---- Parts


def parts(value: object, choices: object) -> Iterator[str]:
    """Check the parts of a figure, at least one, whose `shown` may name controls among `choices`."""
    yield from _sequence("parts", value, "charts, images and sprites")
    if isinstance(value, list | tuple):
        if not value:
            yield "no parts; expected at least one chart, image or sprite"
        known = [each for each in choices if isinstance(each, Control)] if isinstance(choices, list | tuple) else []
        for i, each in enumerate(value, 1):
            yield from within(f"part {i}{_called(each)}", part(each, known))


def part(value: Any, choices: Sequence[Control]) -> Iterator[str]:
    """Check a part, by its own account too."""
    if not hasattr(value, "problems") or not hasattr(value, "kept"):
        yield f"is {told(value)}; expected a Chart, an Image or a Sprite"
        return
    yield from _filename(value.name)
    yield from text("title", value.title)
    yield from _shown(value.shown, choices)
    yield from value.problems()


def _called(value: object) -> str:
    name = getattr(value, "name", None)
    return f" ({told(name)})" if name else ""


def _filename(value: object) -> Iterator[str]:
    """Check a name that files get."""
    problems = list(text("name", value))
    yield from problems
    if not problems and not _FILENAME.fullmatch(str(value)):
        yield f"name is {value!r}; expected one that a file can have"
    if not problems and len(str(value).encode()) > _LONGEST_NAME:
        yield f"name is {told(value)}, {len(str(value).encode())} bytes long; expected at most {_LONGEST_NAME}"


def _shown(value: object, choices: Sequence[Control]) -> Iterator[str]:
    """Check that a part is seen while labels of controls are chosen that there are."""
    yield from mapping("shown", value, "{control: label}")
    for name, label in value.items() if isinstance(value, Mapping) else ():
        labels = [each for control in choices if control.name == name for each in control.labels]
        names = [control.name for control in choices]
        if name not in names:
            yield f"shown names a control {told(name)}{_near(name, names)}; expected {_any(names)}"
        elif label not in labels:
            yield f"shown names a label {told(label)} of {name!r}{_near(label, labels)}; expected {_any(labels)}"


def picture(data: object, media_type: object, width: object, height: object) -> Iterator[str]:
    """Check that bytes are what their media type says, whole, and of that size."""
    if not isinstance(media_type, str) or media_type not in EXTENSIONS:
        yield f"media_type is {told(media_type)}{_near(media_type, EXTENSIONS)}; expected {_any(EXTENSIONS)}"
    elif not isinstance(data, bytes):
        yield f"data is {told(data)}; expected bytes"
    elif not data:
        yield "data has no bytes"
    elif pictures.kind(data) != media_type:
        seen = f"those of {pictures.kind(data)}" if pictures.kind(data) else "no picture"
        yield f"media_type is {media_type!r}, but the bytes are {seen}"
    else:
        yield from pictures.whole(data, media_type, width, height)


def drawing(name: str, value: object) -> Iterator[str]:
    """Check an SVG that is text."""
    problems = list(_encodable(name, value))
    yield from problems
    if not problems and pictures.kind(str(value).encode()) != SVG:
        yield f"{name} does not begin with <svg"
    elif not problems:
        yield from within(name, pictures.drawn(str(value).encode()))


def tiles(value: object) -> Iterator[str]:
    """Check the tiles of a sprite."""
    yield from _sequence("tiles", value, "tiles")
    if isinstance(value, list | tuple):
        if not value:
            yield "no tiles; expected at least one"
        for i, each in enumerate(value, 1):
            yield from within(f"tile {i}", _tile(each))


def _tile(value: object) -> Iterator[str]:
    if not isinstance(value, Tile):
        yield f"is {told(value)}; expected a Tile"
        return
    yield from text("alt", value.alt)
    yield from text("unit", value.unit)
    yield from texts("lines", value.lines)


def sheet(sprite: Any) -> Iterator[str]:
    """Check that the tiles of a sprite lie in its picture."""
    width, height = (getattr(sprite.image, name, None) for name in ("width", "height"))
    if not isinstance(sprite.tiles, list | tuple) or not isinstance(width, int) or not isinstance(height, int):
        return
    rows = -(-len(sprite.tiles) // sprite.columns)
    across, down = min(sprite.columns, len(sprite.tiles)) * sprite.tile_px, rows * sprite.tile_px
    if across > width or down > height:
        where = f"{len(sprite.tiles)} tiles of {sprite.tile_px} px, {sprite.columns} to a row"
        yield f"{where}, take {across} x {down} px, and the picture has {width} x {height}"


def levels(value: object, labels: int) -> Iterator[str]:
    """Check the grids of a mosaic that has so many labels."""
    yield from _sequence("levels", value, "levels")
    if isinstance(value, list | tuple):
        if not value:
            yield "no levels; expected at least one"
        for i, each in enumerate(value, 1):
            yield from within(f"level {i}", _level(each, labels))


def _level(value: Any, labels: int) -> Iterator[str]:
    if not hasattr(value, "patches") or not hasattr(value, "image"):
        yield f"is {told(value)}; expected a Level"
        return
    if wrong := [*_whole("grid", value.grid, 1), *within("image", part(value.image, ()))]:
        yield from wrong
        return
    if value.image.width != value.image.height or value.image.width % value.grid:
        yield f"its picture has {value.image.width} x {value.image.height} px; expected a square of {value.grid} cells"
    for i, each in enumerate(value.patches, 1):
        if not isinstance(each, Patch):
            yield f"patch {i} is {told(each)}; expected a Patch"
        elif not (0 <= each.row < value.grid and 0 <= each.column < value.grid):
            yield f"patch {i} lies in row {each.row}, column {each.column}; expected 0 to {value.grid - 1}"
        elif not all(0 <= label < labels for label in each.labels):
            yield f"patch {i} has the labels {each.labels}; expected numbers below {labels}"


def nodes(value: object, tiles: int, each: int) -> Iterator[str]:
    """Check the nodes of a hierarchy: one on top, every other below one that stands before it, `each` tiles for all."""
    yield from _sequence("nodes", value, "nodes")
    several = value if isinstance(value, list | tuple) else ()
    for i, node in enumerate(several):
        if not isinstance(node, HierarchyNode):
            yield f"node {i} is {told(node)}; expected a HierarchyNode"
        elif (node.parent is None) != (i == 0) or (node.parent is not None and not 0 <= node.parent < i):
            yield f"node {i} stands below {told(node.parent)}; expected {f'one of 0 to {i - 1}' if i else 'none'}"
    if tiles != each * len(several):
        yield f"{tiles} tiles for {len(several)} nodes; expected {each} each"


def brackets(value: object) -> Iterator[str]:
    """Check what joins columns: (first column, how many, words)."""
    yield from _sequence("brackets", value, "(first column, how many, words)")
    for i, each in enumerate(value, 1) if isinstance(value, list | tuple) else ():
        if not isinstance(each, list | tuple) or len(each) != 3:
            yield f"bracket {i} is {told(each)}; expected (first column, how many, words)"
        else:
            first, count, words = each
            yield from _whole(f"the first column of bracket {i}", first, 0)
            yield from _whole(f"the width of bracket {i}", count, 1)
            yield from text(f"the words of bracket {i}", words)


# ---- Controls


def controls(value: object) -> Iterator[str]:
    """Check the choices that readers have."""
    yield from _sequence("controls", value, "controls")
    several = value if isinstance(value, list | tuple) else ()
    for i, each in enumerate(several, 1):
        yield from within(f"control {i}{_called(each)}", _control(each))


def _control(value: object) -> Iterator[str]:
    if not isinstance(value, Control):
        yield f"is {told(value)}; expected a Control"
        return
    for name in ("name", "title", "start"):
        yield from text(name, getattr(value, name))
    yield from texts("labels", value.labels)
    if value.kind not in CONTROLS:
        yield f"kind is {told(value.kind)}{_near(value.kind, CONTROLS)}; expected {_any(CONTROLS)}"
    yield from _twice("label", value.labels)
    if not value.labels:
        yield "no labels; expected at least one"
    elif value.start and value.start not in value.labels:
        yield f"start is {told(value.start)}{_near(value.start, value.labels)}; expected {_any(value.labels)}"


def _twice(what: str, names: Sequence[object]) -> Iterator[str]:
    """Check that no two have the same name."""
    again = [name for i, name in enumerate(names) if name in names[:i]]
    yield from [f"{what} {told(name)} stands twice" for name in again[:1]]


# ---- Messages


def _near(value: object, names: Iterable[str]) -> str:
    return nearest(value, names) if isinstance(value, str) else ""


def _any(names: Iterable[object]) -> str:
    """List what could have stood there."""
    return " or ".join(map(str, dict.fromkeys(names))) or "none, for the figure has none"


def told(value: object) -> str:
    """Write a value in few characters, of other than plain ones the type."""
    if not isinstance(value, str | int | float | tuple | list | None):
        return f"a {type(value).__name__}"
    told = ascii(value)
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}…"
