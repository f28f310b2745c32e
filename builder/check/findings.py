"""What a check finds, for people and for programs."""

from __future__ import annotations

from dataclasses import dataclass

from builder.errors import Place, Problem
from builder.frozen import frozen


@dataclass(frozen=True, order=True)
class Finding:
    """One thing to mend: `kind` is a word such as `link`, `alt` or `weight`."""

    place: Place
    kind: str
    message: str
    warning: bool = False

    @classmethod
    def of(cls, problem: Problem) -> Finding:
        """Take over what a build found."""
        return cls(problem.place, "build", problem.message, problem.warning)

    def __str__(self) -> str:
        return f"{self.place}: {'warning: ' if self.warning else ''}{self.message}"


@frozen
class Report:
    """All findings of one check."""

    findings: tuple[Finding, ...]
    pages: int
    articles: int

    @property
    def failed(self) -> bool:
        return any(not one.warning for one in self.findings)

    def record(self) -> dict[str, object]:
        """Give the report as plain data."""
        rows = [
            {"file": str(one.place.path), "line": one.place.line, "kind": one.kind,
             "severity": "warning" if one.warning else "error", "message": one.message}
            for one in self.findings
        ]  # fmt: skip
        return {"pages": self.pages, "articles": self.articles, "failed": self.failed, "findings": rows}
