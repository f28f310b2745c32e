"""Footnotes: `[^name]` with `[^name]: …` anywhere, or `^[in the line]`."""

from __future__ import annotations

from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from builder.plan.catalogue.nearest import nearest
from builder.read.markdown.explained import Explained
from builder.read.markdown.source import Source, source_of, span

EXPLAINED = Explained(
    title="Notes",
    text="A mark and a note anywhere in the article, or a note in the line. A note stands in the margin where "
    "there is one.",
    example="""\
Here[^reason] and here^[Because of this too.].

[^reason]: The reason.""",
)


@dataclass
class Note:
    """A footnote in the making; `marks` are the ids of its marks so far."""

    number: int
    tokens: list[Token]
    marks: list[str] = field(default_factory=list)


def install(md: MarkdownIt) -> None:
    """Read footnotes; references to missing ones are read too, so as to be reported."""
    footnote_plugin(md, always_match_refs=True)
    md.core.ruler.before("inline", "footnote_places", note_places)


def note_places(state: StateCore) -> None:
    """Remember where each note is defined; a second definition is a problem."""
    source = source_of(state.env)
    for token in state.tokens:
        if token.type == "footnote_reference_open":
            label, line = token.meta["label"], source.before + span(token)[0] + 1
            if label in source.footnotes:
                message = f"footnote {label!r} is defined twice, first at {source.told(source.footnotes[label], line)}"
                source.problem(line, message)
            source.footnotes.setdefault(label, line)


def split(tokens: list[Token]) -> tuple[list[Token], dict[int, list[Token]]]:
    """Part the tokens of the article from those of its notes, by the plugin's number."""
    starts = [i for i, token in enumerate(tokens) if token.type == "footnote_block_open"]
    if not starts:
        return tokens, {}
    notes: dict[int, list[Token]] = {}
    for token in tokens[starts[0] + 1 : -1]:
        if token.type == "footnote_open":
            notes[token.meta["id"]] = []
        elif token.type not in ("footnote_close", "footnote_anchor"):
            notes[max(notes)].append(token)
    return tokens[: starts[0]], notes


def check(mark: Token, source: Source) -> bool:
    """Say whether a mark has its note; report it where it has none."""
    label = mark.meta.get("label")
    if label is None or label in source.footnotes:
        return True
    source.problem(mark.meta["line"], f"no footnote {label!r}{nearest(label, source.footnotes)}")
    return False


def check_used(used: set[str], source: Source) -> None:
    """Warn of notes that nothing points to: they would silently not be shown."""
    for label, line in source.footnotes.items():
        if label not in used:
            source.problem(line, f"footnote {label!r} is never used", warning=True)
