"""Markdown with figures, measured numbers and citations: one rule a file.

`parse` reads the text of an article, `render` draws it with the parts of a page.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore, normalize
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.tasklists import tasklists_plugin

from builder.read.markdown import (
    attributes,
    beginnings,
    citations,
    csv_tables,
    directives,
    dollars,
    elsewhere,
    equations,
    fences,
    footnotes,
    headings,
    includes,
    lines,
    listings,
    roles,
    tables,
    targets,
    tex,
    typography,
    variables,
)
from builder.read.markdown.drawing import Drawing
from builder.read.markdown.drawing import footnotes as drawn_notes
from builder.read.markdown.elements import Heading
from builder.read.markdown.explained import Explained
from builder.read.markdown.outline import Outline
from builder.read.markdown.parts import Body, Citation, Parts, Reference
from builder.read.markdown.source import KEY, Source
from builder.read.markdown.walk import outline

EXPLAINED = Explained(
    title="Tasks, terms, lines through",
    text="Besides all of CommonMark: lists of tasks, lists of terms, and text that is struck through.",
    example="""\
- [x] measured
- [ ] written

Receptive field
: What a unit can see of an image.

~~Every~~ Nearly every unit has one.""",
)

__all__ = ["Body", "Parts", "parse", "parser", "render"]

BODY = "body"
"""Where the text of an article lies that was drawn before."""
RULES = (
    footnotes, dollars, equations, fences, attributes, citations, tex, roles, headings, tables, directives, includes,
    listings, csv_tables, variables, targets, typography, lines, elsewhere, beginnings,
)  # fmt: skip


class Parsed(Protocol):
    """What drawing needs of an article."""

    @property
    def tokens(self) -> tuple[Token, ...]: ...

    @property
    def env(self) -> Mapping[str, Any]: ...

    @property
    def headings(self) -> tuple[Heading, ...]: ...


class Parser(MarkdownIt):
    """Markdown in which every link is one: what leads nowhere good is told at its line."""

    def validateLink(self, url: str) -> bool:
        """Take any address."""
        return True


@functools.cache
def parser() -> MarkdownIt:
    """Make the parser of the article dialect; what it reads of an article lies in its environment."""
    md = Parser("commonmark", {"typographer": True})
    md.enable(["table", "strikethrough", "smartquotes"])
    for plugin in (colon_fence_plugin, deflist_plugin):
        md.use(plugin)
    md.use(tasklists_plugin, label=True)
    rules = {rule.name: rule.fn for rule in md.core.ruler.__rules__}
    md.core.ruler.at("github-tasklists", _boxed(rules["github-tasklists"]))
    md.core.ruler.at("normalize", _normalized)
    for rule in RULES:
        rule.install(md)
    return md


def _normalized(state: StateCore) -> None:
    """Let the parser mend ends of lines and zeros where there are any; articles are read with plain ends."""
    if "\r" in state.src or "\0" in state.src:
        normalize(state)


def _boxed(rule: Callable[[StateCore], None]) -> Callable[[StateCore], None]:
    """Look for lists of tasks where a line begins like one."""

    def run(state: StateCore) -> None:
        if any(token.content.startswith("[") for token in state.tokens if token.type == "inline"):
            rule(state)
            _without_values(state)

    return run


def _without_values(state: StateCore) -> None:
    """Write what a box of a task is, and not twice: `checked`, `disabled`."""
    for child in (child for token in state.tokens for child in token.children or []):
        if child.type == "html_inline" and child.content.startswith('<input class="task-list-item-checkbox"'):
            child.content = child.content.replace('="checked"', "").replace('="disabled"', "")


def parse(text: str, source: Source) -> tuple[list[Token], Outline]:
    """Read Markdown; mistakes are added to the source."""
    source.end = source.before + text.count("\n") + 1
    # The plugin for colon fences looks one character too far where the last line has no end.
    tokens = parser().parse(text + "\n", {KEY: source})
    main, notes = footnotes.split(tokens)
    return main, outline(main, notes, source)


def render(article: Parsed, parts: Parts) -> Body:
    """Draw an article that was read; each part is asked for in the order of the text."""
    if BODY in article.env:
        drawn: Body = article.env[BODY]
        return drawn
    found: Outline = article.env["outline"]
    page = Drawing(parts)
    html = page.html(article.tokens)
    notes = drawn_notes(page, found.notes)
    works = _references(found)
    return Body(
        html=html,
        contents=tuple(page.headings.get(heading.id, heading) for heading in article.headings),
        footnotes=parts.footnotes(notes) if notes else "",
        references=parts.references(works) if works else "",
    )


def _references(found: Outline) -> tuple[Reference, ...]:
    marks = {key: tuple(c.id for c in found.citations if _cites(c, key)) for key in found.works}
    return tuple(Reference(entry, number, marks[key]) for number, (key, entry) in enumerate(found.works.items(), 1))


def _cites(citation: Citation, key: str) -> bool:
    return any(work.entry.key == key for work in citation.works)
