"""Images named by the rows of a CSV file, with labels."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

from figures.manifests.folder import hashed
from figures.manifests.listing import Listing
from figures.manifests.memory import Files, Memory
from figures.nearest import nearest
from figures.rows import Row, RowsError, rows
from figures.specs import DataSpec

_IMAGE_COLUMNS = ("image", "path", "file", "filename")
_LABEL_COLUMN = "label"
_MOST_PROBLEMS = 20


def images(spec: DataSpec, memory: Memory) -> Listing:
    """List the images of a table in the order of its rows; paths start from `root`, or from the table's folder.

    Raises RowsError with the lines of rows that name no file, the first 20 of them.
    """
    path = spec.location
    root = Path(spec.root or path.parent)
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise ValueError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from None
    delimiter = "\t" if path.suffix == ".tsv" else ","
    image, label = _columns(spec, text, delimiter)
    wanted = [image, *([label] if label else [])]
    files, labels, problems = Files(root, [], [], []), [], []
    for row in rows(text, wanted, file=path.name, delimiter=delimiter):
        try:
            name, size, changed = _stamp(root, row, image)
        except ValueError as error:
            problems.append((row.line, str(error)))
            if len(problems) == _MOST_PROBLEMS:
                break
            continue
        files.names.append(name)
        files.sizes.append(size)
        files.times.append(changed)
        labels.append(row[label] if label else "")
    if problems:
        raise RowsError(path.name, problems)
    return hashed(files, memory, spec.count, tuple(labels) if label else ())


def _columns(spec: DataSpec, text: str, delimiter: str) -> tuple[str, str]:
    """Choose the columns of images and labels: those asked for, or those with the usual names."""
    line = text.removeprefix("\ufeff").partition("\n")[0]
    header = [name.strip() for name in next(csv.reader([line], delimiter=delimiter), [])]
    usual = [name for name in _IMAGE_COLUMNS if name in header]
    label = spec.label_column or (_LABEL_COLUMN if _LABEL_COLUMN in header else "")
    return spec.image_column or (usual[0] if usual else _IMAGE_COLUMNS[0]), label


def _stamp(root: Path, row: Row, column: str) -> tuple[str, int, int]:
    name = row[column]
    if not name:
        raise ValueError(f"no path in the column {column!r}")
    path = root / name
    try:
        stat = path.stat()
    except OSError:
        raise ValueError(f"no file {name!r} in {root}{nearest(path.name, _beside(path))}") from None
    return name, stat.st_size, stat.st_mtime_ns


def _beside(path: Path) -> Iterator[str]:
    return (one.name for one in path.parent.iterdir()) if path.parent.is_dir() else iter(())
