"""Vega-Lite specifications that authors write: what data they name, and that data put in; standard library only."""

from __future__ import annotations

import base64
import json
import math
import mimetypes
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from figures.rows import RowsError, rows

ELSEWHERE = ("//", "data:", "file:", "http:", "https:")
TABLES = {".csv": ",", ".tsv": "\t"}
INLINE = frozenset({"values", "datasets"})
"""What holds data itself, in which nothing names a file."""
Cell = str | int | float | None


class SpecificationError(RowsError):
    """Mistakes in a specification, as those in a table are told."""


def read(path: Path) -> dict[str, Any]:
    """Read a specification; raises SpecificationError with its line for what is none."""
    try:
        spec = json.loads(path.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise SpecificationError(path.name, [(error.lineno, f"not valid JSON: {error.msg}")]) from None
    except UnicodeDecodeError:
        raise SpecificationError(path.name, [(1, "not UTF-8")]) from None
    if not isinstance(spec, dict):
        raise SpecificationError(path.name, [(1, "expected a Vega-Lite specification, '{…}'")])
    if "/vega/v" in str(spec.get("$schema", "")):
        message = "a specification of Vega; expected one of Vega-Lite, which is compiled here"
        raise SpecificationError(path.name, [(line(path, '"$schema"'), message)])
    return spec


def line(path: Path, text: str) -> int:
    """Find the first line of a file that holds a text; the first of all where none does."""
    lines = path.read_text("utf-8-sig").splitlines()
    return next((number for number, one in enumerate(lines, 1) if text in one), 1)


def named(path: Path) -> list[str]:
    """List the files that a specification names, as it names them; raises SpecificationError for other hosts."""
    names = list(dict.fromkeys(_urls(read(path))))
    for name in names:
        if name.lower().startswith(ELSEWHERE):
            message = f"{name!r} lies elsewhere; keep a copy beside the article"
            raise SpecificationError(path.name, [(line(path, json.dumps(name)), message)])
    return names


def whole(path: Path, files: Sequence[Path]) -> dict[str, Any]:
    """Read a specification with its data put in; `files` are those that it names, in the order of `named`."""
    found = dict(zip(named(path), files, strict=True))
    spec: dict[str, Any] = _filled(read(path), found)
    return spec


def table(path: Path) -> list[dict[str, Cell]]:
    """Read the rows of a CSV or TSV file; columns of numbers hold numbers, empty cells None."""
    delimiter = TABLES.get(path.suffix.lower(), ",")
    found = [row.cells for row in rows(path.read_text("utf-8-sig"), [], file=path.name, delimiter=delimiter)]
    numeric = {name for name in (found[0] if found else ()) if _are_numbers(row[name] for row in found)}
    return [{name: _cell(text, name in numeric) for name, text in row.items()} for row in found]


def _cell(text: str, is_number: bool) -> Cell:
    if not text:
        return None
    value = float(text) if is_number else text
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _are_numbers(cells: Iterator[str]) -> bool:
    try:
        numbers = [float(cell) for cell in cells if cell]
    except ValueError:
        return False
    return bool(numbers) and all(map(math.isfinite, numbers))


def _urls(node: object) -> Iterator[str]:
    """Yield the addresses of data and of pictures."""
    if isinstance(node, Mapping):
        if isinstance(url := node.get("url"), str):
            yield url
        elif isinstance(url, Mapping) and isinstance(url.get("value"), str):
            yield url["value"]
        for key, value in node.items():
            yield from () if key in INLINE else _urls(value)
    elif isinstance(node, list):
        for value in node:
            yield from _urls(value)


def _filled(node: Any, found: Mapping[str, Path]) -> Any:
    if isinstance(node, list):
        return [_filled(value, found) for value in node]
    if not isinstance(node, Mapping):
        return node
    filled = {key: value if key in INLINE else _filled(value, found) for key, value in node.items()}
    url = node.get("url")
    if isinstance(url, Mapping) and isinstance(url.get("value"), str):
        return {**filled, "url": {**url, "value": _picture(found[url["value"]])}}
    if isinstance(url, str):
        return {**filled, "url": _picture(found[url])} if "type" in node else _with_data(filled, found[url])
    return filled


def _picture(path: Path) -> str:
    """Write a picture into the specification itself; of all that names a file, only a mark has a type."""
    kind = mimetypes.guess_type(path.name)[0] or "image/png"
    return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _with_data(data: dict[str, Any], path: Path) -> dict[str, Any]:
    """Put the content of a file in place of its name."""
    shape = dict(data.get("format") or {})
    kind = shape.pop("type", path.suffix.lower().lstrip("."))
    kept = {key: value for key, value in data.items() if key not in ("url", "format")}
    if kind in ("csv", "tsv"):
        return {**kept, "values": table(path), **({"format": shape} if shape else {})}
    if kind not in ("json", "topojson", "geojson"):
        raise ValueError(f"{path.name}: data of kind {kind!r}; expected CSV, TSV, JSON or TopoJSON")
    try:
        values = json.loads(path.read_text("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise SpecificationError(path.name, [(error.lineno, f"not valid JSON: {error.msg}")]) from None
    form = {"type": "topojson" if kind == "topojson" else "json", **shape}
    return {**kept, "values": values, "format": form}
