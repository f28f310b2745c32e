"""Drawings of charts: inside pages, where the pictures that they carry become files, and as files for either theme."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Mapping

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


_DARK = re.compile(r':root\[data-theme="dark"\]\s*\{([^}]*)\}')
_PROPERTY = re.compile(r"(--[\w-]+)\s*:\s*([^;}]+)")
_COLOUR = re.compile(r"var\((--[\w-]+), ?([^()]*)\)")


def dark_colours(css: str) -> dict[str, str]:
    """List the properties that style sheets give a dark page; later rules go before earlier ones."""
    return {name: value.strip() for rule in _DARK.findall(css) for name, value in _PROPERTY.findall(rule)}


def dark(svg: str, colours: Mapping[str, str]) -> str:
    """Write a drawing's colours as on a dark page: as a file of its own it cannot ask the page."""
    return _COLOUR.sub(lambda match: colours.get(match[1], match[2]), svg)
