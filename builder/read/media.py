"""How wide and high are pictures and films? Read from their heads, so that pages keep their place."""

from __future__ import annotations

import functools
import re
import struct
from collections.abc import Iterator
from pathlib import Path

from builder.read import finding

UNKNOWN = (0, 0)
TURNED = (5, 6, 7, 8)
"""Values of the EXIF tag for orientation that swap the sides (EXIF 2.32, table 5)."""
ORIENTATION = 0x0112
WITHIN = {b"moov", b"trak"}
EBML = {0x18538067, 0x1654AE6B, 0xAE, 0xE0}
"""Matroska elements on the way to a picture's sides: Segment, Tracks, TrackEntry, Video (RFC 9559)."""
PIXEL_WIDTH, PIXEL_HEIGHT = 0xB0, 0xBA
BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"skip", b"wide")
"""What the first box of an MP4 or of a QuickTime film may be called."""
HEAD_BYTES = 1 << 22
HEAD_OF_PICTURE, TAIL_OF_PICTURE = 64, 1 << 16
CONVERT = "which browsers do not show; convert it to PNG or JPEG"
KINDS = {
    f"TIFF, {CONVERT}": (b"II*\0", b"MM\0*"),
    f"JPEG 2000, {CONVERT}": (b"\0\0\0\x0cjP  ",),
    f"Photoshop's, {CONVERT}": (b"8BPS",),
    "PDF, which is no picture; convert it to SVG or PNG": (b"%PDF",),
    "PostScript, which browsers do not show; convert it to SVG or PNG": (b"%!PS",),
    "a web page": (b"<!doctype html", b"<html"),
    "a pointer of Git LFS; fetch the file itself": (b"version https://git-lfs",),
}
HEIC = (b"heic", b"heix", b"hevc", b"mif1", b"msf1")
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
MAY_TURN = (b"eXIf", b"exif", b"xmp", b"Orientation")
"""What stands in a PNG that says how it is turned: in a chunk of its own, in a profile, or among Adobe's words."""
ENDS = {PNG[:8]: b"IEND", b"\xff\xd8\xff": b"\xff\xd9"}
"""How whole pictures begin and end: PNG and JPEG."""


def sides(path: Path) -> tuple[int, int]:
    """Return (width, height) in pixels of a picture or film as it is shown; (0, 0) where they cannot be read."""
    try:
        stat = path.stat()
        finding.check(path, stat)
    except OSError:
        return UNKNOWN
    return _sides(path, stat.st_size, stat.st_mtime_ns)


@functools.lru_cache(maxsize=4096)
def _sides(path: Path, size: int, time: int) -> tuple[int, int]:
    special = {".png": _png, ".svg": _drawing, ".mp4": _mp4, ".m4v": _mp4, ".webm": _webm}
    read = special.get(path.suffix.lower(), _picture)
    try:
        return read(path)
    except Exception:  # a decoder may raise anything for a file that is not what its name says
        return UNKNOWN


def unshown(path: Path) -> str:
    """Say what a file that should be a picture is, where browsers cannot show it; "" for all others."""
    stat = path.stat()
    return _unshown(path, stat.st_size, stat.st_mtime_ns)


@functools.lru_cache(maxsize=4096)
def _unshown(path: Path, size: int, time: int) -> str:
    with path.open("rb") as file:
        head = file.read(HEAD_OF_PICTURE)
        file.seek(-min(size, TAIL_OF_PICTURE), 2)
        tail = file.read()
    for kind, begins in KINDS.items():
        if head.lower().lstrip().startswith(begins) or head.startswith(begins):
            return kind
    if head[4:8] == b"ftyp" and head[8:12] in HEIC:
        return f"HEIC, {CONVERT}"
    ends = next((end for begin, end in ENDS.items() if head.startswith(begin)), b"")
    # Behind the end of a photograph a film of the moment may lie.
    return "" if ends in tail or ends in path.read_bytes() else "cut short; fetch it again"


def is_film(path: Path) -> bool:
    """Tell whether a file begins as the films do that browsers play: MP4, WebM or Ogg."""
    with path.open("rb") as file:
        head = file.read(8)
    return head[4:] in BOXES or head.startswith((b"\x1a\x45\xdf\xa3", b"OggS"))


def _png(path: Path) -> tuple[int, int]:
    """Read the header, which comes first (PNG, section 11.2.2); what may say that it is turned, Pillow reads."""
    data = path.read_bytes()
    if not data.startswith(PNG) or any(mark in data for mark in MAY_TURN):
        return _picture(path)
    width, height = struct.unpack(">II", data[16:24])
    return width, height


def _picture(path: Path) -> tuple[int, int]:
    from PIL import Image

    with Image.open(path) as image:
        width, height = image.size
        return (height, width) if image.getexif().get(ORIENTATION) in TURNED else (width, height)


def _drawing(path: Path) -> tuple[int, int]:
    """Read a drawing's own sides, else those of its view box."""
    head = re.search(r"<svg\b[^>]*>", path.read_text("utf-8", errors="replace"))
    values = dict(re.findall(r"""\b(width|height|viewBox)\s*=\s*["']([^"']*)["']""", head[0] if head else ""))
    width, height = (re.fullmatch(r"\s*([\d.]+)(px)?\s*", values.get(name, "")) for name in ("width", "height"))
    if width and height:
        return round(float(width[1])), round(float(height[1]))
    box = re.split(r"[\s,]+", values.get("viewBox", "").strip())
    return (round(float(box[2])), round(float(box[3]))) if len(box) == 4 else UNKNOWN


def _mp4(path: Path) -> tuple[int, int]:
    """Find the first track with a picture: its header ends in two 16.16 numbers (ISO 14496-12, section 8.3.2)."""
    data = path.read_bytes()
    for kind, _, end in _boxes(data, 0, len(data)):
        if kind == b"tkhd":
            width, height = struct.unpack(">II", data[end - 8 : end])
            if width and height:
                return width >> 16, height >> 16
    return UNKNOWN


def _boxes(data: bytes, start: int, stop: int) -> Iterator[tuple[bytes, int, int]]:
    while start + 8 <= stop:
        size, kind = struct.unpack(">I4s", data[start : start + 8])
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", data[start + 8 : start + 16])[0], 16
        end = start + size if size else stop
        if end <= start:
            return
        if kind in WITHIN:
            yield from _boxes(data, start + head, min(end, stop))
        yield kind, start + head, min(end, stop)
        start = end


def _webm(path: Path) -> tuple[int, int]:
    with path.open("rb") as file:
        data = file.read(HEAD_BYTES)
    found = dict(_elements(data, 0, len(data)))
    return found.get(PIXEL_WIDTH, 0), found.get(PIXEL_HEIGHT, 0)


def _elements(data: bytes, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Yield the sides among Matroska elements: names and sizes are numbers of their own length (RFC 8794)."""
    while start < stop:
        name, start = _number(data, start, keep=True)
        size, start = _number(data, start)
        end = min(start + size, stop)
        if name in EBML:
            yield from _elements(data, start, end)
        elif name in (PIXEL_WIDTH, PIXEL_HEIGHT):
            yield name, int.from_bytes(data[start:end], "big")
        start = end


def _number(data: bytes, start: int, *, keep: bool = False) -> tuple[int, int]:
    length = 9 - data[start].bit_length()
    value = int.from_bytes(data[start : start + length], "big")
    if length > 8:
        raise ValueError("not a number")
    # A size of ones is unknown: it lasts to the end.
    return (value if keep else value & ((1 << 7 * length) - 1)), start + length
