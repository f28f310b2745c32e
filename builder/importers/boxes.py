"""What figures become: a picture beside the article, a directive, or a box that says what is missing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from builder.frozen import frozen
from builder.importers.work import Work

NUMBERED = re.compile(r"\A[\s*_]*(?:Figure|Fig\.|Fig)\s*(\d+[a-z]?)\s*(?:[.:|—–-]+[*_]*|[*_]+)\s*", re.IGNORECASE)
WORD = r"(?<![\w@#-])(?:Figure|Fig\.|figure|fig\.)[ \u00a0\n]"
MENTION = re.compile(rf"{WORD}(\d+[a-z]?)(?![\w.]*\d)(?!\s+(?:of|in)\s+\[)")
LABEL = re.compile(r"@(fig|tbl)-([A-Za-z](?:[\w-]*\w)?)")
WORDS = {"fig": "Figure", "tbl": "Table"}
SEVERAL = re.compile(r"(?<!\w)(?:Figures|Figs\.)\s\d+[^\n.]{0,30}", re.IGNORECASE)
MARKUP = re.compile(r"\[\^[^\]]*\]|\^\[[^\]]*\]|[*_`]|\]\([^)]*\)|\[@[^\]]*\]|<[^>]+>|[\[\]]")
SHORT = 200


@frozen
class Picture:
    """A picture as the source shows it; `at` is its place in the text, `name` what the source calls it, if it does."""

    target: str
    at: int
    alt: str = ""
    caption: str = ""
    classes: tuple[str, ...] = ()
    width: str = ""
    name: str = ""


def directive(name: str, argument: str, options: Mapping[str, str], body: str = "") -> str:
    """Write a directive."""
    head = f":::{{{name}}} {argument}".rstrip()
    lines = [f":{key}: {' '.join(value.split())}".rstrip() for key, value in options.items() if value]
    return "\n".join([head, *lines, *(["", body.strip("\n")] if body.strip() else []), ":::"])


def picture(work: Work, shown: Picture) -> str:
    """Write a picture with its caption, or the box for one that is not there."""
    caption, number = unnumbered(shown.caption)
    name = work.called(shown.name) if shown.name else work.name(re.sub(r"\.\w+$", "", shown.target.rpartition("/")[2]))
    file = work.files.take(shown.target)
    if not file:
        return missing_picture(work, shown, caption, number, name)
    if number:
        work.numbers[number] = f"@fig-{name}"
    options = {"name": name, "alt": shown.alt or _words(work, shown, caption), "class": " ".join(shown.classes)}
    return directive("image", file, options | {"width": shown.width}, caption)


def _words(work: Work, shown: Picture, caption: str) -> str:
    """Let the caption stand for the words that a picture lacks."""
    plain = " ".join(MARKUP.sub("", caption).split())[:SHORT]
    instead = "its caption stands for them" if plain else "write what it shows"
    work.draft.note(shown.at, f"picture {shown.target!r} has no alternative text; {instead}")
    return plain or f"Not described yet: {shown.target.rpartition('/')[2]}"


def missing_picture(work: Work, shown: Picture, caption: str, number: str, name: str) -> str:
    """Write the box that stands where a picture would."""
    why = "lies on another host" if "//" in shown.target else "is not beside the source"
    advice = "put it beside the article, or beside the source and import again"
    work.draft.note(shown.at, f"picture {shown.target!r} {why}: a box stands in its place; {advice}")
    said = f" It is described as “{shown.alt}”." if shown.alt else ""
    where = f"<{shown.target}>" if "//" in shown.target else f"`{shown.target}`"
    title = f"Picture missing: `{shown.target.rpartition('/')[2][:60]}`"
    return missing(work, title, name, number, caption, f"The source shows {where} here.{said}")


def missing(work: Work, title: str, name: str, number: str, caption: str, said: str) -> str:
    """Write a box that says what is missing; references to its number lead to it."""
    work.boxes.add(name)
    if number:
        work.numbers[number] = f"[Figure {number}](#{name})"
    body = "\n\n".join(filter(None, [caption.strip(), said]))
    return directive("attention", title, {"name": name, "class": "missing"}, body)


def unnumbered(caption: str) -> tuple[str, str]:
    """Part a caption from the number that is typed before it, "3" or ""."""
    match = NUMBERED.match(caption)
    if match is None:
        return caption.strip(), ""
    bold = re.match(r"\s*(\*\*|__|\*|_)", caption)
    rest = caption[match.end() :]
    open_ = bold[1] if bold and bold[1] not in match[0].strip()[len(bold[1]) :] else ""
    return (open_ + rest).strip(), match[1]


def _to_box(work: Work, match: re.Match[str]) -> str | None:
    name = next((name for name in (match[0][1:], match[2]) if name in work.boxes), "")
    return f"[{WORDS[match[1]]}](#{name})" if name else None


def refer(work: Work) -> None:
    """Let "see Figure 3" lead to what was called so, and a label to its box where the figure is missing."""
    work.draft.sub(LABEL, lambda match: _to_box(work, match))
    work.draft.sub(MENTION, lambda match: work.numbers.get(match[1]))
    for match in SEVERAL.finditer(work.draft.text):
        if work.numbers and not work.draft.is_code(match.start()):
            work.draft.note(match.start(), f"{match[0]!r}: typed numbers of several figures stay as they are")
