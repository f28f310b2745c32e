"""HTML in the text: paragraphs, headings, lists and pictures become Markdown; what else there is stays."""

from __future__ import annotations

import re
from html import unescape

from builder.importers.boxes import Picture, picture
from builder.importers.draft import Edit
from builder.importers.tags import Element, Tag, elements, outermost, tags
from builder.importers.work import Work
from builder.read.markdown.raw_html import STOPPED

FRAMES = frozenset({"figure", "d-figure", "center", "p", "div"})
"""What may frame a picture; of paragraphs only one that holds little else."""
CAPTIONS = frozenset({"figcaption", "d-caption"})
PLAIN = frozenset({"p", "div", "section", "center", "article", "main", "header", "span", "body", "html", "d-article"})
MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "code": "`"}
IMAGE = re.compile(r"!\[([^\]]*)\]\(\s*(<[^>]*>|[^\s)]*)(?:\s+[\"']([^\"']*)[\"'])?\s*\)((?:\{[^{}\n]*\})*)")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
SIZE = re.compile(r"(?<![\w-])width\s*[=:]\s*[\"']?(\d+)(?:\.\d+)?(?:px|(%))?")
BOXED = re.compile(r"</?(?:figcaption|d-caption|figure|d-figure|p|center|div|span|br)\b[^>]*>", re.IGNORECASE)
FENCES = ("```", "~~~", ":::")
MUCH = 1200
TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.DOTALL | re.IGNORECASE)
DOCTYPE = re.compile(r"<!doctype\b[^>]*>\s*", re.IGNORECASE)


def figures(work: Work) -> None:
    """Turn frames around pictures into figures."""
    draft = work.draft
    frames = [one for one in elements(draft, FRAMES.__contains__) if _frames(draft.text[one.inner : one.outer], one)]
    draft.edit(draft.block(one.start, one.end, _figure(work, one)) for one in outermost(frames))


def _frames(inner: str, frame: Element) -> bool:
    if frame.name in ("figure", "d-figure"):
        return bool(pictures(inner))
    few = len(pictures(inner)) > 0 and len(inner) < MUCH and "\n#" not in inner and "<H" not in inner
    return few and (frame.name == "center" or _is_first(inner) or "center" in " ".join(frame.props.values()))


def _is_first(inner: str) -> bool:
    return inner.lstrip().startswith(("<img", "!["))


def pictures(text: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    """List (address, words, classes, width) of the pictures in a piece of HTML or Markdown."""
    shown = [
        (match.start(), match[2].strip("<>"), match[1], tuple(CLASS.findall(match[4])), _size(match[4]))
        for match in IMAGE.finditer(text)
    ]
    for tag in tags(text):
        if tag.name == "img" and tag.props.get("src"):
            classes = tuple((tag.props.get("class") or tag.props.get("className") or "").split())
            size = _size(f"width={tag.props.get('width', '')};{tag.props.get('style', '')}")
            shown.append((tag.start, tag.props["src"], tag.props.get("alt", ""), classes, size))
    return [one[1:] for one in sorted(shown)]


def _size(text: str) -> str:
    match = SIZE.search(text)
    return match[1] + (match[2] or "") if match else ""


def _figure(work: Work, frame: Element) -> str:
    """Write the pictures of a frame, what else it holds as the caption of the last."""
    inner = work.draft.text[frame.inner : frame.outer]
    shown = pictures(inner)
    caption = _caption(inner)
    classes = tuple((frame.props.get("class") or frame.props.get("className") or "").split())
    if len(shown) > 1:
        work.draft.note(
            frame.start, f"{len(shown)} pictures in one figure: each is a figure now, the last has the caption"
        )
    texts = []
    for number, (target, alt, own, width) in enumerate(shown, 1):
        last = caption if number == len(shown) else ""
        texts.append(picture(work, Picture(target, frame.start, alt, last, (*classes, *own), width)))
    return "\n\n".join(texts)


def _caption(inner: str) -> str:
    """Give what a frame holds besides its pictures, a paragraph a paragraph."""
    text = IMAGE.sub("", inner)
    for tag in reversed([tag for tag in tags(text) if tag.name == "img"]):
        text = text[: tag.start] + text[tag.end :]
    text = re.sub(r"^[ \t]+", "", BOXED.sub("\n", text), flags=re.MULTILINE)
    return re.sub(r"\n(?:[ \t]*\n)+", "\n\n", text).strip()


def inline(work: Work) -> None:
    """Write links and emphasis of HTML as Markdown has them."""
    draft = work.draft
    edits: list[Edit] = []
    for one in elements(draft, lambda name: name in MARKS or name == "a"):
        if not one.props and one.name in MARKS:
            edits += _around(draft.text, one, MARKS[one.name], MARKS[one.name])
        elif one.name == "a" and set(one.props) <= {"href", "target", "rel", "title"} and one.props.get("href"):
            edits += _around(draft.text, one, "[", f"]({one.props['href']})")
    draft.edit(edits)


def _around(text: str, one: Element, before: str, after: str) -> list[Edit]:
    if one.inner == one.outer or text[one.inner].isspace() or text[one.outer - 1].isspace():
        return []
    return [Edit(one.start, one.inner, before), Edit(one.outer, one.end, after)]


def blocks(work: Work) -> None:
    """Take the frames of paragraphs off; headings, rules and simple lists become Markdown."""
    draft = work.draft
    framed = elements(draft, lambda name: name in PLAIN or _level(name) > 0 or name in ("hr", "ul", "ol", "li"))
    for one in reversed(list(outermost([one for one in framed if one.name not in ("hr", "span")]))):
        _flush_left(work, one)
    edits = [(tag, _markdown(tag)) for tag in tags(draft.text) if not draft.is_code(tag.start)]
    draft.edit(Edit(tag.start, tag.end, text) for tag, text in edits if text is not None)
    work.draft.sub(re.compile(r"\n{3,}"), lambda match: "\n\n")


def _flush_left(work: Work, one: Element) -> None:
    """Let lines within a frame begin at the left: elsewhere they would be code. In code they keep what is theirs."""
    text, edits, fence, indent = work.draft.text, [], "", 0
    for match in re.finditer(r"^([ \t]*)([^\n]*)", text[one.inner : one.outer], re.MULTILINE):
        depth = min(len(match[1]), indent) if fence else len(match[1])
        start = one.inner + match.start()
        edits.append(Edit(start, start + depth, ""))
        if fence and match[2].startswith(fence):
            fence = ""
        elif not fence and match[2].startswith(FENCES):
            fence, indent = match[2][:3], depth
    work.draft.edit(edits)


def _level(name: str) -> int:
    match = re.fullmatch(r"[hH]([1-6])", name)
    return int(match[1]) if match else 0


def _markdown(tag: Tag) -> str | None:
    """Give what stands for one tag, None where it stays."""
    if level := _level(tag.name):
        return "\n\n" if tag.closes else f"\n\n{'#' * level} "
    if tag.name == "span":
        return None
    if tag.name in PLAIN or tag.name in ("ul", "ol"):
        return "\n\n"
    if tag.name == "hr":
        return "\n\n***\n\n"
    return {"li": "\n" if tag.closes else "\n- "}.get(tag.name)


def stopped(work: Work) -> None:
    """Take out what no page here may hold: scripts, styles, frames of other pages."""
    draft = work.draft
    edits = []
    for one in outermost(elements(draft, STOPPED.__contains__)):
        source = one.props.get("src") or one.props.get("data") or ""
        instead = f"[{source}]({source})" if source.startswith("https://") and one.name != "script" else ""
        kept = "a link stands in its place" if instead else "it is left out"
        message = f"<{one.name}>: pages run under a strict policy, which stops it; {kept}"
        draft.note(one.start, message, draft.text[one.start : one.end])
        edits.append(Edit(one.start, one.end, instead))
    draft.edit(edits)


def head(work: Work) -> None:
    """Take off the head of a whole page of HTML; its title is that of the article where there is no other."""
    draft = work.draft
    for one in outermost(elements(draft, lambda name: name == "head")):
        text = draft.text[one.inner : one.outer]
        if title := TITLE.search(text):
            work.head.values.setdefault("title", " ".join(unescape(title[1]).split()))
        draft.note(one.start, "<head> is left out: a page here has its own", text)
        draft.edit([Edit(one.start, one.end, "")])
    draft.sub(DOCTYPE, lambda match: "")


def lone_pictures(work: Work) -> None:
    """Find the pictures that stand in the text, copied beside the article or told."""
    draft = work.draft
    draft.edit(
        _lone(work, tag.start, tag.end, pictures(draft.text[tag.start : tag.end])[0])
        for tag in tags(draft.text)
        if tag.name == "img" and tag.props.get("src") and not draft.is_code(tag.start)
    )
    edits = [
        _lone(work, match.start(), match.end(), pictures(match[0])[0], match[3] or "")
        for match in IMAGE.finditer(draft.text)
        if not draft.is_code(match.start()) and match[2].strip("<>") not in work.files.taken
    ]
    draft.edit(edits)


def _lone(work: Work, start: int, end: int, shown: tuple[str, str, tuple[str, ...], str], caption: str = "") -> Edit:
    """Write one picture: a figure where it has a paragraph to itself, else within the line."""
    target, alt, classes, width = shown
    text = work.draft.text
    before, after = text[text.rfind("\n", 0, start) + 1 : start], text[end:].partition("\n")[0]
    if not before.strip() and not after.strip():
        return work.draft.block(start, end, picture(work, Picture(target, start, alt, caption, classes, width)))
    if file := work.files.take(target):
        marks = "".join(f" .{name}" for name in classes) + (f' width="{width}"' if width else "")
        return Edit(start, end, f"![{alt}]({file})" + (f"{{{marks.strip()}}}" if marks else ""))
    work.draft.note(start, f"picture {target!r} is not beside the source: its words stand in its place")
    return Edit(start, end, f"*{alt or 'picture'}* (picture missing: `{target}`)")
