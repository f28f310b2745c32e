"""The head of an article as YAML: where it ends, and its keys with their lines."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from builder.errors import Place, Problem
from builder.frozen import frozen

if TYPE_CHECKING:
    from yaml.constructor import SafeConstructor

FENCE = re.compile(r"---[ \t]*$")
END = re.compile(r"(---|\.\.\.)[ \t]*$")
DEEPEST = 20
LAVISH = re.compile(r"[\s\[{,:-][&*][^\s&*]|(?:[\[{]\s*){5}|(?:[-?]\s+){5}")
"""Anchors, aliases, and lists within lists."""
LINED = frozenset({"macros", "math", "variables"})
"""Keys whose value is a mapping of which every line counts."""


class Mistake(ValueError):
    """A value that a key cannot have; the message says what was expected. `line` is that of the file, where known."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.line = line


@frozen
class Head:
    """The text of a head; `line` is that of its first line in the file, `before` counts all its lines."""

    text: str
    line: int
    before: int


OTHER = {"+++": "this is TOML", "{": "this is JSON", "% ": "these are Pandoc's lines"}
"""How heads of other kinds begin."""
HINTS = {
    "escape character": "; in '…' a backslash is a backslash",
    "mapping values": "; set a text that has a colon in quotes, 'title: \"A: b\"'",
    "cannot start any token": "; spaces indent, not tabs, and a text that begins with a sign stands in quotes",
}


@frozen
class Lined:
    """A mapping as it is written: (name, value, line) of each of its keys."""

    rows: tuple[tuple[str, object, int], ...]


class Loader(yaml.SafeLoader):  # type: ignore[misc]  # PyYAML says no types
    """YAML as a head needs it: without aliases, which make much of little, and not deep."""

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """Read a value within another."""
        is_alias, event = self.check_event(yaml.AliasEvent), self.current_event
        if is_alias:
            raise yaml.composer.ComposerError(None, None, f"the alias *{event.anchor}; write it out", event.start_mark)
        if self.depth > DEEPEST:
            raise yaml.composer.ComposerError(None, None, "lists within lists", event.start_mark)
        self.depth += 1
        try:
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1


def split(text: str, name: Path, problems: list[Problem]) -> tuple[Head, str]:
    """Part the front matter of a file from its Markdown."""
    lines = text.split("\n")
    if not FENCE.match(lines[0]):
        problems.append(Problem(Place(name, 1), _absent(lines)))
        return Head("", 1, 0), text
    for number, line in enumerate(lines[1:], 1):
        if END.match(line):
            return Head("\n".join(lines[1:number]), 2, number + 1), "\n".join(lines[number + 1 :])
    problems.append(Problem(Place(name, 1), "the front matter is not closed; expected a line '---'"))
    return Head("", 1, len(lines)), ""


def _absent(lines: list[str]) -> str:
    """Say that there is no head, and what stands in its place."""
    expected = "expected '---', 'title: …' and '---' at the top"
    first = lines[0].strip()
    kind = next((kind for begin, kind in OTHER.items() if first.startswith(begin)), "")
    if kind:
        return f"front matter: {kind}; here it is YAML: {expected}"
    later = next((n for n, line in enumerate(lines[:20], 1) if n > 1 and line.strip() == "---"), 0)
    misplaced = f"; a line '---' stands at line {later}, and nothing may stand before it" if later else ""
    return f"no front matter; {expected}{misplaced if _is_blank(lines, later) else ''}"


def _is_blank(lines: list[str], later: int) -> bool:
    """Tell whether all before a line says nothing."""
    return all(not line.strip() or line.strip().startswith("<!--") for line in lines[: later - 1])


def entries(head: Head, name: Path, problems: list[Problem]) -> list[tuple[str, object, int]] | None:
    """List (key, value, line) of a head; None where the YAML itself is broken."""

    def problem(mark_line: int, message: str) -> None:
        problems.append(Problem(Place(name, head.line + mark_line), f"front matter: {message}"))

    try:
        loader, node = _composed(head.text)
    except yaml.reader.ReaderError as error:
        problem(head.text.count("\n", 0, error.position), f"broken YAML: character {error.character:#x} may not occur")
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        said = str(error.problem or error.context)
        hint = next((hint for begin, hint in HINTS.items() if begin in said), "")
        problem(mark.line if mark else 0, f"broken YAML: {said}{hint}")
        return None
    except yaml.YAMLError as error:
        problem(0, f"broken YAML: {error}")
        return None
    if node is None:
        return []
    if not isinstance(node, yaml.MappingNode):
        problem(node.start_mark.line, "expected lines 'key: value'")
        return None
    return _values(loader, node, head, problem)


def _composed(text: str) -> tuple[SafeConstructor, yaml.Node | None]:
    """Read YAML by libyaml, ten times as fast; what it refuses is read again, for a message with its place.

    What may make much of little is read by the loader that counts.
    """
    fast = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    for kind in () if LAVISH.search(text) else (fast, yaml.SafeLoader):
        loader = kind(text)
        with contextlib.suppress(yaml.YAMLError):
            return loader, loader.get_single_node()
    loader = Loader(text)
    return loader, loader.get_single_node()


def _values(
    loader: SafeConstructor, node: yaml.MappingNode, head: Head, problem: Callable[[int, str], None]
) -> list[tuple[str, object, int]]:
    entries: list[tuple[str, object, int]] = []
    seen: dict[str, int] = {}
    for key_node, value_node in node.value:
        key, line = str(key_node.value), key_node.start_mark.line
        if key in seen:
            problem(line, f"key {key!r} is given twice, first at line {head.line + seen[key]}")
            continue
        seen[key] = line
        try:
            entries.append((key, _value(loader, key, value_node, head), head.line + line))
        except (yaml.YAMLError, ValueError, ArithmeticError) as error:
            problem(line, f"{key}: {getattr(error, 'problem', None) or error}, not {value_node.value!r}")
    return entries


def _value(loader: SafeConstructor, key: str, node: yaml.Node, head: Head) -> object:
    if key in LINED and isinstance(node, yaml.MappingNode):
        return Lined(tuple(_rows(loader, node, head)))
    return loader.construct_object(node, deep=True)


def _rows(loader: SafeConstructor, node: yaml.MappingNode, head: Head) -> Iterator[tuple[str, object, int]]:
    for key, value in node.value:
        yield str(key.value), loader.construct_object(value, deep=True), head.line + key.start_mark.line


def text(key: str, value: object) -> str:
    """Read a text of one line."""
    if isinstance(value, bool | list | dict | Lined):
        raise Mistake(f"{key}: expected a text, not {value!r}")
    return " ".join(str(value).split())
