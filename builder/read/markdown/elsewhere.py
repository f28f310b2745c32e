"""What other systems read and this one would print: told, so that no reader meets it."""

from __future__ import annotations

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.read.markdown.directives import CALLOUTS
from builder.read.markdown.equations import Rule
from builder.read.markdown.source import Source, source_of
from builder.read.markdown.tables import cells

CODE = "; where it is meant, set it in backticks"
FOREIGN = (
    (re.compile(r"\{\{[<%][^\n]{0,200}?[>%]\}\}"), f"is a shortcode of Hugo{CODE}"),
    (re.compile(r"\{%[^\n]{0,200}?%\}"), f"is a tag of Jekyll{CODE}"),
    (re.compile(r"\{\{ [^\n{}]{1,200} \}\}"), f"is a variable of a template{CODE}"),
    (re.compile(r"\{::[a-z]+[^\n}]{0,200}\}"), f"is an extension of kramdown{CODE}"),
    (re.compile(r"\{:\s?[.#\w][^\n{}]{0,200}\}"), "is an attribute list of kramdown; write {.class #id}"),
    (
        re.compile(r"\[\[_?(?:toc|TOC)_?\]\]|^\[(?:toc|TOC)\]$"),
        "is not needed: every page has a list of contents",
    ),
)


BOXES = {"abstract": "note", "info": "note", "todo": "note", "success": "tip", "question": "note", "failure": "error",
         "bug": "danger", "example": "admonition", "quote": "aside", "cite": "aside", "summary": "note"}  # fmt: skip
"""What boxes are called elsewhere and not here."""
UNREAD = (
    (re.compile(r"^\[!(\w+)\][+-]?"), "is a box of GitHub's or Obsidian's; write :::{%s}"),
    (re.compile(r"^(?:!!!|\?\?\?\+?|///)\s*(\w+)"), "is a box of MkDocs; write :::{%s}"),
    (re.compile(r"^===!?\s+[\"“][^\n]{0,60}"), "is a tab of MkDocs; write :::{tabs} and ::::{tab}"),
    (re.compile(r"!\[\[[^\[\]\n]{1,200}\]\]"), "is Obsidian's; write ![words](file.png), or :::{include} part.md"),
    (
        re.compile(r"\[\[(?![-\d\s.,]+\]\])[^\[\]\n]{1,200}\]\]"),
        "is a link of a wiki; write [words](../article/index.md)",
    ),
    (re.compile(r"\{/\*.{0,200}?\*/\}"), "is a remark of MDX; write <!-- … -->"),
    (re.compile(r"^import\s.{1,200}\sfrom\s+['‘\"“].*|^export\s+(?:const|default|function)\b.*"), "is a line of MDX"),
    (re.compile(r"^\*\[[^\]\n]{1,60}\]:"), "is an abbreviation of other systems; write <abbr title=…>"),
    (re.compile(r"%%[^%\n]{1,200}%%"), "is a remark of Obsidian's; write <!-- … -->"),
    (re.compile(r"^\+[-—–=+:]{3,}\+$"), "is a table of Pandoc; write one with | between the cells"),
    (re.compile(r"^#\.\s"), "is a list of Pandoc; write 1."),
    (re.compile(r"^\(@[\w-]*\)\s"), "is a list of Pandoc; write 1."),
    (
        re.compile(r"\[[^\[\]\n]{0,200}\]\([^()<>\n]*\.\w+[^()<>\n]*\)"),
        "is no link; write [words](<a b.png>)",
    ),
    (
        re.compile(r"\$\$"),
        "begins a formula that nothing closes before an empty line",
    ),
)
"""What other systems read and an article does not."""
SIGNS = (
    (re.compile(r"(?<![=!<>\w])==(?=[^\s=])[^=\n]{1,200}(?<=\S)==(?![=\w])"), "write <mark>…</mark>"),
    (re.compile(r"(?<![+\w])\+\+(?=[^\s+])[^+\n]{1,100}(?<=\S)\+\+(?![+\w])"), "write <ins>…</ins>"),
    (re.compile(r"(?<=\w)~(?=[^\s~])[^~\n]{1,30}(?<=\S)~(?!~)"), "write <sub>…</sub>"),
    (re.compile(r"(?<=\w)\^[^\s^]{1,30}\^"), "write <sup>…</sup>"),
    (re.compile(r"(?<![\w\])}])\[[^\[\]\n]{1,200}\]\[[^\[\]\n]{0,200}\]"), "give it a line '[name]: address'"),
    (re.compile("[\u202d\u202e]"), "it turns the line around; leave it out"),
    (re.compile(r"(?<![\w:]):(?:[a-z][a-z0-9_]+|[+-]1):(?![\w:])"), "write the sign itself"),
)
"""What stands for a mark or a sign elsewhere, and is shown as it is here."""
RULED = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
LETTERED = re.compile(r"^a[.)]\s.*\nb[.)]\s", re.MULTILINE)
ROLE = re.compile(r"(?:^|[\s(]):([a-z][\w:+-]*):$")
PAIRED = re.compile(r"<(/?)(s|u|b|i|em|strong|sub|sup|mark|code|kbd|del|ins|small|q)\s*>", re.IGNORECASE)
SIGNED = re.compile("[][{$=+~^:%!?/|#*\u202d\u202e]")
WORDED = ("import", "export", "(@", "\nb")
"""One of these is in whatever is told of here."""


def install(md: MarkdownIt) -> None:
    """Look through the text once it is parsed."""
    md.core.ruler.push("elsewhere", check)
    rules = {rule.name: rule for rule in md.block.ruler.__rules__}
    md.block.ruler.at("attr", seen(rules["attr"].fn), {"alt": rules["attr"].alt})


def seen(rule: Rule) -> Rule:
    """Keep a line `{% … %}` from the rule for attributes, which takes it for a remark and drops it."""

    def run(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        begin = state.bMarks[start] + state.tShift[start]
        return not state.src.startswith("{%", begin) and rule(state, start, end, silent)

    return run


def check(state: StateCore) -> None:
    """Report the syntax of other systems that is left in running text."""
    source = source_of(state.env)
    for block, above in zip(state.tokens, [None, *state.tokens], strict=False):
        if block.type == "inline" and "<" in block.content:
            _check_pairs(block, source)
        if block.type == "inline" and _can_hold(block.content):
            if above is not None and above.type == "paragraph_open":
                _check_lines(block, source)
            _check_texts(block, source)


def _can_hold(text: str) -> bool:
    """Tell whether a text may hold what is told of: most do not, and there is much to look for."""
    return bool(SIGNED.search(text)) or any(map(text.__contains__, WORDED))


def _check_texts(block: Token, source: Source) -> None:
    line, children = block.meta.get("line", 0), block.children or []
    for token, behind in zip(children, [*children[1:], None], strict=False):
        line += token.type in ("softbreak", "hardbreak")
        if token.type != "text" or not _can_hold(token.content):
            continue
        if told := _foreign(token.content):
            source.problem(line, told)
        elif told := _sign(token.content, behind):
            source.problem(line, told, warning=True)


def _foreign(text: str) -> str:
    """Say what the first sign of another system is, "" where there is none."""
    for pattern, what in (*FOREIGN, *UNREAD):
        if match := pattern.search(text):
            return f"{match[0]!r} {what % _box(match[1]) if '%s' in what else what}"
    return ""


def _box(name: str) -> str:
    own = BOXES.get(name.lower(), name.lower())
    return own if own in CALLOUTS else "note"


def _sign(text: str, behind: Token | None) -> str:
    if behind is not None and behind.type == "code_inline" and (role := ROLE.search(text)):
        return f"':{role[1]}:' is a role of Sphinx; write {{{role[1]}}}`…`"
    for pattern, what in SIGNS:
        if match := pattern.search(text):
            return f"{match[0]!r} means nothing here; {what}{CODE}"
    return ""


def _check_lines(block: Token, source: Source) -> None:
    """Report what would be a table or a list and is a paragraph."""
    first, line = block.content.split("\n"), block.meta.get("line", 0)
    if len(first) > 1 and "|" in first[0] and "-" in first[1] and RULED.fullmatch(first[1].strip()):
        counts = [len(cells(text)) for text in first[:2]]
        source.problem(line, f"this is no table: its lines have {counts[0]} and {counts[1]} cells; a bar in one is \\|")
    if match := LETTERED.search(block.content):
        place = line + block.content.count("\n", 0, match.start())
        source.problem(place, "letters make no list; write 1., or an empty line between", warning=True)


def _check_pairs(block: Token, source: Source) -> None:
    """Report an element that is opened and not closed: the rest of the page would look like it."""
    tags = [PAIRED.fullmatch(token.content) for token in block.children or () if token.type == "html_inline"]
    for name in dict.fromkeys(tag[2].lower() for tag in tags if tag):
        opened = sum(1 if not tag[1] else -1 for tag in tags if tag and tag[2].lower() == name)
        if opened:
            told = f"<{name}> is not closed" if opened > 0 else f"</{name}> closes nothing"
            source.problem(block.meta.get("line", 0), told + CODE)
