"""kramdown, the Markdown of Jekyll: attribute lists behind things, remarks between braces, formulas between `$$`."""

from __future__ import annotations

import re

from builder.importers.draft import Edit
from builder.importers.tags import elements
from builder.importers.work import Work

LISTS = r"((?:\{:[^{}\n]*\}[ \t]*)+)"
BELOW = re.compile(rf"(?<=\n)[ \t]*{LISTS}(?=\n|\Z)")
BEHIND = re.compile(rf"(?<=[)\]`*_]){LISTS}")
REMARK = re.compile(r"\n?[ \t]*\{::comment\}(.*?)\{:/(?:comment)?\}[ \t]*(?=\n|\Z)", re.DOTALL)
OPTIONS = re.compile(r"[ \t]*\{::options[^{}\n]*/\}[ \t]*\n?")
PLAIN = re.compile(r"\{::nomarkdown\}(.*?)\{:/(?:nomarkdown)?\}", re.DOTALL)
FORMULA = re.compile(r"(?<![\\$])\$\$(?!\$)((?:(?!\$\$)[^\n])+?)\$\$(?!\$)")
CONTENTS = re.compile(r"^[ \t]*(?:[*-]|\d+\.)[ \t]+[^\n]*\n[ \t]*\{:\s*toc[^}\n]*\}[ \t]*$", re.MULTILINE)
CLASS = re.compile(r"(?<![\w\"'])\.([A-Za-z][\w-]*)")
ID = re.compile(r"(?<![\w\"'])#([A-Za-z][\w-]*)")
KEY = re.compile(r"([\w-]+)=(\"[^\"]*\"|'[^']*')")
DIGITS = re.compile(r"\d+")
KEPT = frozenset({"width", "lang"})


def remarks(work: Work) -> None:
    """Take out what kramdown does not print, and tell it in full."""
    draft = work.draft

    def out(match: re.Match[str]) -> str:
        draft.note(match.start(1), "a remark of the author's, which no page shows, is left out", match[1])
        return ""

    draft.sub(REMARK, out)
    draft.sub(PLAIN, lambda match: match[1])
    draft.sub(OPTIONS, lambda match: _gone(work, match, "options of kramdown mean nothing here"))
    draft.sub(CONTENTS, lambda match: _gone(work, match, "every page has a list of contents"))


def _gone(work: Work, match: re.Match[str], why: str) -> str:
    work.draft.note(match.start(), f"{match[0].strip()!r} is left out: {why}")
    return ""


def attributes(work: Work) -> None:
    """Write lists of attributes as they are written here, and set those of a block above it."""
    draft = work.draft
    figures = {one.end: one for one in elements(draft, lambda name: name == "figure")}
    edits = []
    for match in BELOW.finditer(draft.text):
        if not draft.is_code(match.start(1)):
            above = len(draft.text[: match.start()].rstrip("\n"))
            figure = figures.get(above)
            written = _written(work, match)
            if figure:
                edits += [_classed(draft.text, figure.start, match[1]), Edit(above, match.end(), "")]
            else:
                edits += _moved(draft.text, match, above, written)
    draft.edit(edits)
    draft.sub(BEHIND, lambda match: _written(work, match) + match[1][len(match[1].rstrip()) :])


def _written(work: Work, match: re.Match[str]) -> str:
    """Write a chain of lists as one; styles, which a page's policy stops, are told."""
    marks = [f".{name}" for name in CLASS.findall(match[1])] + [f"#{name}" for name in ID.findall(match[1])[:1]]
    for key, value in KEY.findall(match[1]):
        width = re.search(r"(?<![\w-])width:\s*(\d+(?:px|%)?)", value) if key == "style" else None
        if key in KEPT:
            marks.append(f'{key}="{value[1:-1]}"')
        elif width:
            marks.append(f'width="{width[1]}"')
        if key not in KEPT and not (width and DIGITS.sub("", value[1:-1]).strip(" ;") in ("width: %", "width: px")):
            work.draft.note(match.start(1), f"the attribute {key}={value} is left out")
    return f"{{{' '.join(marks)}}}" if marks else ""


def _classed(text: str, start: int, lists: str) -> Edit:
    """Give a figure the classes that stand below it."""
    at = start + len("<figure")
    names = " ".join(CLASS.findall(lists))
    return Edit(at, at, f' class="{names}"' if names else "")


def _moved(text: str, match: re.Match[str], above: int, written: str) -> list[Edit]:
    """Set attributes behind a picture or a heading, above any other block."""
    line = text.rfind("\n", 0, above) + 1
    before = text[line:above]
    if (
        not before.strip()
        or before.rstrip().endswith(")")
        and before.lstrip().startswith("![")
        or before.startswith("#")
    ):
        return [Edit(above, match.end(), (" " if before.startswith("#") else "") + written)]
    paragraph = text.rfind("\n\n", 0, above)
    first = paragraph + 2 if paragraph >= 0 else 0
    return [Edit(first, first, f"{written}\n" if written else ""), Edit(above, match.end(), "")]


def formulas(work: Work) -> None:
    """Write `$$…$$` within a line as `$…$`."""
    text = work.draft.text

    def one(match: re.Match[str]) -> str | None:
        before = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        after = text[match.end() :].partition("\n")[0]
        return f"${match[1].strip()}$" if before.strip() or after.strip() else None

    work.draft.sub(FORMULA, one)
