"""Commands of one's own in formulas: `macros:` leads from `\\RR` to `\\mathbb{R}`, with arguments `#1`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from builder.errors import UsageError

NAME = re.compile(r"\\?([A-Za-z]+)")
COMMAND = re.compile(r"\\([A-Za-z]+)")
ARGUMENT = re.compile(r"#([1-9])")
DEFINED = re.compile(r"\\newcommand\{(\\[A-Za-z]+)\}")


@dataclass(frozen=True)
class Macro:
    """A command: its name without the backslash, and what stands for it; `line` is that of the file, or 0."""

    name: str
    body: str
    line: int = field(default=0, compare=False)

    @property
    def definition(self) -> str:
        """Write it as LaTeX has it."""
        count = max(map(int, ARGUMENT.findall(self.body)), default=0)
        return rf"\newcommand{{\{self.name}}}{f'[{count}]' if count else ''}{{{self.body}}}"

    @property
    def example(self) -> str:
        """Write a formula with it."""
        return f"\\{self.name}" + "{x}" * max(map(int, ARGUMENT.findall(self.body)), default=0)


def read(name: object, body: object, line: int = 0) -> Macro:
    """Read a name and what stands for it, as MathJax has it too: `["\\lVert #1 \\rVert", 1]`.

    Raises ValueError, which says what was expected.
    """
    match = NAME.fullmatch(str(name).strip())
    if match is None:
        raise ValueError(f"a command is a backslash and letters, like '\\RR', not {str(name)!r}".replace("\\\\", "\\"))
    text = body[0] if isinstance(body, list) and body else body
    if not isinstance(text, str | int | float) or isinstance(text, bool) or not str(text).strip():
        raise ValueError(f"\\{match[1]}: expected what stands for it, like '\\mathbb{{R}}', not {text!r}")
    return Macro(match[1], " ".join(str(text).split()), line)


def of_site(table: Mapping[str, str]) -> tuple[Macro, ...]:
    """Read those of the settings."""
    try:
        return tuple(read(name, body) for name, body in table.items())
    except ValueError as error:
        raise UsageError(f"pyproject.toml: [tool.microscribe.macros]: {error}") from error


def needed(latex: str, macros: Iterable[Macro]) -> str:
    """Define what a formula uses, and what that uses; of two of one name the last holds."""
    known = {macro.name: macro for macro in macros}
    wanted: dict[str, Macro] = {}
    waiting = [latex] if known else []
    while waiting:
        for name in COMMAND.findall(waiting.pop()):
            if name in known and name not in wanted:
                wanted[name] = known[name]
                waiting.append(known[name].body)
    return "".join(wanted[name].definition for name in sorted(wanted))


def defined(definitions: str) -> list[str]:
    """List the commands that definitions make, with their backslashes."""
    return DEFINED.findall(definitions)
