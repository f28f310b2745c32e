"""Directives: `:::{name} argument`, `:key: value` lines, and a body in Markdown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import field
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.read.markdown import attributes, divs, variables
from builder.read.markdown.elements import STATEMENTS, WIDTHS, Width
from builder.read.markdown.source import Source, source_of, span

HEAD = re.compile(r"\s*\{([^{}]*)\}\s*(.*)")
NAME = re.compile(r"[A-Za-z][\w-]*")
EQUATION = re.compile(r"\{math\}|math\s*$")
OPTION = re.compile(r":([A-Za-z][\w-]*):(?:[ \t]+(.*))?$")
BROKEN_OPTION = re.compile(r":([A-Za-z][\w-]*)(?=[ \t]|$)")
SIZE = re.compile(r"[1-9]\d{0,3}(?:px)?|(?:100|[1-9]\d?)%")
COMMON = frozenset({"name", "alt", "width", "class"})
BOX = frozenset({"name", "width", "class"})
CALLOUTS: dict[str, str] = {
    "note": "Note",
    "tip": "Tip",
    "hint": "Hint",
    "important": "Important",
    "warning": "Warning",
    "caution": "Caution",
    "attention": "Attention",
    "danger": "Danger",
    "error": "Error",
    "seealso": "See also",
    "aside": "Aside",
    "admonition": "Note",
    "proof": "Proof",
}
"""Boxes, and the title of one that has none of its own."""
PICTURES = ("image", "video", "compare")
"""What is numbered among the figures and made of files beside the article."""
SUBFIGURES = "subfigures"
DEEPEST = 20
MATHS = "math"
INCLUDE, CODE, CSV_TABLE = "include", "code", "csv-table"
FROM_FILES = (INCLUDE, CODE, CSV_TABLE)
"""What becomes text from a file that is named behind it."""
PLAIN: dict[str, frozenset[str]] = {
    **dict.fromkeys(CALLOUTS, BOX | {"open"}),
    **dict.fromkeys(STATEMENTS, BOX),
    "margin": frozenset({"name", "class"}),
    "details": BOX | {"open"},
    "tabs": BOX,
    "tab": frozenset({"name", "class", "sync"}),
    "image": COMMON | {"dark"},
    "video": COMMON | {"poster", "captions", "loop"},
    "compare": COMMON | {"labels"},
    SUBFIGURES: BOX | {"per-row"},
    MATHS: frozenset({"name", "label"}),
    INCLUDE: frozenset(),
    CODE: frozenset({"lines", "start", "end", "function", "highlight", "numbers", "language", "class"}),
    CSV_TABLE: BOX | {"columns", "titles", "formats", "sortable"},
}
OPTIONS: dict[str, str] = {
    "name": "what it goes by: `@fig-name` leads to a picture, `@thm-name` to a theorem, `[words](#name)` to anything",
    "class": "classes of CSS, for the templates and style sheets of a site",
    "width": "its column: `text`, `body`, `page`, `screen` or `margin`; for pictures also pixels or a share",
    "alt": "words for those who do not see it; of two pictures with `|` between",
    "open": "let it unfold, and stand open unless this is `false`",
    "sync": "tabs that share this change together",
    "dark": "the file that takes its place on dark pages",
    "poster": "the picture before the film runs",
    "captions": "WebVTT files, each behind its language, with commas between",
    "loop": "let the film run by itself, again and again, without sound",
    "labels": "the names of the two pictures, with `|` between",
    "per-row": "how many figures stand in a row, 1 to 4",
    "label": "the same as `name`",
    "lines": "which lines of the file, as `10-20` or `1-4, 9`",
    "start": "begin behind the line of the file that holds this text",
    "end": "end before the next line that holds this text",
    "function": "only this function, class or method of a Python file, as `Trainer.step`",
    "highlight": "lines to mark, by their numbers in the file, as `12, 15-17`",
    "numbers": "show the numbers of lines, unless this is `false`",
    "language": "what language it is in, where the file's name does not tell",
    "columns": "which columns, in which order; all of them unless given",
    "titles": "what their heads say instead, with commas between; an empty one stays",
    "formats": "how their numbers are written, with commas between, as Python has it: `.2f`, `.0%`; an empty one stays",
    "sortable": "let readers put its rows in order, unless this is `false`",
}
"""What options of directives do, wherever a directive takes them."""
SYNONYMS = {
    "tab-set": "tabs",
    "tab-item": "tab",
    "figure": "image",
    "dropdown": "details",
    "literalinclude": CODE,
}
"""What MyST calls some of them."""
OFF = ("false", "no", "0")


@frozen
class Block:
    """A directive as written; `lines` are those of its options in the file."""

    name: str
    argument: str
    options: dict[str, str]
    lines: dict[str, int]
    line: int
    body: str = field(repr=False)
    body_line: int

    @property
    def is_figure(self) -> bool:
        """Say whether the name stands for a figure."""
        return self.name not in PLAIN

    @property
    def classes(self) -> tuple[str, ...]:
        """Give the CSS classes asked for, without dots."""
        return tuple(name.lstrip(".") for name in self.options.get("class", "").split())

    @property
    def width(self) -> Width | None:
        """Give the width asked for, if it is one."""
        return attributes.width(self.options)

    @property
    def size(self) -> str:
        """Give the width asked for in pixels, "320", or as a share of the column, "50%", or ""."""
        width = self.options.get("width", "")
        return width.removesuffix("px") if self.name in PICTURES and SIZE.fullmatch(width) else ""

    def is_on(self, option: str) -> bool:
        """Say whether an option is given and not "false"."""
        return option in self.options and self.options[option].lower() not in OFF


def install(md: MarkdownIt) -> None:
    """Unfold directives into the stream of tokens, before anything looks at inline text."""
    md.core.ruler.after("block", "directives", unfold)


def unfold(state: StateCore) -> None:
    """Put `directive_open`, the tokens of the body and `directive_close` for every fence."""
    state.tokens = list(unfolded(state, state.tokens, 0))


def unfolded(state: StateCore, tokens: list[Token], offset: int, depth: int = 0) -> Iterator[Token]:
    """Unfold tokens of a text that begins `offset` lines further down."""
    for token in tokens:
        if token.map and offset:
            token.map = [token.map[0] + offset, token.map[1] + offset]
        if token.type == "colon_fence" or (token.type == "fence" and EQUATION.match(token.info)):
            yield from _directive(state, token, depth)
        else:
            yield token


def _directive(state: StateCore, fence: Token, depth: int) -> Iterator[Token]:
    source = source_of(state.env)
    if fence.info.strip() == MATHS and fence.type == "fence":
        fence.info = f"{{{MATHS}}}"  # as GitHub and GitLab have it
    block = read(fence, source)
    if block is None:
        return
    if depth > DEEPEST:
        source.problem(block.line, f"{block.name}: more than {DEEPEST} directives, one within the other")
        return
    if block.name == MATHS:
        yield _equation(fence, block)
        return
    yield _bracket("directive_open", 1, fence, block)
    untitled = (*PICTURES, *FROM_FILES, SUBFIGURES, "margin", "tabs")
    if block.argument and block.name not in untitled and not block.is_figure:
        yield from _title(fence, block)
    tokens: list[Token] = []
    state.md.block.parse(block.body, state.md, state.env, tokens)
    yield from unfolded(state, tokens, block.body_line - source.before - 1, depth + 1)
    yield _bracket("directive_close", -1, fence, block)


def _equation(fence: Token, block: Block) -> Token:
    """Make a displayed formula of MyST's directive; its first line may stand behind the name."""
    content = "\n".join(filter(None, [block.argument, block.body.strip("\n")]))
    first, behind = span(fence)
    first += 0 if block.argument else block.body_line - block.line
    name = block.options.get("label") or block.options.get("name") or ""
    return Token("math_block", "math", 0, content=content, info=name, map=[first, behind], block=True)


def _bracket(kind: str, nesting: Literal[1, -1], fence: Token, block: Block) -> Token:
    attrs = dict(fence.attrs) if nesting == 1 else {}
    return Token(kind, "", nesting, attrs=attrs, map=fence.map, meta={"block": block}, block=True)


def _title(fence: Token, block: Block) -> Iterator[Token]:
    yield Token("title_open", "", 1, block=True)
    first, _ = span(fence)
    yield Token("inline", "", 0, content=block.argument, map=[first, first + 1], children=[], block=True)
    yield Token("title_close", "", -1, block=True)


def read(fence: Token, source: Source) -> Block | None:
    """Read the head and the options of a fence; None where it has no head."""
    line = source.before + span(fence)[0] + 1
    head = HEAD.fullmatch(fence.info.rstrip())
    if not fence.info.strip():
        source.problem(line, f"{fence.markup!r} closes nothing; the directive around others needs more colons")
        return None
    if head is None or not NAME.fullmatch(head[1].strip()):
        written = fence.info.rstrip()
        told = f"a directive begins '{divs.meant(written, (*PLAIN, *SYNONYMS))}', not {fence.markup + written!r}"
        source.problem(line, told)
        return None
    _check_closed(fence, line, head[1].strip(), source)
    name, lines = SYNONYMS.get(head[1].strip(), head[1].strip()), fence.content.splitlines()
    options, places, taken = _options(lines, line, name, source)
    options = {key: variables.filled(value, source, places[key]) for key, value in options.items()}
    argument = variables.filled(head[2].strip(), source, line)
    block = Block(name, argument, options, places, line, "\n".join([*lines[taken:], ""]), line + 1 + taken)
    _check(block, source)
    return block


def _check_closed(fence: Token, line: int, name: str, source: Source) -> None:
    """Notice a fence that runs to the end: it spans one line less than head, body and foot."""
    first, behind = span(fence)
    if behind - first < len(fence.content.splitlines()) + 2:
        source.problem(line, f"{name}: the directive is not closed; expected a line {fence.markup!r}")


def _options(lines: list[str], line: int, name: str, source: Source) -> tuple[dict[str, str], dict[str, int], int]:
    options: dict[str, str] = {}
    places: dict[str, int] = {}
    if lines[:1] == ["---"] and "---" in lines[1:]:
        return _block_of_options(lines[1 : lines.index("---", 1)], line + 2, name, source)
    for taken, text in enumerate(lines):
        place = line + 1 + taken
        if broken := BROKEN_OPTION.match(text):
            source.problem(place, f"{name}: an option is written ':{broken[1]}: value', not {text.strip()!r}")
            continue
        match = OPTION.match(text.rstrip())
        if match is None:
            return options, places, taken
        if match[1] in options:
            first = source.told(places[match[1]], place)
            source.problem(place, f"{name}: option {match[1]!r} is given twice, first at {first}")
        options[match[1]] = (match[2] or "").strip()
        places[match[1]] = place
    return options, places, len(lines)


def _block_of_options(
    lines: list[str], first: int, name: str, source: Source
) -> tuple[dict[str, str], dict[str, int], int]:
    """Read options as MyST has them too: lines `key: value` between two lines `---`."""
    options: dict[str, str] = {}
    places: dict[str, int] = {}
    for place, text in enumerate(lines, first):
        key, colon, value = text.strip().lstrip(":").partition(":")
        if not colon or not NAME.fullmatch(key):
            source.problem(place, f"{name}: an option is written 'key: value' here, not {text.strip()!r}")
        else:
            options[key], places[key] = value.strip().strip("'\""), place
    return options, places, len(lines) + 2


def _check(block: Block, source: Source) -> None:
    width = block.options.get("width")
    if width is not None and width not in WIDTHS and not block.size:
        more = ", pixels or a percentage" if block.name in PICTURES else ""
        expected = f"expected {', '.join(WIDTHS)}{more}{nearest(width, WIDTHS)}"
        source.problem(block.lines["width"], f"{block.name}: no width {width!r}; {expected}")
    name = block.options.get("name")
    if name is not None and not NAME.fullmatch(name):
        message = f"{block.name}: name {name!r} must be a letter followed by letters, digits and hyphens"
        source.problem(block.lines["name"], message)
    if block.is_figure and block.argument:
        message = f"{block.name}: takes no argument {block.argument!r}; write parameters ':name: value', one a line"
        source.problem(block.line, message)
    for option in () if block.is_figure else block.options.keys() - PLAIN[block.name]:
        hint = nearest(option, PLAIN[block.name])
        source.problem(block.lines[option], f"{block.name}: no option {option!r}{hint}")


def closing(tokens: list[Token], start: int) -> int:
    """Find the token that closes the one at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += tokens[index].nesting
        if depth <= 0:
            return index
    return len(tokens) - 1


def replaced(tokens: list[Token], name: str, make: Callable[[Token, list[Token]], Iterable[Token]]) -> list[Token]:
    """Put what is made of a directive, by its first token and what it holds, in place of each one of a name."""
    if "directive_open" not in [token.type for token in tokens]:
        return tokens
    kept: list[Token] = []
    index = 0
    while index < len(tokens):
        token, end = tokens[index], index
        if token.type == "directive_open" and token.meta["block"].name == name:
            end = closing(tokens, index)
            kept += make(token, tokens[index + 1 : end])
        else:
            kept.append(token)
        index = end + 1
    return kept
