"""What Pagefind reads of a page, said in a few elements: the same words take it half the time.

What a page costs Pagefind are its elements, and most of them tell it nothing. Here they go, with all that it leaves
out; what stays are headings, by which results lead into a page, pictures, and whatever has a `data-pagefind-*`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_TAG = re.compile(
    rb"<(?:(/?)([a-zA-Z][^\s/>]*)([^>\"']*(?:\"[^\"]*\"[^>\"']*|'[^']*'[^>\"']*)*)|!--.*?--)>",
    re.DOTALL,
)
_SCRIPT = re.compile(rb"<(script|style)\b.*?</\1\s*>", re.DOTALL)
_LEAF = re.compile(
    rb"<(a|code|em|m[a-z]+|span|strong|su[bp])(?:\s(?!id\b|data-pagefind)[\w-]+=\"[^\"]*\")*>([^<]*)</\1>"
)
"""An element without others in it that tells nothing: most are such, and to go through each would take long."""
_HEAD = re.compile(rb"(<html\b[^>]*>).*?(<title>.*?</title>|(?=<body\b))", re.DOTALL)
_SPECIAL = re.compile(rb"\sdata-pagefind-(?!ignore\b)")
_NAMED = re.compile(rb"\sid\s*=")
_WORD = re.compile(r"[\w'\")$*]\Z")
_KEPT = frozenset(b"article dd dl dt h1 h2 h3 h4 h5 h6".split())
_SENTENCES = frozenset(b"div li p section td ul".split())
"""Elements behind whose words Pagefind sets a full stop."""
_LEFT_OUT = frozenset(b"footer form iframe label nav noscript svg template".split())
"""Elements that Pagefind leaves out."""
_EMPTY = frozenset(b"area base br col embed hr img input link meta source track wbr".split())


class _UnusualError(Exception):
    """A page that is not written as ours are."""


def reduced(page: bytes) -> bytes:
    """Return a page in which Pagefind finds the same, or the page itself where it is not written as ours are."""
    head, start, end = _HEAD.match(page, page.find(b"<html")), page.find(b"<body"), page.rfind(b"</html>")
    if not head or not 0 <= start < end:
        return page
    try:
        return b"".join((head[1], head[2], *_read(_LEAF.sub(rb"\2", _SCRIPT.sub(b"", page[start:end]))), b"</html>\n"))
    except _UnusualError:
        return page


def _read(body: bytes) -> list[bytes]:
    reading, start = _Reading(), 0
    for tag in _TAG.finditer(body):
        if reading.kept and start != tag.start():
            reading.text(body[start : tag.start()])
        start = tag.end()
        end, name, rest = tag.groups()
        if end:
            reading.close(name)
        elif name:
            reading.open(name, rest, tag[0])
    if reading.path:
        raise _UnusualError
    return reading.out


@dataclass
class _Reading:
    """What was read so far: `path` has of each open element its name and what is written for its end."""

    out: list[bytes] = field(default_factory=list)
    path: list[tuple[bytes, bytes]] = field(default_factory=list)
    kept: int = 0
    """So many of them are kept; words that stand in none are not searched."""
    skipped: int = 0
    """So many of them are open from the one on that is left out."""
    last: bytes = b""
    """The words that stand last in what is open, as far as nothing stands behind them."""

    def text(self, words: bytes) -> None:
        if not self.skipped:
            self.out.append(words)
            self.last = words

    def open(self, name: bytes, rest: bytes, whole: bytes) -> None:
        special = b"data-pagefind-" in rest and _SPECIAL.search(rest)
        if name in _EMPTY or rest.endswith(b"/"):
            self._empty(name, whole, special=bool(special))
        elif self.skipped:
            if special or name == b"h1":
                raise _UnusualError
            self.skipped += 1
            self.path.append((name, b""))
        elif special or name in _KEPT:
            self.kept += 1
            self._begin(name, whole, b"</" + name + b">")
        elif name in _LEFT_OUT or b"data-pagefind-ignore" in rest:
            self.skipped = 1
            self.path.append((name, b""))
        elif name in _SENTENCES:
            self._begin(name, b" ", b" ")
        else:
            if _NAMED.search(rest):
                self.text(b" ")
            self.path.append((name, b""))

    def _begin(self, name: bytes, start: bytes, end: bytes) -> None:
        self.path.append((name, end))
        self.out.append(start)
        self.last = b""

    def _empty(self, name: bytes, whole: bytes, *, special: bool) -> None:
        if name == b"br":
            self.text(b" ")
        elif name == b"img" or special:
            self.out.append(whole)

    def close(self, name: bytes) -> None:
        opened, end = self.path.pop() if self.path else (b"", b"")
        if opened != name:
            raise _UnusualError
        if self.skipped:
            self.skipped -= 1
        elif end:
            self.kept -= end != b" "
            self.out.append(b". " if end == b" " and _WORD.search(self.last[-4:].decode(errors="ignore")) else end)
            self.last = b""
