"""Names set above what they name, as MyST has it: a line `(eq-loss)=` before a block."""

from __future__ import annotations

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.read.markdown.explained import Explained
from builder.read.markdown.latex import dashed
from builder.read.markdown.source import source_of

EXPLAINED = Explained(
    title="Names above things",
    text="A line `(name)=` names what follows it.",
    example="""\
(eq-square)=
$$
y = x^2
$$

See @eq-square.""",
)

TARGET = re.compile(r"\(([A-Za-z][\w:.-]*)\)=[ \t]*")


def install(md: MarkdownIt) -> None:
    """Read such lines, and give their names to what follows once directives are unfolded."""
    md.block.ruler.before("paragraph", "target", target, {"alt": ["paragraph", "blockquote", "list"]})
    md.core.ruler.after("directives", "targets", name)


def target(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read one line `(name)=`."""
    match = TARGET.fullmatch(state.src, state.bMarks[start] + state.tShift[start], state.eMarks[start])
    if match is None or state.is_code_block(start):
        return False
    if not silent:
        token = state.push("target", "", 0)
        token.content, token.map = dashed(match[1]), [start, start + 1]
        state.line = start + 1
    return True


def name(state: StateCore) -> None:
    """Take the lines out of the tokens, and name what stands behind each."""
    kept: list[Token] = []
    waiting: list[Token] = []
    for token in state.tokens:
        if token.type == "target":
            waiting.append(token)
            continue
        if waiting and token.nesting >= 0:
            _give(token, waiting, source_of(state.env).before)
            waiting = []
        kept.append(token)
    state.tokens = kept
    for lost in waiting:
        _report(lost, state)


def _report(lost: Token, state: StateCore) -> None:
    source = source_of(state.env)
    line = source.before + (lost.map[0] if lost.map else 0) + 1
    source.problem(line, f"'({lost.content})=' names nothing; it stands above what it names")


def _give(token: Token, waiting: Sequence[Token], before: int) -> None:
    names = [one.content for one in waiting]
    if token.type in ("math_block", "math_block_label"):
        token.meta["names"] = names
    elif token.type == "directive_open":
        options, lines = token.meta["block"].options, token.meta["block"].lines
        options.setdefault("name", names[-1])
        lines.setdefault("name", before + (waiting[-1].map or [0])[0] + 1)
    else:
        token.attrs.setdefault("id", names[-1])
