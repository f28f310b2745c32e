"""Tags in a text, of HTML and of JSX: `<img src="a.png">`, `<Neuron layer="mixed3b" neuron={379} />`.

The standard library's parser of HTML knows nothing of values in braces, nor of capitals in names.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from builder.frozen import frozen
from builder.importers.draft import Draft

BEGIN = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
PROP = re.compile(r"\s*([A-Za-z_@:][\w.:-]*)(\s*=\s*)?")
QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|([^\s\"'{}<>]+)")
END = re.compile(r"\s*(/?)>")
VOID = frozenset({"img", "br", "hr", "meta", "link", "source", "input", "wbr"})
BREAK = re.compile(r"\n[ \t]*\n|\Z")


@frozen
class Tag:
    """One tag; values in braces are those of `props` without the braces."""

    name: str
    props: dict[str, str]
    start: int
    end: int
    closes: bool = False
    alone: bool = False


@frozen
class Element:
    """A tag and all up to the one that closes it; `inner` is where its content begins, `outer` where that ends."""

    name: str
    props: dict[str, str]
    start: int
    inner: int
    outer: int
    end: int


def tags(text: str) -> Iterator[Tag]:
    """List the tags of a text in their order; those in remarks are none."""
    remarks = [match.span() for match in COMMENT.finditer(text)]
    for match in BEGIN.finditer(text):
        if any(start <= match.start() < end for start, end in remarks):
            continue
        read = _props(text, match.end())
        if read is not None:
            props, end, alone = read
            yield Tag(match[2], props, match.start(), end, bool(match[1]), alone or match[2] in VOID)


def _props(text: str, at: int) -> tuple[dict[str, str], int, bool] | None:
    """Read to the end of a tag; None where it is none."""
    props: dict[str, str] = {}
    while True:
        if end := END.match(text, at):
            return props, end.end(), bool(end[1])
        name = PROP.match(text, at)
        if name is None or (at == name.start(1) and props):
            return None
        at, value = name.end(), ""
        if name[2]:
            read = _value(text, at)
            if read is None:
                return None
            value, at = read
        props[name[1]] = value


def _value(text: str, at: int) -> tuple[str, int] | None:
    if text[at : at + 1] == "{":
        end = braced(text, at)
        return (text[at + 1 : end - 1].strip(), end) if end else None
    match = QUOTED.match(text, at)
    return (unescape(match[1] or match[2] or match[3] or ""), match.end()) if match else None


def braced(text: str, at: int) -> int:
    """Give the place behind the brace that closes the one here, 0 where none does."""
    depth = 0
    for place in range(at, len(text)):
        depth += {"{": 1, "}": -1}.get(text[place], 0)
        if depth == 0:
            return place + 1
    return 0


def elements(draft: Draft, wanted: Callable[[str], bool]) -> list[Element]:
    """List elements by name, outermost first; one that is not closed goes to the next empty line."""
    open_: list[Tag] = []
    found: list[Element] = []
    for tag in tags(draft.text):
        if not wanted(tag.name) or draft.is_code(tag.start):
            continue
        if tag.alone:
            found.append(Element(tag.name, tag.props, tag.start, tag.end, tag.end, tag.end))
        elif not tag.closes:
            open_.append(tag)
        elif any(one.name == tag.name for one in open_):
            while (one := open_.pop()).name != tag.name:
                found.append(_unclosed(draft.text, one, tag.start))
            found.append(Element(one.name, one.props, one.start, one.end, tag.start, tag.end))
    found += [_unclosed(draft.text, one, len(draft.text)) for one in open_]
    return sorted(found, key=lambda one: (one.start, -one.end))


def _unclosed(text: str, tag: Tag, limit: int) -> Element:
    gap = BREAK.search(text, tag.end)
    end = min(gap.start() if gap else limit, limit)
    return Element(tag.name, tag.props, tag.start, tag.end, end, end)


def outermost(found: list[Element]) -> Iterator[Element]:
    """Leave out elements within others of the list."""
    end = 0
    for one in found:
        if one.start >= end:
            end = one.end
            yield one
