"""MyST, the Markdown of Jupyter Book: directives between backticks, roles, breaks between blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from builder.importers.boxes import Picture, directive, picture
from builder.importers.distill import cited
from builder.importers.links import slug_of
from builder.importers.work import Work
from builder.read.markdown.directives import CALLOUTS, SYNONYMS
from builder.read.markdown.elements import STATEMENTS

FENCE = re.compile(r"^([ \t]*)(`{3,}|:{3,})\{([\w:.-]+)\}[ \t]*([^\n]*)\n(.*?)^\1\2[ \t]*$", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r":([\w-]+):[ \t]*(.*)")
BREAK = re.compile(r"^\+\+\+[ \t]*(\{[^\n]*\})?[ \t]*$\n?", re.MULTILINE)
REMARK = re.compile(r"^%[ \t]?([^\n]*)$\n?", re.MULTILINE)
ROLE = re.compile(r"\{([\w:.-]+)\}`([^`\n]+)`")
NAMED = re.compile(r"(.+?)\s*<([^<>]+)>", re.DOTALL)
PAGE = ("bibliography", "tableofcontents", "toctree", "contents", "footbibliography", "index", "only")
"""What a page here has by itself, or has no need of."""
CODE = ("code-cell", "code", "code-block", "sourcecode", "ipython", "ipython3")
PLAIN = ("margin", "sidebar", "dropdown", "details", "tab-set", "tab-item", "tabs", "tab", "math", "aside")
KEPT = {"name", "label", "class", "open", "sync"}
LANGUAGES = ("python", "r", "julia", "js", "ojs")
"""In braces these are chunks of R Markdown."""
WORDS = ("abbr", "term", "kbd", "guilabel", "menuselection", "dfn", "file", "program", "command")
ROWS = re.compile(r"^\* +- ?(.*(?:\n  +- ?.*|\n   +.*)*)", re.MULTILINE)
CELL = re.compile(r"(?:^|\n) +- ?")


def convert(work: Work) -> None:
    """Turn what has a counterpart here."""
    draft = work.draft
    # Directives between backticks are fences, which no step touches: these are rewritten as a whole.
    outer = [match for match in FENCE.finditer(draft.text) if not match.start() or not draft.is_code(match.start() - 1)]
    draft.edit([draft.block(match.start(), match.end(), _fence(work, match, match.start())) for match in outer])
    draft.sub(BREAK, lambda match: _break(work, match))
    draft.sub(REMARK, lambda match: _remark(work, match))
    draft.sub(ROLE, lambda match: _role(work, match))


def _fence(work: Work, match: re.Match[str], at: int) -> str:
    """Write a directive that stands at a place of the text as it is written here."""
    name, argument = match[3], match[4].strip()
    options, body = _options(match[5])
    if name in ("figure", "image"):
        return _figure(work, at, argument, options, body)
    if name in CODE:
        return _code(argument or ("python" if name == "code-cell" else ""), body)
    if name == "mermaid":
        return _code(name, body)
    if name in PAGE:
        work.draft.note(at, f"{name!r} is left out: a page here has its own, or needs none", match[0])
        return ""
    if name in ("table", "list-table"):
        return _table(argument, options, body if name == "table" else _rows(body, options))
    if name in CALLOUTS or name in STATEMENTS or name in PLAIN or name.startswith("prf:"):
        inside = at + match.end(5) - match.start() - len(body)
        body = FENCE.sub(lambda one: _fence(work, one, inside + one.start()), body)
        return _plain(name.removeprefix("prf:"), argument, options, body)
    if match[2].startswith(":") or name in LANGUAGES:
        return match[0]
    work.draft.note(at, f"the directive {name!r} has no counterpart here: it stands as code", match[0])
    return _code("", body)


def _code(language: str, body: str) -> str:
    return "\n".join([f"```{language}", body.strip("\n"), "```"])


def _options(body: str) -> tuple[dict[str, str], str]:
    """Part the options of a directive, lines between colons or a block of YAML, from its body."""
    lines = body.split("\n")
    if lines[0].strip() == "---" and "---" in (rest := [line.strip() for line in lines[1:]]):
        end = rest.index("---") + 1
        pairs = (line.partition(":") for line in lines[1:end])
        return {key.strip(): value.strip() for key, _, value in pairs}, "\n".join(lines[end + 1 :])
    count = next((number for number, line in enumerate(lines) if not OPTION.match(line.strip())), len(lines))
    found = (OPTION.match(line.strip()) for line in lines[:count])
    return {one[1]: one[2] for one in found if one}, "\n".join(lines[count:])


def _figure(work: Work, at: int, target: str, options: Mapping[str, str], body: str) -> str:
    caption = body.strip()
    classes = tuple(options.get("class", "").split())
    width = options.get("width", "").removesuffix("px")
    name = options.get("name", "").removeprefix("fig-").removeprefix("fig:")
    shown = Picture(target, at, options.get("alt", ""), caption, classes, width, name)
    return picture(work, shown)


def _plain(name: str, argument: str, options: Mapping[str, str], body: str) -> str:
    """Keep a directive with its options, but for what places it; a box is of the kind that its class names."""
    name = {"sidebar": "margin"}.get(SYNONYMS.get(name, name), SYNONYMS.get(name, name))
    kinds = [word for word in options.get("class", "").split() if word in CALLOUTS]
    if name == "admonition" and kinds:
        options = {**options, "class": " ".join(set(options["class"].split()) - {*kinds})}
        name = kinds[0]
    kept = {key: value or "true" for key, value in options.items() if key in KEPT and (value or key == "open")}
    if name == "math" and "label" in kept:
        kept["name"] = kept.pop("label")
    text = directive(name, argument, kept, body)
    inner = max((len(colons) for colons in re.findall(r"^(:{3,})\{", body, re.MULTILINE)), default=2)
    return re.sub(r"\A:::|:::\Z", ":" * (inner + 1), text)


def _rows(body: str, options: Mapping[str, str]) -> str:
    """Write a list of lists as a table."""
    rows = [[" ".join(cell.split()) for cell in CELL.split(match[1])] for match in ROWS.finditer(body)]
    if not rows:
        return body
    head, rest = (rows[0], rows[1:]) if options.get("header-rows", "0") != "0" else ([""] * len(rows[0]), rows)
    return "\n".join(_row(cells) for cells in (head, ["---"] * len(head), *rest))


def _row(cells: Sequence[str]) -> str:
    barred = (cell.replace("|", r"\|") for cell in cells)
    return f"| {' | '.join(barred)} |"


def _table(caption: str, options: Mapping[str, str], body: str) -> str:
    name = re.sub(r"^(?:tbl|tab|table)[-:]", "", options.get("name", "") or options.get("label", ""))
    mark = f" {{#tbl-{name}}}" if name else ""
    return (f"Table: {caption or name}{mark}\n\n" if caption or name else "") + body.strip()


def _break(work: Work, match: re.Match[str]) -> str:
    if match[1]:
        work.draft.note(match.start(), "what a block says of itself is left out", match[1])
    return "\n"


def _remark(work: Work, match: re.Match[str]) -> str:
    work.draft.note(match.start(), "a remark of the author's, which no page shows, is left out", match[1])
    return ""


def _role(work: Work, match: re.Match[str]) -> str | None:
    name, content = match[1], match[2]
    if read := ROLES.get(name):
        return read(content)
    if name in WORDS:
        work.draft.note(match.start(), f"{match[0]!r}: its words stand without the role")
        return content
    return None


def _document(content: str) -> str:
    named = NAMED.fullmatch(content)
    words, path = (named[1], named[2]) if named else (content.rpartition("/")[2], content)
    return f"[{words}]({slug_of(f'{path}.md')}.md)"


def _download(content: str) -> str:
    named = NAMED.fullmatch(content)
    return f"[{named[1]}]({named[2]})" if named else f"[{content.rpartition('/')[2]}]({content})"


ROLES: dict[str, Callable[[str], str]] = {
    **dict.fromkeys(("cite:p", "citep", "cite:ps", "cite:alp"), cited),
    **dict.fromkeys(
        ("cite:t", "citet", "cite:ts"), lambda keys: " ".join(f"@{key.strip()}" for key in keys.split(","))
    ),
    **dict.fromkeys(("sub", "subscript"), lambda text: f"<sub>{text}</sub>"),
    **dict.fromkeys(("sup", "superscript"), lambda text: f"<sup>{text}</sup>"),
    "math": lambda text: f"${text}$",
    "code": lambda text: f"`{text}`",
    "doc": _document,
    "download": _download,
}
