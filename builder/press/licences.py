"""Licences: what an author writes, and where it can be read."""

from __future__ import annotations

import re

CREATIVE_COMMONS = re.compile(r"CC[- ](BY(?:[- ](?:SA|NC|ND))*)(?:[- ](\d\.\d))?(?: International)?", re.IGNORECASE)
ZERO = re.compile(r"CC[- ]?0(?:[- ]1\.0)?(?: Universal)?", re.IGNORECASE)
SPDX = (
    "0BSD", "AFL-3.0", "AGPL-3.0-only", "AGPL-3.0-or-later", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0",
    "EPL-2.0", "EUPL-1.2", "GFDL-1.3-only", "GFDL-1.3-or-later", "GPL-2.0-only", "GPL-2.0-or-later", "GPL-3.0-only",
    "GPL-3.0-or-later", "ISC", "LGPL-3.0-only", "LGPL-3.0-or-later", "MIT", "MIT-0", "MPL-2.0", "ODbL-1.0", "Unlicense",
    "WTFPL", "Zlib",
)  # fmt: skip
"""Short names of the SPDX list that a text or its code may bear."""


def address(written: str) -> str:
    """Return where a licence can be read, "" where its name says nothing."""
    if written.startswith(("https://", "http://")):
        return written
    if ZERO.fullmatch(written):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    if match := CREATIVE_COMMONS.fullmatch(written):
        kind = match[1].lower().replace(" ", "-")
        return f"https://creativecommons.org/licenses/{kind}/{match[2] or '4.0'}/"
    name = {name.lower(): name for name in SPDX}.get(written.lower())
    return f"https://spdx.org/licenses/{name}.html" if name else ""


def name(written: str) -> str:
    """Return what a reader sees of a licence: its name, of an address what follows the host."""
    address = re.fullmatch(r"https?://(?:www\.)?([^/]+)/?(.*?)/?", written)
    if address is None:
        return written
    commons = re.fullmatch(r"licenses/([a-z-]+)/(\d\.\d)(?:/.*)?", address[2])
    return f"CC {commons[1].upper()} {commons[2]}" if commons else address[1]
