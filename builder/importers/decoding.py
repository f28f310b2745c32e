"""Bytes to text: what was decoded wrongly once is put right where nothing is lost by it."""

from __future__ import annotations

import re

from builder.importers.draft import Remark

RUN = re.compile(r"[^\x00-\x7f]+")


def decoded(data: bytes) -> tuple[str, list[Remark]]:
    """Read a file as UTF-8, else as Windows-1252; lines end with a line feed."""
    remarks: list[Remark] = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        remarks.append(Remark(line, f"byte {data[error.start]:#04x} is not UTF-8: the file is read as Windows-1252"))
        text = data.decode("cp1252", errors="replace")
    repaired, more = repair(text.replace("\r\n", "\n").replace("\r", "\n"))
    return repaired, remarks + more


def repair(text: str) -> tuple[str, list[Remark]]:
    """Undo UTF-8 that was read as Windows-1252 or Latin-1, as in “â€™” for ’; other characters stay."""
    remarks: list[Remark] = []

    def undo(match: re.Match[str]) -> str:
        meant = _meant(match[0])
        if meant != match[0]:
            line = text.count("\n", 0, match.start()) + 1
            remarks.append(Remark(line, f"{match[0]!r} was UTF-8 read wrongly: it is {meant!r} now"))
        return meant

    return RUN.sub(undo, text), remarks


def _meant(run: str) -> str:
    try:
        return b"".join(map(_byte, run)).decode("utf-8")
    except UnicodeError:
        return run


def _byte(character: str) -> bytes:
    """Give the byte that Windows-1252 shows so; it leaves five bytes to Latin-1."""
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")
