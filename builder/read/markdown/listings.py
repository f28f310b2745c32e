"""Code from a file: `:::{code} train.py` shows it, or the lines of it that are asked for."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.plan.catalogue.nearest import nearest
from builder.read.markdown import code, files
from builder.read.markdown.directives import CODE, Block, replaced
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import Inserted, Source, source_of

EXPLAINED = Explained(
    title="Code from a file",
    text="A file is shown as it is, or some of it: by `:lines:`, by texts that `:start:` and `:end:` look for, or by "
    "`:function:`. When the file changes, so does the page.",
    example="""\
:::{code} train.py
:function: train
:highlight: 5-6
:numbers:
:::""",
    directives=(CODE,),
    alone=False,
)
MARKS = "`" * 5
WAYS = ("lines", "function", "start")
"""How lines may be chosen: one way at a time."""
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def install(md: MarkdownIt) -> None:
    """Put code in place of the directives, also of those in text that is included."""
    md.core.ruler.before("inline", "listings", listed)


def listed(state: StateCore) -> None:
    """Put a block of code in place of each directive."""
    source = source_of(state.env)
    state.tokens = replaced(state.tokens, CODE, lambda token, inside: _listing(token, inside, source))


def _listing(token: Token, body: list[Token], source: Source) -> list[Token]:
    block: Block = token.meta["block"]
    if body:
        language = block.argument if code.known(block.argument) else ""
        source.problem(block.line, f"code: shows a file; code that stands here is written '```{language}'")
        return []
    if (read := files.text(block, source)) is None:
        return []
    file, lines = read.path, read.text.splitlines()
    numbers = _chosen(block, file, lines, source)
    text = textwrap.dedent("\n".join(lines[number - 1] for number in numbers) + "\n")
    listing = code.Lines(tuple(numbers), _marked(block, numbers, source), block.is_on("numbers"), file.name)
    meta = {"lines": listing, "classes": (*block.classes, *str(token.attrs.get("class", "")).split())}
    info = block.options.get("language") or code.language_of(file.name)
    source.inserted[source.place(block.line)] = Inserted(f"{MARKS}{info}\n{text}{MARKS}")
    return [Token("fence", "code", 0, content=text, info=info, map=token.map, markup=MARKS, meta=meta, block=True)]


def _marked(block: Block, numbers: Iterable[int], source: Source) -> frozenset[int]:
    line = block.lines.get("highlight", block.line)
    return code.marked(block.options.get("highlight", ""), numbers, source, line)


def _chosen(block: Block, file: Path, lines: Sequence[str], source: Source) -> Sequence[int]:
    """Number the lines that are asked for; what cannot be is a problem, and shows them all."""
    ways = [way for way in WAYS if way in block.options]
    ways += ["end"] if "end" in block.options and "start" not in ways else []
    everything = range(1, len(lines) + 1)
    if len(ways) > 1:
        source.problem(block.lines[ways[1]], f"code: lines are chosen by {ways[0]!r} already")
        return everything
    try:
        return _numbers(block, ways[0], file, lines) if ways else everything
    except ValueError as error:
        option = "end" if str(error).startswith("end") else ways[0]
        source.problem(block.lines[option], f"code: {error}")
        return everything


def _numbers(block: Block, way: str, file: Path, lines: Sequence[str]) -> Sequence[int]:
    if way == "lines":
        return code.ranges(block.options["lines"], len(lines), f"lines: {file.name}")
    if way == "function":
        return _defined(block.options["function"], file, lines)
    return _between(block, file, lines)


def _between(block: Block, file: Path, lines: Sequence[str]) -> range:
    """Find the lines between two that hold the texts of `start` and `end`."""
    first = 1
    if start := block.options.get("start"):
        first = _holding("start", start, file, lines, 0) + 2
    if end := block.options.get("end"):
        return range(first, _holding("end", end, file, lines, first - 1) + 1)
    return range(first, len(lines) + 1)


def _holding(option: str, text: str, file: Path, lines: Sequence[str], begin: int) -> int:
    index = next((n for n in range(begin, len(lines)) if text in lines[n]), None)
    if index is None:
        where = f"{file.name} behind line {begin}" if begin else file.name
        raise ValueError(f"{option}: no line of {where} holds {text!r}{nearest(text, map(str.strip, lines))}")
    return index


def _defined(name: str, file: Path, lines: Sequence[str]) -> range:
    """Find a function, class or method of a Python file, with what decorates it."""
    try:
        tree = ast.parse("\n".join(lines))
    except SyntaxError as error:
        raise ValueError(f"function: {file.name}, line {error.lineno}: not valid Python: {error.msg}") from None
    known = dict(_definitions(tree, ""))
    if name not in known:
        raise ValueError(f"function: {file.name} defines no {name!r}{nearest(name, known)}")
    node = known[name]
    first = min([node.lineno, *(one.lineno for one in node.decorator_list)])
    return range(first, (node.end_lineno or node.lineno) + 1)


def _definitions(tree: ast.AST, above: str) -> Iterator[tuple[str, Definition]]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, Definition):
            yield above + node.name, node
            yield from _definitions(node, f"{above}{node.name}.")
