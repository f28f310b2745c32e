"""Shortcodes of Hugo and of its themes: `{{< figure src="a.png" title="…" >}}`, `{{< highlight python >}}`."""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.importers.boxes import Picture, directive, picture
from builder.importers.distill import cited
from builder.importers.work import Work
from builder.read.markdown.directives import CALLOUTS, SYNONYMS

BEGIN, END = r"\{\{[<%]\s*", r"\s*/?[>%]\}\}"
PAIR = re.compile(rf"{BEGIN}([\w-]+)\b([^\n]*?){END}(.*?){BEGIN}/\s*\1\s*[>%]\}}\}}", re.DOTALL)
ALONE = re.compile(rf"{BEGIN}([\w-]+)\b([^\n]*?){END}")
ARGUMENT = re.compile(r"(?:([\w-]+)=)?(?:\"((?:[^\"\\]|\\.)*)\"|`([^`]*)`|([^\s\"=]+))")
FILMS = {
    "youtube": "https://www.youtube.com/watch?v=",
    "vimeo": "https://vimeo.com/",
    "gist": "https://gist.github.com/",
}
BOXES = {
    **dict.fromkeys(("info", "abstract", "example", "quote"), "note"),
    **dict.fromkeys(("failure", "bug"), "error"),
    "success": "tip",
    "question": "hint",
}


def convert(work: Work) -> None:
    """Turn the shortcodes that have a counterpart here; the rest is left for the end."""
    work.draft.sub(PAIR, lambda match: _one(work, match, match[3]))
    work.draft.sub(ALONE, lambda match: _one(work, match, ""))


def _one(work: Work, match: re.Match[str], inner: str) -> str | None:
    read = CODES.get(match[1])
    return read(work, match, _arguments(match[2]), inner) if read else None


def _arguments(text: str) -> dict[str, str]:
    """Read arguments by name, or by their place: "0", "1"."""
    found = [(name, quoted or raw or bare) for name, quoted, raw, bare in ARGUMENT.findall(text)]
    return {name or str(place): value.replace('\\"', '"') for place, (name, value) in enumerate(found)}


def _figure(work: Work, match: re.Match[str], given: dict[str, str], inner: str) -> str:
    target = given.get("src") or given.get("link") or given.get("0", "")
    title, caption = given.get("title", ""), given.get("caption", "") or inner.strip()
    words = f"**{title}** {caption}" if title and caption else title or caption
    classes = tuple(given.get("class", "").split())
    return picture(
        work, Picture(target, match.start(), given.get("alt", ""), words, classes, _pixels(given.get("width", "")))
    )


def _pixels(width: str) -> str:
    return width.removesuffix("px") if re.fullmatch(r"\d+(?:px|%)?", width) else ""


def _highlight(work: Work, match: re.Match[str], given: dict[str, str], inner: str) -> str:
    body = inner.strip("\n")
    return f"```{given.get('0', '')}\n{body}\n```"


def _drawing(work: Work, match: re.Match[str], given: dict[str, str], inner: str) -> str:
    return "\n".join([f"```{match[1]}", inner.strip("\n"), "```"])


def _math(work: Work, match: re.Match[str], given: dict[str, str], inner: str) -> str:
    body = inner.strip().strip("$").strip()
    return f"$$\n{body}\n$$" if "display" in given.values() or "\n" in inner.strip() else f"${body}$"


def _film(work: Work, match: re.Match[str], given: dict[str, str], inner: str) -> str:
    address = FILMS[match[1]] + "/".join(value for key, value in given.items() if key in ("0", "1", "id"))
    work.draft.note(match.start(), f"{match[0]!r}: a link stands in its place, for pages load nothing from other hosts")
    return f"[{address}]({address})"


def _reference(work: Work, match: re.Match[str], given: dict[str, str], inner: str) -> str:
    path, _, part = (given.get("path") or given.get("0", "")).partition("#")
    name = path.rstrip("/").rpartition("/")[2].removesuffix(".md")
    return (f"{name}.md" if name else "") + (f"#{part}" if part else "")


def _box(work: Work, match: re.Match[str], given: dict[str, str], inner: str) -> str:
    kind = given.get("type") or given.get("0", "note")
    kind = BOXES.get(kind, kind)
    known = kind if kind in CALLOUTS or kind in SYNONYMS else "note"
    return directive(known, given.get("title") or given.get("1", ""), {}, inner)


def _details(work: Work, match: re.Match[str], given: dict[str, str], inner: str) -> str:
    return directive("details", given.get("summary") or given.get("title") or given.get("0", "More"), {}, inner)


def _cite(work: Work, match: re.Match[str], given: dict[str, str], inner: str) -> str:
    return cited(",".join(given.values()))


CODES: dict[str, Callable[[Work, re.Match[str], dict[str, str], str], str]] = {
    **dict.fromkeys(("figure", "image", "img", "imgproc"), _figure),
    **dict.fromkeys(("highlight", "code"), _highlight),
    "mermaid": _drawing,
    **dict.fromkeys(("math", "katex", "latex"), _math),
    **dict.fromkeys(FILMS, _film),
    **dict.fromkeys(("ref", "relref"), _reference),
    **dict.fromkeys(("admonition", "callout", "notice", "alert", "hint"), _box),
    **dict.fromkeys(("details", "expand", "collapse"), _details),
    "cite": _cite,
}
