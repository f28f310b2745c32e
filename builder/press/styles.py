"""Sizes that belong to one figure, as classes: a strict policy forbids styles in the text of a page."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, field

_TEXTS = re.compile(r"""(/\*.*?\*/|"[^"]*"|'[^']*')""", re.DOTALL)


@dataclass
class Styles:
    """Gives declarations the name of a class, and remembers them for the style sheet of the site."""

    rules: dict[str, str] = field(default_factory=dict)

    def named(self, declarations: str) -> str:
        """Name the class that stands for declarations such as "--w:560;--h:260"."""
        name = f"s{hashlib.sha256(declarations.encode()).hexdigest()[:8]}"
        self.rules[name] = declarations
        return name

    def sheet(self) -> bytes:
        """Write a rule for every class that was named; like rules stand together, which packs well."""
        return "".join(f".{name}{{{rule}}}\n" for rule, name in sorted((r, n) for n, r in self.rules.items())).encode()


def compact(sheet: str) -> str:
    """Leave out of a style sheet what only people read: comments, indents, ends of lines; texts in quotes stay."""
    pieces = _TEXTS.split(sheet)
    pieces[::2] = [_tightened(piece) for piece in pieces[::2]]
    return "".join("" if piece.startswith("/*") else piece for piece in pieces)


def _tightened(piece: str) -> str:
    """Take the spaces out that mean nothing; before a colon one may begin a selector."""
    return re.sub(r";?\s*(\})\s*|\s*([{;,])\s*|(:)\s+(?![^{};]*\{)", r"\1\2\3", re.sub(r"\s+", " ", piece))
