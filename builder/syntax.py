"""The dialect and the commands, each told where it is defined, as sections in Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from typing import TYPE_CHECKING

from builder.read.markdown.directives import OPTIONS, PLAIN, SYNONYMS
from builder.read.markdown.explained import Explained

if TYPE_CHECKING:
    import click

PIECES = (
    "document", "headings", "typography", "attributes", "code", "listings", "tables", "csv_tables", "footnotes",
    "callouts", "statements", "tabs", "figures", "subfigures", "images", "videos", "comparisons", "links",
    "cross_references", "targets", "citations", "dollars", "equations", "units", "values", "roles", "includes",
    "variables", "raw_html",
)  # fmt: skip
"""The modules of the dialect that an author meets, in the order of the reference."""
COMMANDS = "builder.cli"
"""Where the commands are, which stand above this room."""


def explained() -> Iterator[Explained]:
    """Yield what is said of every piece of the dialect."""
    for name in PIECES:
        yield import_module(f"builder.read.markdown.{name}").EXPLAINED


def pieces() -> str:
    """Write the sections of the reference that explain the dialect."""
    return "\n".join(line for piece in explained() for line in _piece(piece))


def commands() -> str:
    """Write the sections of the reference that explain the commands."""
    main = import_module(COMMANDS).main
    told = (_command(f"microscribe {name}", command) for name, command in main.commands.items())
    return "\n".join(line for lines in told for line in lines)


def _piece(piece: Explained) -> Iterator[str]:
    yield from (f"## {piece.title}", "", piece.text, "")
    if piece.directives:
        yield from ("| directive | its options |", "|---|---|")
        yield from map(_directive, piece.directives)
        yield from ("", "| option | what it does |", "|---|---|")
        options = sorted({option for name in piece.directives for option in PLAIN[name]}, key=list(OPTIONS).index)
        yield from (f"| `{option}` | {_cell(OPTIONS[option])} |" for option in options)
        yield ""
    yield from (*shown(piece.example), "")
    if piece.alone:
        yield from (piece.example, "")


def _directive(name: str) -> str:
    also = [other for other, meant in SYNONYMS.items() if meant == name]
    names = " or ".join(f"`{one}`" for one in (name, *also))
    return f"| {names} | {', '.join(f'`{option}`' for option in sorted(PLAIN[name], key=list(OPTIONS).index))} |"


def shown(markdown: str) -> list[str]:
    """Show Markdown as it is written, between more backticks than it holds."""
    marks = "`" * max(3, 1 + max(map(len, re.findall(r"`+", markdown)), default=0))
    return [f"{marks}markdown", markdown, marks]


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _command(name: str, command: click.Command) -> Iterator[str]:
    """Describe a command by its own help: what it does, its options, an example."""
    import click

    _, *arguments = command.collect_usage_pieces(click.Context(command))
    about, _, example = (command.help or "").partition("\b")
    yield from (f"## `{' '.join([name, *arguments])}`", "", _prose(about), "")
    options = [one for one in command.params if isinstance(one, click.Option)]
    if options:
        yield from ("| option | what it does |", "|---|---|", *map(_option, options), "")
    if lines := [line.strip() for line in example.splitlines() if line.strip().startswith("microscribe ")]:
        yield from ("```sh", *lines, "```", "")
    for inner, one in getattr(command, "commands", {}).items():
        yield from _command(f"{name} {inner}", one)


def _option(option: click.Option) -> str:
    taken = "" if option.is_flag else f" {option.metavar or option.type.name.upper()}"
    return f"| `{_cell(', '.join(option.opts))}{taken}` | {_cell(_prose(option.help or ''))} |"


def _prose(text: str) -> str:
    """Write a help text as Markdown: what has a meaning there means nothing here."""
    return re.sub(r"([<>\[\]*_$@{}])", r"\\\1", " ".join(text.split()))
