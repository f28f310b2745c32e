"""R Markdown and its Distill: chunks of R, figures that they make, references to them."""

from __future__ import annotations

import re

from builder.importers.boxes import Picture, directive, missing, picture
from builder.importers.heads import split
from builder.importers.work import Work

CHUNK = re.compile(r"^([ \t]*)```\{(\w+)([^}\n]*)\}[ \t]*\n(.*?)^\1```[ \t]*$", re.MULTILINE | re.DOTALL)
OPTION = re.compile(r"([\w.-]+)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|'([^']*)'|([^,\s]+))")
LABEL = re.compile(r"\s*,?\s*([A-Za-z][\w.-]*)\s*(?:,|$)")
COMMENT = re.compile(r"^[ \t]*(?:#|//|--)\|[ \t]*")
GRAPHICS = re.compile(r"include_graphics\(\s*[\"']([^\"']+)[\"']")
KABLE = re.compile(r"\bkable\([^\n]*?\bcaption\s*=\s*\"((?:[^\"\\]|\\.)*)\"", re.DOTALL)
EQUATION = re.compile(r"\(\\#eq:([\w.-]+)\)")
VALUE = re.compile(r"(?<!`)`(?:r|\{(?:r|python|julia)\}) ([^`\n]+)`(?!`)")
REFERENCE = re.compile(r"\\@ref\((fig|tab|eq):([\w.-]+)\)")
WORD = re.compile(r"(?:Figure|Fig\.|Table|Equation)[ \u00a0~](?=\\@ref)")
ASIDE = re.compile(r"<aside>(.*?)</aside>", re.DOTALL)
FRAME = re.compile(r"^:{3,}[ \t]*\{\.?(l-[\w-]+)[^}\n]*\}[ \t]*\n(.*?)^:{3,}[ \t]*$", re.MULTILINE | re.DOTALL)
KINDS = {"fig": "fig", "tab": "tbl", "eq": "eq"}
HIDDEN = ("FALSE", "F", "false")


def convert(work: Work) -> None:
    """Turn chunks into code and figures, and references into those of here."""
    draft = work.draft
    # Chunks are fences, which no step touches: these are rewritten as a whole.
    draft.edit([draft.block(m.start(), m.end(), _chunk(work, m)) for m in CHUNK.finditer(draft.text)])
    text = draft.text
    for match in VALUE.finditer(text):
        draft.note(match.start(), f"{match[0]!r} is a value that would be computed: it stands as code")
    draft.sub(EQUATION, lambda match: f"\\label{{eq:{match[1]}}}")
    draft.sub(WORD, lambda match: "")
    draft.sub(REFERENCE, lambda match: f"@{KINDS[match[1]]}-{match[2].replace('.', '-')}")
    draft.sub(ASIDE, lambda match: directive("margin", "", {}, match[1]))
    draft.sub(FRAME, lambda match: match[2])


def _chunk(work: Work, match: re.Match[str]) -> str:
    language, head, code = match[2], match[3], match[4].strip("\n")
    own, code = _own(code)
    options = {key: unescaped(first) or second or bare for key, first, second, bare in OPTION.findall(head)} | own
    named = LABEL.match(head)
    label = options.get("label") or (named[1] if named and "=" not in named[0] else "")
    label = label.replace(".", "-")
    if child := options.get("child"):
        return part(work, match.start(), child) or f"`{child}`"
    if target := GRAPHICS.search(code):
        if label:
            work.draft.note(match.start(), f"the chunk {label!r} shows a picture: it is called by the picture's name")
        return picture(work, Picture(target[1], match.start(), options.get("fig.alt", ""), options.get("fig.cap", "")))
    shown = "" if options.get("echo") in HIDDEN or options.get("include") in HIDDEN else f"```{language}\n{code}\n```"
    table = KABLE.search(code)
    tabled = options.get("tbl.cap") or (unescaped(table[1]) if table else "")
    what, caption = ("table", tabled) if tabled else ("figure", options.get("fig.cap", ""))
    if caption:
        return "\n\n".join(filter(None, [shown, _made(work, match, label, what, caption)]))
    if not shown:
        work.draft.note(match.start(), f"a chunk of {language} that is not shown is left out", match[0])
    else:
        work.draft.note(match.start(), f"a chunk of {language} is not run here: it stands as code")
    return shown


def unescaped(text: str) -> str:
    """Read the escapes of a text between quotes."""
    return re.sub(r"\\(.)", r"\1", text)


def part(work: Work, at: int, target: str) -> str | None:
    """Return the text of a file that is included at a place; None where there is no such file."""
    path = work.files.find(target)
    if path is None:
        work.draft.note(at, f"{target!r}, which is included here, is not beside the source")
        return None
    work.draft.note(at, f"the text of {target!r} stands in its place")
    return split(path.read_text("utf-8", errors="replace"))[1].strip("\n")


def _own(code: str) -> tuple[dict[str, str], str]:
    """Part the options that Quarto has in the first lines of a chunk from its code."""
    lines = code.split("\n")
    count = next((number for number, line in enumerate(lines) if not COMMENT.match(line)), len(lines))
    pairs = (COMMENT.sub("", line).partition(":") for line in lines[:count])
    own = {key.strip().replace("-", "."): value.strip().strip("\"'") for key, _, value in pairs if value}
    return own, "\n".join(lines[count:])


def _made(work: Work, match: re.Match[str], label: str, what: str, caption: str) -> str:
    name = work.called(label) if label else work.name(caption)
    work.draft.note(match.start(), f"a {what} that {match[2]} would make: a box stands in its place", match[0])
    said = f"The source makes it with a chunk of {match[2]}."
    return missing(work, f"{what.title()} missing", name, "", caption, said)
