"""Citations: `[@a; see @b, p. 3]`, `@a` in a sentence, `@a [p. 3]`, `[-@a]`, `` {cite}`a,b` ``."""

from __future__ import annotations

import re
from dataclasses import replace

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from builder.frozen import frozen
from builder.plan.catalogue.nearest import nearest
from builder.read.markdown import cross_references
from builder.read.markdown.explained import Explained
from builder.read.markdown.lines import line_at
from builder.read.markdown.source import Source, source_of

EXPLAINED = Explained(
    title="Citations",
    text="Works come from the BibTeX file of the article. In brackets they make a mark, without them a name in "
    "the sentence; what stands before and behind the key is printed, and a minus leaves the names out.",
    example="""\
As @olah2020zoom say [see @marr, ch. 2; @geirhos2019], or [-@marr], or {cite}`marr,geirhos2019`.""",
    roles=("cite",),
    alone=False,
)

KEY = r"[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*\w)?"
BRACED = r"\{[^{}\s]{1,200}\}"
ITEM = re.compile(rf"(?P<prefix>[^@]*?)(?P<unnamed>-?)@(?P<key>{KEY}|{BRACED})(?P<locator>[^@]*)", re.DOTALL)
NARRATIVE = re.compile(rf"@({KEY}|{BRACED})")
BARE = re.compile(rf"-?@(?:{KEY}|{BRACED})")
PARTS = re.compile(r"\s*[;,]\s*|\s+(?=-?@)")
GROUP = re.compile(r"\[([^\[\]]*@[^\[\]]*)\](?![(\[{])")
LOCATOR = re.compile(
    r"[ \n]\[((?:pp?|ch|chap|chapter|sec|section|fig|figs|figure|tab|table|eq|app|appendix|vol|part|line|note|§)"
    r"[. \d][^\[\]@]*|§[^\[\]@]*|\d[\d,–\- ]*)\](?![(\[{:])",
    re.IGNORECASE,
)
"""What stands in brackets behind a work in a sentence and is a place in it, not any remark."""
YEAR = re.compile(r"[A-Za-z].*(1[5-9]|20)\d\d")


@frozen
class Item:
    """One work of a citation as written."""

    key: str
    prefix: str = ""
    locator: str = ""
    unnamed: bool = False


def install(md: MarkdownIt) -> None:
    """Read groups before links, and keys in a sentence last."""
    md.inline.ruler.before("link", "citation", group)
    md.inline.ruler.push("narrative_citation", narrative)


def role(state: StateInline, content: str, line: int) -> None:
    """Cite a list of keys."""
    _push(state, [Item(key.strip()) for key in content.split(",") if key.strip()], line)


def cite(state: StateInline, content: str, like: Item, narrative: bool, line: int) -> None:
    """Cite a list of keys as TeX does: what stands before the first, the place in the last of them."""
    items = [Item(key.strip(), unnamed=like.unnamed) for key in content.split(",") if key.strip()]
    items[:1] = [replace(item, prefix=like.prefix) for item in items[:1]]
    items[-1:] = [replace(item, locator=like.locator) for item in items[-1:]]
    _push(state, items, line, narrative)


def group(state: StateInline, silent: bool) -> bool:
    """Read `[@a; @b, p. 3]`."""
    if state.src[state.pos] != "[":
        return False
    match = GROUP.match(state.src, state.pos, state.posMax)
    if match is None or not (items := _items(match[1])):
        return False
    if not silent:
        _push_group(state, items)
    state.pos = match.end()
    return True


def _items(text: str) -> list[Item]:
    """Read the works of a group; none where one of them is no work."""
    items = [_item(part) for part in _parts(text)]
    return [item for item in items if item] if all(items) else []


def _parts(text: str) -> list[str]:
    """Part a group at its semicolons; keys alone may have commas or spaces between."""
    bare = [part for part in PARTS.split(text.strip()) if part]
    return bare if len(bare) > 1 and all(map(BARE.fullmatch, bare)) else text.split(";")


def _key(written: str, source: Source) -> str:
    """Give a key without braces, a label of a thing as it is here: `fig:a` and `Fig-a` are `fig-a`."""
    key = written.strip("{}")
    return key if key in source.works else cross_references.written(key)


def _item(text: str) -> Item | None:
    match = ITEM.fullmatch(text.strip())
    if match is None or (match["prefix"] and not match["prefix"][-1].isspace()):
        return None
    locator = match["locator"]
    if locator and locator[0] not in ", \n":
        return None
    prefix, place = " ".join(match["prefix"].split()), " ".join(locator.lstrip(", \n").split())
    return Item(match["key"], prefix, place, bool(match["unnamed"]))


def _push_group(state: StateInline, items: list[Item]) -> None:
    """Put a citation; a list of labels becomes cross-references with a comma between."""
    line = line_at(state)
    items = [replace(item, key=_key(item.key, source_of(state.env))) for item in items]
    if not any(cross_references.is_label(item.key) for item in items):
        _push(state, items, line)
        return
    for number, item in enumerate(items):
        before = (", " if number else "") + (f"{item.prefix} " if item.prefix else "")
        if before:
            state.push("text", "", 0).content = before
        if cross_references.is_label(item.key):
            cross_references.push(state, item.key, line)
        else:
            _push(state, [Item(item.key)], line)
        if item.locator:
            state.push("text", "", 0).content = f", {item.locator}"


def _push(state: StateInline, items: list[Item], line: int, narrative: bool = False) -> None:
    token = state.push("citation", "", 0)
    token.content = items[0].key if items else ""
    token.meta = {"items": tuple(items), "narrative": narrative, "line": line}


def narrative(state: StateInline, silent: bool) -> bool:
    """Read `@key` where a word begins: a label, a known key, or what looks like a key."""
    if state.src[state.pos] != "@" or _inside_word(state):
        return False
    match = NARRATIVE.match(state.src, state.pos, state.posMax)
    source = source_of(state.env)
    key = _key(match[1], source) if match else ""
    if match is None or not _is_meant(key, source):
        if not silent and key and (told := cross_references.strange(key)):
            source.problem(line_at(state), told, warning=True)
        return False
    label = cross_references.is_label(key)
    locator = None if label else LOCATOR.match(state.src, match.end(), state.posMax)
    if not silent and label:
        cross_references.push(state, key, line_at(state))
    elif not silent:
        place = " ".join(locator[1].split()) if locator else ""
        _push(state, [Item(key, locator=place)], line_at(state), narrative=True)
    state.pos = (locator or match).end()
    return True


def _inside_word(state: StateInline) -> bool:
    before = state.src[state.pos - 1] if state.pos else " "
    return before.isalnum() or before in "._-+/@"


def _is_meant(key: str, source: Source) -> bool:
    return cross_references.is_label(key) or key in source.works or bool(YEAR.match(key))


def known(items: tuple[Item, ...], source: Source, line: int) -> list[Item]:
    """Keep the works that the bibliography has; report the others."""
    for item in items:
        if item.key not in source.works:
            source.problem(line, _unknown(item.key, source))
            continue
        entry = source.works[item.key]
        for mistake in entry.mistakes:
            source.tell(entry.place, f"bibliography: {item.key}: {mistake}", warning=True)
    return [item for item in items if item.key in source.works]


def _unknown(key: str, source: Source) -> str:
    if not source.has_bibliography:
        return f"citation {key!r}: the article has no bibliography; name one in the front matter"
    return f"no work {key!r} in the bibliography{nearest(key, source.works)}"
