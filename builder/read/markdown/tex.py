"""TeX's own ways in prose: `\\eqref{eq:loss}`, `\ref{fig:curves}`, `\\cite{key}`; what no page shows is told."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from builder.read.markdown import citations, cross_references, latex, typesetting
from builder.read.markdown.commands import COMMANDS, ENVIRONMENTS
from builder.read.markdown.lines import line_at
from builder.read.markdown.source import source_of

REFERENCE = re.compile(r"\\(eqref|ref|autoref|[cC]ref)\*?\{([^{}]{1,500})\}")
CITATION = re.compile(
    r"\\(?:[cC]ite(?P<kind>p|t|alp|alt|year|yearpar)?|(?P<other>paren|text|auto|foot|super)cite)\*?"
    r"(?P<given>(?:\[[^\[\]{}]{0,200}\]){0,2})\{(?P<keys>[^{}]{1,2000})\}"
)
BRACKETS = re.compile(
    r"(?P<mark>\\{1,2})(?:\((?P<inline>[^\n]{1,500}?)(?P=mark)\)|\[(?P<display>.{1,500}?)(?P=mark)\])", re.DOTALL
)
FORMULA = re.compile(r"\\[A-Za-z]+|[\^=<>+]|_\{|^\s*[A-Za-z](?:_\w)?\s*$|[A-Za-z]\([A-Za-z]\)|\w\s[*/-]\s\w")
COMMAND = re.compile(r"\\([A-Za-z]{2,})\*?(?=(?P<given>[\[{])|[^\w\\-]|$)(?:\{(?P<first>[^{}]{0,40})\})?")


def install(md: MarkdownIt) -> None:
    """Read commands before the backslash escapes what is behind it."""
    md.inline.ruler.before("escape", "tex", command)


def command(state: StateInline, silent: bool) -> bool:
    """Read a reference or a citation; report what else TeX has and a page has not."""
    if state.src[state.pos] != "\\":
        return False
    if match := REFERENCE.match(state.src, state.pos, state.posMax):
        if not silent:
            _refer(state, match[1], match[2].split(","), line_at(state))
    elif match := CITATION.match(state.src, state.pos, state.posMax):
        if not silent:
            _cite(state, match)
    else:
        return False if silent else _report(state)
    state.pos = match.end()
    return True


def reference(state: StateInline, label: str, line: int) -> None:
    """Put a reference to a label of TeX, with or without what it begins with."""
    cross_references.push(state, latex.dashed(label.strip()), line)
    state.tokens[-1].meta["bare"] = True


def _refer(state: StateInline, name: str, labels: list[str], line: int) -> None:
    """Put references to labels: a number alone, one in brackets, or one with its word, as the command asks for."""
    if state.pending.endswith("~"):
        state.pending = state.pending[:-1] + "\N{NO-BREAK SPACE}"
    for number, label in enumerate(filter(str.strip, labels)):
        if number:
            state.push("text", "", 0).content = ", "
        reference(state, label, line)
        state.tokens[-1].meta["form"] = {"ref": "{}", "eqref": "({})"}.get(name, "")


def _cite(state: StateInline, match: re.Match[str]) -> None:
    given = re.findall(r"\[([^\[\]]*)\]", match["given"])
    before, place = given if len(given) == 2 else ("", *(given or [""]))
    kind, other = match["kind"] or "", match["other"] or ""
    narrative, unnamed = kind in ("t", "alt") or other == "text", kind.startswith("year")
    citations.cite(state, match["keys"], citations.Item("", before, place, unnamed), narrative, line_at(state))


def _report(state: StateInline) -> bool:
    """Say how what TeX does is written here; the text stays as it is."""
    told = _bracketed(state) or _commanded(state)
    if told:
        source_of(state.env).problem(line_at(state), told)
    return False


def _bracketed(state: StateInline) -> str:
    match = BRACKETS.match(state.src, state.pos, state.posMax)
    if match is None or not FORMULA.search(match["inline"] or match["display"]):
        return ""
    dollars = "$…$" if match["inline"] else "$$…$$"
    return f"maths: a formula is written {dollars}, not '{match[0][:40]}'"


def _commanded(state: StateInline) -> str:
    match = COMMAND.match(state.src, state.pos, state.posMax)
    before = state.src[state.pos - 1] if state.pos else ""
    if match is None or before.isalnum() or before in ("\\", ":", "/", "."):
        return ""
    name, first = match[1], match["first"] or ""
    if name in ("begin", "end"):
        return f"'\\{name}{{{first}}}' is an environment of TeX; {_environment(first)}"
    written = typesetting.instead(name)
    if not written and name in COMMANDS:
        return f"maths: a formula stands between dollars, $…$; '\\{name}' is outside of any"
    if written or match["given"]:
        return f"'\\{name}' is a command of TeX; {written or typesetting.CODE}"
    return ""


def _environment(name: str) -> str:
    known = name in ENVIRONMENTS
    return "a formula stands between two lines $$" if known else typesetting.instead_of_environment(name)
