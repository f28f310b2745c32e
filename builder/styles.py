"""Sizes that belong to one figure, as classes: a strict policy forbids styles in the text of a page."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field


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
        """Write a rule for every class that was named."""
        return "".join(f".{name}{{{rule}}}\n" for name, rule in sorted(self.rules.items())).encode()
