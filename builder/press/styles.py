"""Sizes that belong to one figure, as classes: a strict policy forbids styles in the text of a page.

Each page has a style sheet of the sizes that it names itself, so that no page waits for another.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import jinja2

SIZES = "assets/sizes.css"
"""Stands in a page's head where the sheet of its sizes goes, which is named for what it holds."""
_LINK = re.compile(rf'<link rel="stylesheet" href="[^"]*{re.escape(SIZES)}">\n?')
_NAME = re.compile(r"s(?<!\ws)[0-9a-f]{8}\b")
_TEXTS = re.compile(r"""(/\*.*?\*/|"[^"]*"|'[^']*')""", re.DOTALL)


@dataclass
class Styles:
    """Gives declarations the name of a class, and remembers them for the style sheets of the pages."""

    rules: dict[str, str] = field(default_factory=dict)

    def named(self, declarations: str) -> str:
        """Name the class that stands for declarations such as "--w:560;--h:260"."""
        name = f"s{hashlib.sha256(declarations.encode()).hexdigest()[:8]}"
        self.rules[name] = declarations
        return name

    def of(self, html: str) -> dict[str, str]:
        """Return the declarations of the classes that a text names."""
        if not self.rules:
            return {}
        return {name: self.rules[name] for name in set(_NAME.findall(html)) if name in self.rules}

    def sheet(self, html: str | None = None) -> bytes:
        """Write a rule for every class that a text names, or that was named; like rules stand together, which packs."""
        rules = self.rules if html is None else self.of(html)
        return "".join(f".{name}{{{rule}}}\n" for rule, name in sorted((r, n) for n, r in rules.items())).encode()


def linked(html: str, address: str) -> str:
    """Put the address of a page's sheet of sizes into its head; without one, nothing stands there."""
    return html.replace(SIZES, address, 1) if address else _LINK.sub("", html, count=1)


def compact(sheet: str) -> str:
    """Leave out of a style sheet what only people read: comments, indents, ends of lines; texts in quotes stay."""
    pieces = _TEXTS.split(sheet)
    pieces[::2] = [_tightened(piece) for piece in pieces[::2]]
    return "".join("" if piece.startswith("/*") else piece for piece in pieces)


def _tightened(piece: str) -> str:
    """Take the spaces out that mean nothing; before a colon one may begin a selector."""
    return re.sub(r";?\s*(\})\s*|\s*([{;,])\s*|(:)\s+(?![^{};]*\{)", r"\1\2\3", re.sub(r"\s+", " ", piece))


def styles_of(env: jinja2.Environment) -> Styles:
    """Return what gives the sizes of pages their names."""
    return cast("Styles", env.globals["styles"])
