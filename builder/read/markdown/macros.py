"""Commands of one's own in formulas: `macros:` leads from `\\RR` to `\\mathbb{R}`, with arguments `#1`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import field, replace

from builder.errors import UsageError
from builder.frozen import frozen

NAME = re.compile(r"\\?([A-Za-z]+)")
COMMAND = re.compile(r"\\([A-Za-z]+)")
ARGUMENT = re.compile(r"#([1-9])")
MOST = 9
DEFINED = re.compile(r"\\newcommand\{(\\[A-Za-z]+)\}")


@frozen
class Macro:
    """A command: its name without the backslash, and what stands for it; `line` is that of the file, or 0.

    It takes `given` arguments, or as many as its body uses; the first may be left out where it has a `default`.
    """

    name: str
    body: str
    line: int = field(default=0, compare=False)
    given: int = 0
    default: str | None = None

    @property
    def count(self) -> int:
        """How many arguments it takes."""
        return max(map(int, ARGUMENT.findall(self.body)), default=0) if self.given == 0 else self.given

    @property
    def definition(self) -> str:
        """Write it as LaTeX has it."""
        default = "" if self.default is None else f"[{self.default}]"
        return rf"\newcommand{{\{self.name}}}{f'[{self.count}]' if self.count else ''}{default}{{{self.body}}}"

    @property
    def example(self) -> str:
        """Write a formula with it."""
        return f"\\{self.name}" + "{x}" * (self.count - (self.default is not None))


def read(name: object, body: object, line: int = 0) -> Macro:
    """Read a name and what stands for it, as MathJax has it too: `["\\lVert #1 \\rVert", 1]`, `["E_{#1}[#2]", 2, "x"]`.

    Raises ValueError, which says what was expected.
    """
    match = NAME.fullmatch(str(name).strip())
    if match is None:
        raise ValueError(f"a command is a backslash and letters, like '\\RR', not {str(name)!r}".replace("\\\\", "\\"))
    text = body[0] if isinstance(body, list) and body else body
    if not isinstance(text, str | int | float) or isinstance(text, bool) or not str(text).strip():
        raise ValueError(f"\\{match[1]}: expected what stands for it, like '\\mathbb{{R}}', not {text!r}")
    macro = Macro(match[1], " ".join(str(text).split()), line)
    return _counted(macro, body[1:]) if isinstance(body, list) and len(body) > 1 else macro


def _counted(macro: Macro, rest: list[object]) -> Macro:
    """Give a command the number of its arguments, and what the first is where it is left out."""
    count, *default = rest
    if isinstance(count, bool) or not isinstance(count, int) or not macro.count <= count <= MOST or len(default) > 1:
        raise ValueError(
            f"\\{macro.name}: expected how many arguments it takes, {macro.count} to {MOST}, not {count!r}"
        )
    return replace(macro, given=count, default=str(default[0]) if default and count else None)


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
