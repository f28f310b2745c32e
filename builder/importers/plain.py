"""What plain Markdown has elsewhere: boxes of GitHub, lists of contents, the title as a heading."""

from __future__ import annotations

import re

from builder.importers.boxes import directive
from builder.importers.work import Work
from builder.read.markdown.directives import CALLOUTS

BOX = re.compile(r"^> ?\[!([\w-]+)[^\]\n]*\]([+-]?)[ \t]*([^\n]*)(?:\n|\Z)((?:^>[^\n]*(?:\n|\Z))*)", re.MULTILINE)
KINDS = {
    **dict.fromkeys(("info", "abstract", "summary", "todo", "example", "quote", "cite"), "note"),
    **dict.fromkeys(("success", "check", "done"), "tip"),
    **dict.fromkeys(("question", "help", "faq"), "hint"),
    **dict.fromkeys(("failure", "fail", "missing", "bug"), "error"),
}
FOLDS = {"-": {"class": "dropdown"}, "+": {"open": "true"}, "": {}}
CONTENTS = re.compile(r"^[ \t]*(?:\[\[_?toc_?\]\]|\[toc\]|\$\{toc\})[ \t]*\n?", re.MULTILINE | re.IGNORECASE)
SUMMARY = re.compile(r"^[ \t]*<!--\s*more\s*-->[ \t]*\n?", re.MULTILINE)
WORKS = re.compile(r"^#+[ \t]+(?:References|Bibliography)[ \t]*(?:\{[^}\n]*\})?\s*\Z", re.MULTILINE)
TITLE = re.compile(r"\A\s*(?:#[ \t]+([^\n]+?)[ \t]*#*|([^\n#>`*-][^\n]*)\n=+)[ \t]*(?:\n+|\Z)")
LATE_TITLE = re.compile(r"^# [^\n]+$", re.MULTILINE)


def boxes(work: Work) -> None:
    """Turn the boxes of GitHub and Obsidian into those of here; leave out what every page has by itself."""
    work.draft.sub(BOX, lambda match: _box(match[1].lower(), match[2], match[3].strip(), match[4]))
    for pattern in (CONTENTS, SUMMARY, WORKS):
        work.draft.sub(pattern, lambda match: _gone(work, match))


def _box(kind: str, fold: str, title: str, quoted: str) -> str:
    known = KINDS.get(kind, kind if kind in CALLOUTS else "note")
    return directive(known, title, FOLDS[fold], _unquoted(quoted)) + "\n"


def _unquoted(text: str) -> str:
    return re.sub(r"^> ?", "", text, flags=re.MULTILINE)


def _gone(work: Work, match: re.Match[str]) -> str:
    work.draft.note(match.start(), f"{match[0].strip()!r} is left out: a page here has its own")
    return ""


def title(work: Work) -> None:
    """Take the title from a heading at the top, where it is the title or there is none."""
    match = TITLE.match(work.draft.text)
    if match is None:
        return
    said, known = (match[1] or match[2]).strip(), str(work.head.values.get("title") or "")
    if known and _same(said) != _same(known):
        return
    work.head.values.setdefault("title", said)
    work.draft.sub(TITLE, lambda match: "")


def _same(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().casefold()
