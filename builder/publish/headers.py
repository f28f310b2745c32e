"""How hosts are to serve each file: content types, caching, and the `_headers` and `_redirects` files."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable, Mapping
from pathlib import PurePosixPath

from builder.press import policy, search

FOREVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
ASSETS = "assets/"

_HASHED = re.compile(r"\.[0-9a-f]{12,64}\.(?!html?$)[A-Za-z0-9]+$")
# The tables of the system differ from machine to machine; those of Python lack what the site is made of.
_TYPES = {
    "atom": "application/atom+xml",
    "avif": "image/avif",
    "bib": "text/plain; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "mjs": "text/javascript; charset=utf-8",
    "m4v": "video/mp4",
    "mp4": "video/mp4",
    "ogv": "video/ogg",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "wasm": "application/wasm",
    "webm": "video/webm",
    "webmanifest": "application/manifest+json",
    "webp": "image/webp",
    "woff2": "font/woff2",
    "xml": "application/xml",
}


def content_type(name: str) -> str:
    """Return the media type of a file, told from its name."""
    extension = PurePosixPath(name).suffix[1:].lower()
    known = _TYPES.get(extension)
    return known or mimetypes.MimeTypes().guess_type(name)[0] or "application/octet-stream"


def immutable(name: str) -> bool:
    """Say whether the name of a file tells its content, so that it never changes."""
    return _HASHED.search(name) is not None


def cache_control(name: str) -> str:
    """Return how long browsers may keep a file."""
    return FOREVER if immutable(name) else ASK_AGAIN


def rank(name: str) -> tuple[int, str]:
    """Sort files as they are to be put in place: what pages need, then pages, the front page last."""
    if immutable(name):
        return 0, name
    if not name.endswith((".html", ".xml")):
        return 1, name
    return (3 if name == "index.html" else 2), name


def headers_file(names: Iterable[str]) -> bytes:
    """Write `_headers`, as Netlify and Cloudflare read it.

    Pages need no rule: both hosts have browsers ask again for what has none, and a rule for all
    files would be joined to that of the assets instead of giving way to it.
    """
    names = sorted(names)
    hashed = [name for name in names if immutable(name)]
    rule = policy.policy(searched=search.START in names)
    whole = all(immutable(name) for name in names if name.startswith(ASSETS))
    folder = [f"/{ASSETS}*"] if whole and any(name.startswith(ASSETS) for name in hashed) else []
    single = [f"/{name}" for name in hashed if not (folder and name.startswith(ASSETS))]
    rules = [("/*", f"X-Content-Type-Options: nosniff\n  Content-Security-Policy: {rule}")]
    rules += [(path, f"Cache-Control: {FOREVER}") for path in (*folder, *single)]
    return "".join(f"{path}\n  {header}\n" for path, header in rules).encode()


def redirects_file(aliases: Mapping[str, str], force: bool) -> bytes:
    """Write `_redirects`: `aliases` leads from old addresses to new ones, both from the root of the site.

    `force` is the mark of Netlify for "even where there is a file"; Cloudflare needs none and takes none.
    """
    code = "301!" if force else "301"
    rules = [f"{old} {new} {code}\n" for alias, new in sorted(aliases.items()) for old in _spellings(alias)]
    return "".join(rules).encode()


def _spellings(alias: str) -> list[str]:
    """Give an old address with and without a slash at its end, unless it is a file."""
    path = "/" + alias.strip().strip("/")
    return [path] if path.endswith(".html") else [path, f"{path}/"]
