"""The labels that people gave: a CSV beside the article, written whole at each of them."""

from __future__ import annotations

import csv
import io
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path

from builder import atomic, locks
from builder.frozen import frozen

IMAGE, LABEL, ANNOTATOR = COLUMNS = ("image", "label", "annotator")
START = ",".join(COLUMNS) + "\n"


@frozen
class Answers:
    """A file of labels; `lock` is the file by which programs that write it wait for each other.

    Everything that stands in the file stays: other columns, and labels of crops that are not asked for.
    """

    path: Path
    lock: Path
    threads: threading.Lock = field(default_factory=threading.Lock, repr=False, compare=False)

    def rows(self) -> list[Mapping[str, str]]:
        """Read every label; there are none where there is no file."""
        return list(_reader(self._text()))

    def of(self, annotator: str) -> dict[str, str]:
        """Return the labels of one annotator by crop, in the order of the file."""
        return {row[IMAGE]: row[LABEL] for row in self.rows() if row[ANNOTATOR] == annotator}

    def annotators(self) -> tuple[str, ...]:
        """Name everybody who gave a label."""
        return tuple(sorted({row[ANNOTATOR] for row in self.rows()}))

    def add(self, crop: str, label: str, annotator: str) -> bool:
        """Write a label down; False where this annotator labelled that crop before."""
        with self._alone():
            if crop in self.of(annotator):
                return False
            text = self._text()
            columns = next(csv.reader([text.partition("\n")[0].lstrip("\ufeff")]))
            given = {IMAGE: crop, LABEL: label, ANNOTATOR: annotator}
            line = _written([given.get(name.strip(), "") for name in columns])
            self._write(text + ("" if text.endswith("\n") else "\n") + line)
        return True

    def take_back(self, annotator: str, crops: Iterable[str]) -> str:
        """Remove the last label that an annotator gave to one of some crops; return the crop, or nothing."""
        among = set(crops)
        with self._alone():
            records = list(_records(self._text()))
            for number in reversed(range(1, len(records))):
                row = _row(records[0], records[number])
                if row.get(ANNOTATOR) == annotator and row.get(IMAGE) in among:
                    del records[number]
                    self._write("".join(records))
                    return row[IMAGE]
        return ""

    def _text(self) -> str:
        if not self.path.is_file():
            return START
        with self.path.open(encoding="utf-8", newline="") as file:  # its ends of lines stay as they are
            return file.read() or START

    def _write(self, text: str) -> None:
        atomic.write(self.path, text.encode())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        with self.threads, locks.held(self.lock):
            yield


def _reader(text: str) -> Iterator[Mapping[str, str]]:
    first, *others = _records(text)
    for record in others:
        row = _row(first, record)
        if all(row.get(name) for name in COLUMNS):
            yield row


def _records(text: str) -> Iterator[str]:
    """Part a text into the lines of its rows: one in quotes may go over several."""
    lines = list(io.StringIO(text, newline=""))
    reader, before = csv.reader(lines), 0
    for _ in reader:
        yield "".join(lines[before : reader.line_num])
        before = reader.line_num


def _row(first: str, record: str) -> dict[str, str]:
    names, cells = (next(csv.reader(io.StringIO(line.lstrip("\ufeff"), newline="")), []) for line in (first, record))
    return {name.strip(): cell.strip() for name, cell in zip(names, cells, strict=False)}


def _written(cells: Iterable[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()
