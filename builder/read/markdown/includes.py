"""Text from another file: `:::{include} part.md` reads as if the file's text stood there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.read import bounds, head
from builder.read.markdown import files
from builder.read.markdown.directives import DEEPEST, INCLUDE, Block, replaced, unfolded
from builder.read.markdown.explained import Explained
from builder.read.markdown.files import TextFile
from builder.read.markdown.source import Inserted, Source, source_of

EXPLAINED = Explained(
    title="Text from a file",
    text="The text of another Markdown file stands in this place. Its pictures and files are looked for beside it, its "
    "problems are told at its own lines, and it may include others. A head that it may have is left out. It is no "
    "article of its own where it lies in a folder without an `index.md`.",
    example="""\
:::{include} parts/method.md
:::""",
    directives=(INCLUDE,),
    alone=False,
)

MOST = 200
"""How many files one article may take text from: each may include others twice."""


def install(md: MarkdownIt) -> None:
    """Put the texts of files in once directives are known."""
    md.core.ruler.after("directives", "includes", include)


def include(state: StateCore) -> None:
    """Put the tokens of a file in place of each directive."""
    state.tokens = _whole(state, state.tokens, ())


def _whole(state: StateCore, tokens: list[Token], above: tuple[Path, ...]) -> list[Token]:
    """Give tokens with the texts that they include; `above` are the files that these are in."""
    return replaced(tokens, INCLUDE, lambda token, inside: _included(state, token, inside, above))


def _included(state: StateCore, token: Token, body: list[Token], above: tuple[Path, ...]) -> Iterator[Token]:
    block, source = token.meta["block"], source_of(state.env)
    if body:
        source.problem(block.line, "include: takes no text; all of it comes from the file")
    if (file := files.text(block, source)) is None or not _may_be(block, file.path, above, source):
        return
    first, text = _without_head(file)
    stretch = source.begin(file.name, file.path.parent, file.text.count("\n") + 1)
    if beyond := bounds.refused(text, first, source.place(stretch.before + 1)):
        source.problems.append(beyond)
        return
    source.inserted[source.place(block.line)] = Inserted(file.text, file.name)
    own: list[Token] = []
    state.md.block.parse(text + "\n", state.md, state.env, own)
    inside = list(unfolded(state, own, stretch.before + first - source.before))
    yield from _whole(state, inside, (*above, file.path.resolve()))


def _may_be(block: Block, file: Path, above: tuple[Path, ...], source: Source) -> bool:
    """Refuse what never ends: a file in itself, or files within files without end."""
    own = source.folder.joinpath(source.name.name).resolve()
    if file.resolve() in (own, *above):
        source.problem(block.line, f"include: {block.argument!r} would include itself")
    elif len(above) >= DEEPEST:
        source.problem(block.line, f"include: more than {DEEPEST} files, one within the other")
    elif len(source.stretches) >= MOST:
        source.problem(block.line, f"include: more than {MOST} files in one article")
    else:
        return True
    return False


def _without_head(file: TextFile) -> tuple[int, str]:
    """Count the lines of a head, and leave them out."""
    if not head.FENCE.match(file.text.partition("\n")[0]):
        return 0, file.text
    top, rest = head.split(file.text, file.name, [])
    return top.before, rest
