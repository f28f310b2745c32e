"""Charts that authors bring themselves, in words: what is set against what, and over which range."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from figures.words import Words
from figures.words.phrases import key, listed

if TYPE_CHECKING:
    from figures.methods.csv_data import Lines

CHANNELS = ("y", "x", "color", "size", "theta", "row", "column", "facet")


def of_specification(spec: Mapping[str, Any]) -> Words:
    """Take the description of a specification, else its title, else the names of what it shows."""
    given = spec.get("description") or _title(spec.get("title"))
    fields = list(dict.fromkeys(_fields(spec)))
    return Words(str(given) if given else f"A chart of {listed(fields)}." if fields else "A chart.")


def _title(title: object) -> object:
    text = title.get("text") if isinstance(title, Mapping) else title
    return " ".join(map(str, text)) if isinstance(text, list) else text


def _fields(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        encoding = node.get("encoding")
        for channel in CHANNELS if isinstance(encoding, Mapping) else ():
            shown = node["encoding"].get(channel)
            if isinstance(shown, Mapping) and (name := _title(shown.get("title")) or shown.get("field")):
                yield str(name)
        for key, value in node.items():
            yield from () if key in ("encoding", "values", "datasets") else _fields(value)
    elif isinstance(node, list):
        for value in node:
            yield from _fields(value)


def data(spec: Mapping[str, Any]) -> dict[str, list[object]]:
    """Set the columns of the first data of a specification beside each other; none where it has no rows."""
    rows = next(_data(spec), [])
    names = list(dict.fromkeys(name for row in rows for name in row))
    cells = {name: [row.get(name) for row in rows] for name in names}
    return {name: column for name, column in cells.items() if all(map(_is_cell, column))} or {"data": []}


def _data(node: object) -> Iterator[list[Mapping[str, object]]]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "values" and isinstance(value, list) and value and all(isinstance(row, Mapping) for row in value):
                yield value
            yield from _data(value) if key != "values" else ()
    elif isinstance(node, list):
        for value in node:
            yield from _data(value)


def _is_cell(value: object) -> bool:
    return value is None or isinstance(value, str | int | float)


def of_lines(lines: Lines, kind: str, y: Sequence[str], x: str, colour: str, panels: str) -> Words:
    """Say what is set against what, and how far the numbers reach."""
    names = list(dict.fromkeys(lines.series)) if colour or len(y) > 1 else []
    by = f", for {listed(names)}" if 1 < len(names) <= 6 else f", for {len(names)} of {colour}" if names else ""
    split = f", in {len(set(lines.panels))} panels by {panels}" if panels else ""
    low, high = min(lines.y), max(lines.y)
    alt = f"{kind.capitalize()}: {listed(y)} against {x}{by}{split}; from {low:.4g} to {high:.4g}."
    return Words(alt, dict(_values(lines, names)))


def _values(lines: Lines, names: Iterable[str]) -> Iterator[tuple[str, float | int | str]]:
    yield "rows", len(lines.y)
    yield from (("lowest", min(lines.y)), ("highest", max(lines.y)))
    for name in names:
        yield f"last_{key(name)}", [y for y, own in zip(lines.y, lines.series, strict=True) if own == name][-1]
