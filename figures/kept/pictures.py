"""Whether the bytes of a picture are what is said of them: a whole picture of that kind and size, or a drawing."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator, Mapping
from xml.etree import ElementTree

from figures.kept.parts import SVG

NAMESPACE = "http://www.w3.org/2000/svg"
_BEFORE_SVG = rb"\s++|(?><\?.*?\?>)|(?><!--.*?-->)|(?><!DOCTYPE[^>\[]*+(?:\[.*?\])?[^>]*+>)"
_STARTS: Mapping[str, re.Pattern[bytes]] = {
    "image/avif": re.compile(rb".{4}ftyp(?:.{4}){0,32}?avi[fs]", re.DOTALL),
    "image/gif": re.compile(rb"GIF8[79]a"),
    "image/jpeg": re.compile(rb"\xff\xd8\xff"),
    "image/png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    SVG: re.compile(rb"(?:\xef\xbb\xbf)?(?:" + _BEFORE_SVG + rb")*+<svg[\s>/]", re.DOTALL),
    "image/webp": re.compile(rb"RIFF.{4}WEBP", re.DOTALL),
}
"""How the files of each media type begin."""


class Encoded(bytes):
    """A picture that this program has just encoded: it is whole, and need not be decoded to know that."""


def kind(data: bytes) -> str:
    """Return the media type of a picture, empty for what is none."""
    return next((media_type for media_type, start in _STARTS.items() if start.match(data)), "")


def whole(data: bytes, media_type: str, width: object, height: object) -> Iterator[str]:
    """Check that a picture of a known type can be decoded, and has as many pixels as it is said to have.

    A drawing has no pixels of its own; it must say that it is one.
    """
    if media_type == SVG:
        yield from drawn(data, NAMESPACE)
        return
    try:
        size = _decoded(data)
    except Exception as error:  # a decoder may raise anything for bytes that are cut short
        yield f"data cannot be decoded: {error}"
        return
    if size is not None and size != (width, height):
        yield f"width and height are {width} and {height}; the picture has {size[0]} x {size[1]} px"


def _decoded(data: bytes) -> tuple[int, int] | None:
    """Decode a picture and return its size, None where this machine has no decoder for it."""
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data))
        except UnidentifiedImageError:
            if kind(data) == "image/avif":
                return None
            raise ValueError("it is cut short or damaged") from None
        if not isinstance(data, Encoded):
            image.load()
        return image.size


def drawn(data: bytes, namespace: str = "") -> Iterator[str]:
    """Check that a drawing is well-formed, and of a namespace where it is to stand in a file of its own."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        yield f"the drawing is not well-formed: {error}"
        return
    if namespace and root.tag != f"{{{namespace}}}svg":
        yield f'the drawing lacks xmlns="{namespace}", without which no browser shows it'
