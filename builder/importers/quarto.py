"""Quarto, and the Markdown of Pandoc that it is written in: boxes between colons, captions below, shortcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from builder.importers.boxes import Picture, picture
from builder.importers.draft import Draft, Edit
from builder.importers.html import IMAGE
from builder.importers.rmarkdown import part
from builder.importers.work import Work
from builder.read.markdown.elements import STATEMENTS

FENCE = re.compile(r"^(:{3,})[ \t]*(?:\{([^}\n]*)\}|([\w.-]+))?[ \t]*:*[ \t]*$", re.MULTILINE)
CLASS, ID = re.compile(r"(?<!\S)\.([\w-]+)"), re.compile(r"(?<!\S)#([\w-]+)")
KEY = re.compile(r"([\w-]+)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
HEADING = re.compile(r"^(#{1,6})[ \t]+([^\n]+?)[ \t]*(?:\{[^}\n]*\})?[ \t]*$", re.MULTILINE)
CAPTION = re.compile(r"^((?:[ \t]*\|[^\n]*\n)+)\n+:[ \t]+([^\n]+)$", re.MULTILINE)
PART = re.compile(r"^\{\{<\s*include\s+(\S+)\s*>\}\}[ \t]*$", re.MULTILINE)
FILM = re.compile(r"\{\{<\s*video\s+(\S+)[^\n]*?>\}\}")
NOTHING = re.compile(r"\{\{<\s*(?:pagebreak|br)\s*>\}\}")
WORD = re.compile(r"(?:Figure|Fig\.|Table|Equation|Section)[ \u00a0~](?=@(?:fig|tbl|eq|sec)-)")
DEEPEST = 5
"""How deep parts include others."""
LAYOUT = ("column", "l-", "layout", "grid", "g-col", "figure", "fig-")
ELSEWHERE = ("html", "html:js")


@dataclass
class Box:
    """A stretch between two fences: `start` to `inner` is the first of them, `outer` to `end` the last."""

    start: int
    inner: int
    marks: str
    outer: int = 0
    end: int = 0
    inside: list[Box] = field(default_factory=list)

    @property
    def classes(self) -> list[str]:
        """List its classes; a bare word is one."""
        return CLASS.findall(self.marks) or ([self.marks] if re.fullmatch(r"[\w-]+", self.marks) else [])

    @property
    def name(self) -> str:
        """Give its id, or ""."""
        return next(iter(ID.findall(self.marks)), "")

    @property
    def keys(self) -> Mapping[str, str]:
        """Give its attributes."""
        return {key: first or second or bare for key, first, second, bare in KEY.findall(self.marks)}

    @property
    def colons(self) -> str:
        """Give as many colons as what stands inside leaves it; tabs take two levels."""
        deepest = max((len(one.colons) for one in self.inside), default=2)
        return ":" * (deepest + 1 + ("panel-tabset" in self.classes or self.name.startswith("fig-")))


def convert(work: Work) -> None:
    """Turn what has a counterpart here."""
    draft = work.draft
    for _ in range(DEEPEST):
        draft.sub(PART, lambda match: part(work, match.start(), match[1]))
    draft.sub(FILM, lambda match: _film(work, match))
    draft.sub(NOTHING, lambda match: "")
    draft.sub(CAPTION, lambda match: f"Table: {match[2]}\n\n{match[1].rstrip()}")
    draft.edit(edit for box in boxes(draft) for edit in _written(work, box))
    draft.edit(_pictures(work))
    draft.sub(WORD, lambda match: "")


def boxes(draft: Draft) -> list[Box]:
    """List the outermost boxes; fences without a partner are left as they are."""
    open_: list[Box] = [Box(0, 0, "")]
    for match in FENCE.finditer(draft.text):
        if draft.is_code(match.start()):
            continue
        marks = (match[2] or match[3] or "").strip()
        if marks:
            open_.append(Box(match.start(), match.end(), marks))
        elif len(open_) > 1:
            box = open_.pop()
            box.outer, box.end = match.start(), match.end()
            open_[-1].inside.append(box)
    return open_[0].inside


def _written(work: Work, box: Box) -> Iterator[Edit]:
    """Write the two fences of a box as those of a directive, so that what is inside keeps its lines."""
    for one in box.inside:
        yield from _written(work, one)
    named = next((kind for kind in box.classes if kind in STATEMENTS or kind == "proof"), "")
    if box.classes and box.classes[0].startswith("callout"):
        yield from _callout(work, box)
    elif {"column-margin", "aside"} & {*box.classes}:
        yield from _fenced(box, "margin")
    elif "panel-tabset" in box.classes:
        yield from _tabs(work, box)
    elif box.name.startswith("fig-") and IMAGE.search(work.draft.text, box.inner, box.outer):
        yield from _several(work, box)
    elif kind := named or next((kind for kind, (prefix, _) in STATEMENTS.items() if box.name.startswith(prefix)), ""):
        yield from _statement(work, box, kind)
    else:
        yield from _bare(work, box)


def _fenced(box: Box, name: str, title: str = "", options: Mapping[str, str] | None = None) -> Iterator[Edit]:
    head = f"{box.colons}{{{name}}} {title}".rstrip()
    below = "".join(f"\n:{key}: {value}" for key, value in options.items()) + "\n" if options else ""
    yield Edit(box.start, box.inner, head + below)
    yield Edit(box.outer, box.end, box.colons)


def _callout(work: Work, box: Box) -> Iterator[Edit]:
    kind = box.classes[0].removeprefix("callout-")
    title, heading = _title(work, box)
    folds = {"class": "dropdown"} if box.keys.get("collapse") == "true" else {}
    options = ({"name": box.name} if box.name else {}) | folds
    yield from _fenced(box, "note" if kind == "callout" else kind, title, options)
    yield from heading


def _title(work: Work, box: Box) -> tuple[str, list[Edit]]:
    """Find the title of a box: an attribute, or a heading with which it begins, and how that is taken away."""
    if title := box.keys.get("title") or box.keys.get("name"):
        return title, []
    first = HEADING.search(work.draft.text, box.inner, box.outer)
    if first is None or work.draft.text[box.inner : first.start()].strip():
        return "", []
    return first[2], [Edit(first.start(), first.end(), "")]


def _statement(work: Work, box: Box, kind: str) -> Iterator[Edit]:
    title, heading = _title(work, box)
    prefix = STATEMENTS[kind][0] if kind in STATEMENTS else ""
    yield from _fenced(box, kind, title, {"name": box.name.removeprefix(prefix)} if box.name else {})
    yield from heading


def _tabs(work: Work, box: Box) -> Iterator[Edit]:
    """Let each heading of the first kind begin a tab."""
    found = list(HEADING.finditer(work.draft.text, box.inner, box.outer))
    heads = [match for match in found if match[1] == found[0][1] and not work.draft.is_code(match.start())]
    if not heads:
        yield from _bare(work, box)
        return
    colons = box.colons[1:]
    yield Edit(box.start, box.inner, f"{box.colons}{{tabs}}")
    for number, match in enumerate(heads):
        closing = f"{colons}\n\n" if number else ""
        yield Edit(match.start(), match.end(), f"{closing}{colons}{{tab}} {match[2]}\n")
    yield Edit(box.outer, box.end, f"{colons}\n{box.colons}")


def _several(work: Work, box: Box) -> Iterator[Edit]:
    """Set pictures under one number; the last paragraph is the caption of all. One alone is a figure."""
    found = [*IMAGE.finditer(work.draft.text, box.inner, box.outer)]
    if len(found) == 1:
        yield Edit(box.start, box.end, picture(work, _shown(found[0], box, _around(work, box, found[0]))))
        return
    across = box.keys.get("layout-ncol", "")
    name = work.name(box.name.removeprefix("fig-"))
    yield from _fenced(box, "subfigures", "", {"name": name} | ({"per-row": across} if across.isdigit() else {}))


def _bare(work: Work, box: Box) -> Iterator[Edit]:
    """Take the fences away; what is meant for other formats, or made by Quarto, goes with them."""
    text = work.draft.text[box.inner : box.outer]
    when = box.keys.get("when-format") or box.keys.get("unless-format") or ""
    hidden = ("content-visible" in box.classes and "when-format" in box.keys and not when.startswith(ELSEWHERE)) or (
        "content-hidden" in box.classes and ("when-format" not in box.keys or when.startswith(ELSEWHERE))
    )
    if box.name == "refs" or hidden:
        why = "every page lists the works that it cites" if box.name == "refs" else "no page here shows it"
        work.draft.note(box.start, f"'{{{box.marks}}}' is left out: {why}", text)
        yield Edit(box.start, box.end, "")
        return
    if not all(name.startswith(LAYOUT) or name.startswith("content-") for name in box.classes) or box.name:
        work.draft.note(box.start, f"'{{{box.marks}}}' means nothing here: its content stands without it")
    yield Edit(box.start, box.inner, "")
    yield Edit(box.outer, box.end, "")


def _pictures(work: Work) -> Iterator[Edit]:
    """Write pictures that stand alone, or have a name, as figures: their words are the caption in Pandoc."""
    text = work.draft.text
    for match in IMAGE.finditer(text):
        marks = match[4].strip("{}")
        first = text.rfind("\n", 0, match.start()) + 1
        alone = not text[first : match.start()].strip() and not text[match.end() :].partition("\n")[0].strip()
        if work.draft.is_code(match.start()) or not alone or not (match[1] or marks):
            continue
        yield work.draft.block(match.start(), match.end(), picture(work, _shown(match, Box(0, 0, marks), match[1])))


def _shown(match: re.Match[str], box: Box, caption: str) -> Picture:
    """Read a picture; its name is that of a box, and in Pandoc its words are its caption."""
    own = Box(0, 0, match[4].strip("{}"))
    words = own.keys.get("fig-alt") or ("" if caption == match[1] else match[1])
    classes = tuple(name for name in own.classes if not name.startswith(LAYOUT))
    width = own.keys.get("width", "").removesuffix("px")
    return Picture(match[2].strip("<>"), match.start(), words, caption, classes, width, box.name.removeprefix("fig-"))


def _around(work: Work, box: Box, match: re.Match[str]) -> str:
    """Give what stands in a box beside its picture, else the words of that."""
    text = work.draft.text
    return (text[box.inner : match.start()] + text[match.end() : box.outer]).strip() or match[1]


def _film(work: Work, match: re.Match[str]) -> str:
    work.draft.note(match.start(), f"{match[0]!r}: a link stands in its place, for pages load nothing from other hosts")
    return f"[{match[1]}]({match[1]})"
