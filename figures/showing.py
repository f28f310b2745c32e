"""An artifact as a notebook shows it."""

from __future__ import annotations

import base64
from collections.abc import Callable
from html import escape

from figures.kept.record import FigureRecord

MEDIA = {"svg": "image/svg+xml", "png": "image/png", "webp": "image/webp", "jpg": "image/jpeg", "avif": "image/avif"}


def html(record: FigureRecord, read: Callable[[str], bytes]) -> str:
    """Show the first picture of every part that is seen at first, and the notes; `read` gives bytes by digest."""
    first = {control.name: control.first for control in record.controls}
    seen = [part for part in record.parts if all(first.get(name) == value for name, value in part.shown.items())]
    pictures = [picture for part in seen for picture in part.pictures[:1]]
    images = [_image(extension, read(digest), record.alt) for extension, digest in pictures]
    return "".join([*images, *(f"<p>{escape(note)}</p>" for note in record.notes)])


def _image(extension: str, data: bytes, alt: str) -> str:
    source = f"data:{MEDIA.get(extension, f'image/{extension}')};base64,{base64.b64encode(data).decode()}"
    return f'<p><img src="{source}" alt="{escape(alt)}"></p>'
