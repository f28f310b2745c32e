"""What no step could turn into something of here: it stands as code, and is told."""

from __future__ import annotations

import re

from builder.importers.draft import Edit
from builder.importers.tags import elements
from builder.importers.work import Work
from builder.read.markdown.elsewhere import FOREIGN
from builder.read.markdown.raw_html import ELSEWHERE

HEADING = re.compile(r"^(#{1,5})(?=[ \t]+\S)", re.MULTILINE)
FIRST = re.compile(r"^#[ \t]+\S", re.MULTILINE)
UNDERLINED = re.compile(r"^(?![ \t]*[#>*+-])([^\n]*\S[^\n]*)\n=+[ \t]*$", re.MULTILINE)
DIRECTIVE = re.compile(r"^:{3,}", re.MULTILINE)
WIDE = re.compile(r"\n{3,}")


def levels(work: Work) -> None:
    """Let headings begin at the second level, for the first is the title's."""
    draft = work.draft
    draft.sub(UNDERLINED, lambda match: f"# {match[1]}")
    if any(not draft.is_code(match.start()) for match in FIRST.finditer(draft.text)):
        draft.sub(HEADING, lambda match: f"{match[1]}#")


def told(work: Work) -> None:
    """Set what other systems would read in code."""
    draft = work.draft
    for pattern, what in FOREIGN:

        def one(match: re.Match[str], what: str = what) -> str:
            draft.note(match.start(), f"{match[0]!r} {what.partition(';')[0]}: it stands as code")
            return f"`{match[0]}`"

        draft.sub(pattern, one)
    for tag in elements(draft, ELSEWHERE.__contains__):
        text = draft.text[tag.start : tag.end]
        draft.note(tag.start, f"<{tag.name}> means nothing here: its content stands without it", text)
    for tag in reversed(elements(draft, ELSEWHERE.__contains__)):
        draft.edit([Edit(tag.start, tag.inner, ""), Edit(tag.outer, tag.end, "")])


def tidy(work: Work) -> None:
    """Leave one empty line where several were."""
    work.draft.sub(WIDE, lambda match: "\n\n")
    work.draft.sub(re.compile(r"\A\n+"), lambda match: "")
