"""Drawings inside pages: pictures that a chart carries in its text become files, which pages share."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable

# Smaller ones are not worth a request.
_INSIDE = re.compile(r'(?<=href=")data:image/([a-z]+);base64,([A-Za-z0-9+/=]{300,})(?=")')
_MARK = "site:"
"""Begins an address from the root of the site, which each page turns into its own."""


def lifted(svg: str, publish: Callable[[str, bytes], str]) -> str:
    """Take the pictures out of a drawing; `publish` turns an extension and bytes into an address."""
    return _INSIDE.sub(lambda m: _MARK + publish(m[1], base64.b64decode(m[2])), svg)


def placed(svg: str, to: Callable[[str], str]) -> str:
    """Make the addresses of a lifted drawing those of a page; `to` leads from the page to an address."""
    return re.sub(rf'(?<=href="){_MARK}([^"]+)(?=")', lambda m: to(m[1]), svg)
