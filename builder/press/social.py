"""The picture that other sites show of an article: its title beside its first figure."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.util
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from builder import packages
from builder.cache import cached
from builder.engine import artifacts
from builder.frozen import frozen

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

WIDTH_PX, HEIGHT_PX = 1200, 630
_MARGIN_PX, _PICTURE_PX = 72, 486
_WIDE = 1.45
"""From this width to one of height on, a chart stands below the title instead of beside it."""
_PAPER, _INK, _QUIET = "#fdfcf9", "#1c1b19", "#66635c"
_SERIF = ("font_source_serif_pro", "SourceSerifPro-Semibold.ttf")
_SANS = ("font_source_sans_pro", "SourceSansPro-Regular.ttf")
_SIZES, _BELOW_SIZES = (72, 62, 54, 46, 40), (54, 46, 40, 34)
_SHADES = 8
"""Of each ink from paper on: those of two inks are told apart by four bits a pixel, which pack soonest."""
_MOST_LINES, _MOST_LINES_ABOVE = 6, 2
_RUNS = 3
"""zlib's Z_RLE: paper is long runs of one byte, and nothing else there repeats."""


@frozen
class Picture:
    """A picture file; of a sprite only the upper `rows` of its `of` rows are shown.

    A `chart` is a drawing of words to be read, and gets the more room.
    """

    data: bytes
    rows: int = 1
    of: int = 1
    chart: bool = False


def card(folder: Path, title: str, site: str, picture: Picture | None) -> bytes:
    """Return a PNG of 1200 x 630 px, drawn once for equal contents; `folder` remembers."""
    source = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    shown = f"{_content(picture)} {replace(picture, data=b'')}" if picture else ""
    key = hashlib.sha256("\0".join([source, title, site, shown]).encode()).hexdigest()
    return cached(folder / key, lambda: _draw(title, site, picture))


def _content(picture: Picture) -> str:
    """Digest what a picture shows; nothing where it is a chart and what draws those in pixels is not installed."""
    is_seen = not picture.chart or importlib.util.find_spec("vl_convert") is not None
    return hashlib.sha256(picture.data).hexdigest() if is_seen else ""


def _draw(title: str, site: str, picture: Picture | None) -> bytes:
    buffer = io.BytesIO()
    if picture is None or (shown := _opened(picture)) is None:
        _lettered(title, site).save(buffer, "PNG", compress_type=_RUNS)
    else:
        _illustrated(title, site, shown, is_chart=picture.chart).save(buffer, "PNG")
    return buffer.getvalue()


def _lettered(title: str, site: str) -> Image.Image:
    """Draw a card of words alone: two inks in as many shades as a palette has, which packs in a tenth of the time."""
    from PIL import Image, ImageDraw

    sheet, foot = (Image.new("L", (WIDTH_PX, height)) for height in (HEIGHT_PX, _MARGIN_PX))
    _write(ImageDraw.Draw(sheet), title, WIDTH_PX - 2 * _MARGIN_PX, _SIZES, _SHADES - 1)
    _sign(ImageDraw.Draw(foot), site, _MARGIN_PX // 2, _SHADES - 1)
    quiet = foot.point([0, *range(_SHADES + 1, 2 * _SHADES), *[0] * (256 - _SHADES)])
    sheet.paste(quiet, (0, HEIGHT_PX - _MARGIN_PX - _MARGIN_PX // 2))
    sheet.putpalette([value for ink in (_INK, _QUIET) for value in _blended(ink)])
    return sheet


def _blended(ink: str) -> Iterator[int]:
    """Yield the reds, greens and blues from paper to an ink."""
    from PIL import ImageColor

    paper, full = ImageColor.getrgb(_PAPER), ImageColor.getrgb(ink)
    for shade in range(_SHADES):
        yield from (round(p + (f - p) * shade / (_SHADES - 1)) for p, f in zip(paper, full, strict=True))


def _illustrated(title: str, site: str, shown: Image.Image, *, is_chart: bool) -> Image.Image:
    """Draw a card with a picture, beside the title or below it."""
    from PIL import Image, ImageDraw

    sheet = Image.new("RGB", (WIDTH_PX, HEIGHT_PX), _PAPER)
    pen = ImageDraw.Draw(sheet)
    below = is_chart and shown.width >= _WIDE * shown.height
    beside = 0 if below else _PICTURE_PX + _MARGIN_PX // 2
    foot = _write(pen, title, WIDTH_PX - 2 * _MARGIN_PX - beside, _BELOW_SIZES if below else _SIZES, _INK)
    _sign(pen, site, HEIGHT_PX - _MARGIN_PX // (2 if below else 1), _QUIET)
    if below:
        _paste(sheet, shown, (_MARGIN_PX, foot + 16, WIDTH_PX - _MARGIN_PX, HEIGHT_PX - _MARGIN_PX - 12))
    else:
        right, top = WIDTH_PX - _MARGIN_PX, (HEIGHT_PX - _PICTURE_PX) // 2
        _paste(sheet, shown, (right - _PICTURE_PX, top, right, top + _PICTURE_PX))
    return sheet


def _sign(pen: ImageDraw.ImageDraw, site: str, foot: int, ink: int | str) -> None:
    """Set the name of the site."""
    pen.text((_MARGIN_PX, foot), site, font=_font(_SANS, 30), fill=ink, anchor="ls")


def _opened(picture: Picture) -> Image.Image | None:
    """Decode a picture; None for what Pillow cannot: a drawing, a torso, a format that it was built without."""
    from PIL import Image

    with contextlib.suppress(ImportError, OSError, Image.DecompressionBombError):
        whole = Image.open(io.BytesIO(artifacts.png(picture.data) if picture.chart else picture.data))
        return whole.crop((0, 0, whole.width, whole.height * picture.rows // picture.of))
    return None


def _write(pen: ImageDraw.ImageDraw, title: str, width: int, sizes: Sequence[int], ink: int | str) -> int:
    """Set a title at the top; return where it ends."""
    font, lines = _fitted(pen, title, width, sizes)
    pen.multiline_text((_MARGIN_PX, _MARGIN_PX), "\n".join(lines), font=font, fill=ink, spacing=font.size * 0.16)
    return _MARGIN_PX + round(len(lines) * font.size * 1.2)


def _paste(sheet: Image.Image, picture: Image.Image, box: tuple[int, int, int, int]) -> None:
    """Lay a picture in the middle of a box, whole, and no larger than twice its size."""
    from PIL import Image

    picture = picture.convert("RGBA")
    left, top, right, bottom = box
    scale = min((right - left) / picture.width, (bottom - top) / picture.height, 2.0)
    size = max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)
    picture = picture.resize(size, Image.Resampling.LANCZOS)
    sheet.paste(picture, ((left + right - picture.width) // 2, (top + bottom - picture.height) // 2), picture)


def _fitted(
    pen: ImageDraw.ImageDraw, title: str, width: int, sizes: Sequence[int]
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """Choose the largest type in which a title fits, and break it into lines."""
    most = _MOST_LINES if sizes is _SIZES else _MOST_LINES_ABOVE
    for size in sizes:
        font = _font(_SERIF, size)
        lines = list(_lines(pen, font, title, width))
        tall = len(lines) > most or len(lines) * size * 1.2 > HEIGHT_PX - 3 * _MARGIN_PX
        if not tall and all(pen.textlength(line, font=font) <= width for line in lines):
            break
    return font, lines[:most]


def _lines(pen: ImageDraw.ImageDraw, font: ImageFont.FreeTypeFont, text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and pen.textlength(longer, font=font) > width:
            yield line
            longer = word
        line = longer
    yield line


@functools.cache
def _font(face: tuple[str, str], size: int) -> ImageFont.FreeTypeFont:
    from PIL import ImageFont

    package, file = face
    return ImageFont.truetype(str(next(packages.folder(package).rglob(file))), size)
