"""The picture that other sites show of an article: its title beside its first figure."""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from builder import atomic

WIDTH_PX, HEIGHT_PX = 1200, 630
_MARGIN_PX, _PICTURE_PX = 72, 486
_PAPER, _INK, _QUIET = "#fcfbf8", "#1c1b19", "#6b675f"
_SERIF = ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf")
_SANS = ("font_source_sans_pro", "SourceSansPro-Regular.ttf")
_SIZES = (72, 62, 54, 46, 40)
_MOST_LINES = 6


@dataclass(frozen=True)
class Picture:
    """A picture file; of a sprite only the upper `rows` of its `of` rows are shown."""

    data: bytes
    rows: int = 1
    of: int = 1


def card(folder: Path, title: str, site: str, picture: Picture | None) -> bytes:
    """Return a PNG of 1200 x 630 px, drawn once for equal contents; `folder` remembers."""
    source = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    shown = hashlib.sha256(picture.data).hexdigest() + f" {picture.rows} {picture.of}" if picture else ""
    key = hashlib.sha256("\0".join([source, title, site, shown]).encode()).hexdigest()
    path = folder / f"{key}.png"
    if not path.is_file():
        atomic.write(path, _draw(title, site, picture))
    return path.read_bytes()


def _draw(title: str, site: str, picture: Picture | None) -> bytes:
    from PIL import Image, ImageDraw, UnidentifiedImageError

    sheet = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), _PAPER)
    if picture is not None:
        with contextlib.suppress(UnidentifiedImageError):  # a drawing, or a format that Pillow was built without
            whole = Image.open(io.BytesIO(picture.data))
            _paste(sheet, whole.crop((0, 0, whole.width, whole.height * picture.rows // picture.of)))
    width = WIDTH_PX - 2 * _MARGIN_PX - (_PICTURE_PX + _MARGIN_PX // 2 if picture is not None else 0)
    pen = ImageDraw.Draw(sheet)
    font, lines = _fitted(pen, title, width)
    pen.multiline_text((_MARGIN_PX, _MARGIN_PX), "\n".join(lines), font=font, fill=_INK, spacing=font.size * 0.16)
    name = _font(_SANS, 30)
    pen.text((_MARGIN_PX, HEIGHT_PX - _MARGIN_PX), site, font=name, fill=_QUIET, anchor="ls")
    buffer = io.BytesIO()
    sheet.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _paste(sheet, picture) -> None:
    """Lay a picture at the right, whole, and no larger than twice its size."""
    from PIL import Image

    picture = picture.convert("RGBA")
    scale = min(_PICTURE_PX / max(picture.size), 2.0)
    picture = picture.resize([max(round(side * scale), 1) for side in picture.size], Image.Resampling.LANCZOS)
    left = WIDTH_PX - _MARGIN_PX - (_PICTURE_PX + picture.width) // 2
    sheet.paste(picture, (left, (HEIGHT_PX - picture.height) // 2), picture)


def _fitted(pen, title: str, width: int) -> tuple[object, list[str]]:
    """Choose the largest type in which a title fits, and break it into lines."""
    for size in _SIZES:
        font = _font(_SERIF, size)
        lines = list(_lines(pen, font, title, width))
        tall = len(lines) * size * 1.2 > HEIGHT_PX - 3 * _MARGIN_PX
        if not tall and all(pen.textlength(line, font=font) <= width for line in lines):
            break
    return font, lines[:_MOST_LINES]


def _lines(pen, font, text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and pen.textlength(longer, font=font) > width:
            yield line
            longer = word
        line = longer
    yield line


def _font(face: tuple[str, str], size: int):
    from PIL import ImageFont

    package, file = face
    folder = Path(importlib.util.find_spec(package).origin).parent
    return ImageFont.truetype(str(next(folder.rglob(file))), size)
