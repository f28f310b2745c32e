"""Distill's own elements: `<d-cite key="a,b">`, `<d-footnote>`, `<d-math>`, `<d-code>`, `<d-front-matter>`."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Callable

import yaml

from builder.importers import references
from builder.importers.draft import Edit
from builder.importers.tags import Element, elements, outermost
from builder.importers.work import Work

KEY = re.compile(r"[A-Za-z0-9_](?:[\w:.#$%&+?<>~/-]*\w)?")
LISTS = frozenset(
    {"d-citation-list", "d-footnote-list", "d-contents", "d-toc", "distill-header", "distill-footer", "d-byline"}
)
"""What a page here has by itself."""
FRAMES = frozenset({"d-title", "d-abstract", "d-appendix", "d-interstitial", "d-slider"})
CITES = frozenset({"d-cite", "dt-cite"})
NOTES = frozenset({"d-footnote", "dt-fn"})


def cited(keys: str) -> str:
    """Cite works by a list of keys with commas between."""
    named = ["-".join(KEY.findall(key)) for key in re.split(r"[,;\s]+", keys) if key.strip()]
    return f"[{'; '.join(f'@{key}' for key in named)}]" if named else ""


def heads(work: Work) -> None:
    """Read the head and the bibliography that stand in elements of their own."""
    draft = work.draft
    edits = []
    for one in outermost(elements(draft, lambda name: name in ("d-front-matter", "d-bibliography", "script"))):
        text, kind = draft.text[one.inner : one.outer], one.props.get("type", "")
        if one.name == "d-front-matter" or kind in ("text/front-matter", "text/yaml"):
            _front(work, re.sub(r"</?script[^>]*>", "", text))
        elif kind == "text/bibliography" or "@" in text and one.name == "d-bibliography":
            work.works |= references.entries(re.sub(r"</?script[^>]*>", "", text))
        elif one.name == "d-bibliography" and one.props.get("src"):
            work.head.values.setdefault("bibliography", one.props["src"])
        else:
            continue
        edits.append(Edit(one.start, one.end, ""))
    draft.edit(edits)


def _front(work: Work, text: str) -> None:
    try:
        values = json.loads(text) if text.strip().startswith("{") else yaml.safe_load(text)
    except (ValueError, yaml.YAMLError) as error:
        work.draft.note(0, f"the head cannot be read: {' '.join(str(error).split())}", text)
        return
    work.head.values |= {key: value for key, value in (values or {}).items() if key not in work.head.values}


def inline(work: Work) -> None:
    """Turn what stands within a line: citations, formulas, code; then notes, which hold those."""
    _each(work, lambda name: name in CITES, _cite)
    _each(work, lambda name: name == "d-math", _math)
    _each(work, lambda name: name == "d-code", _code)
    _each(work, lambda name: name in NOTES, _note)


def _each(work: Work, wanted: Callable[[str], bool], write: Callable[[Work, Element], Edit]) -> None:
    work.draft.edit([write(work, one) for one in outermost(elements(work.draft, wanted))])


def _cite(work: Work, one: Element) -> Edit:
    keys = one.props.get("key") or one.props.get("bibtex-key") or one.props.get("bibtexkey") or ""
    before = work.draft.text[one.start - 1 : one.start]
    said = work.draft.text[one.inner : one.outer].strip()
    if said:
        work.draft.note(one.start, "a citation's own words are left out", said)
    return Edit(one.start, one.end, (" " if before.isalnum() or before in (")", "]", "”") else "") + cited(keys))


def _math(work: Work, one: Element) -> Edit:
    text = work.draft.text[one.inner : one.outer].strip()
    if "block" in one.props:
        return work.draft.block(one.start, one.end, f"$$\n{text}\n$$")
    return Edit(one.start, one.end, f"${' '.join(text.split())}$")


def _code(work: Work, one: Element) -> Edit:
    text = textwrap.dedent(work.draft.text[one.inner : one.outer]).strip("\n").rstrip()
    if "block" in one.props or "\n" in text:
        return work.draft.block(one.start, one.end, f"```{one.props.get('language', '')}\n{text}\n```")
    return Edit(one.start, one.end, f"`{text.strip()}`")


def _note(work: Work, one: Element) -> Edit:
    before = work.draft.text[: one.start]
    start = len(before.rstrip(" ")) if not before.endswith("\n") else one.start
    return Edit(start, one.end, f"^[{' '.join(work.draft.text[one.inner : one.outer].split())}]")


def frames(work: Work) -> None:
    """Take off what a page here has by itself."""
    draft = work.draft
    edits = []
    for one in outermost(elements(draft, LISTS.__contains__)):
        draft.note(one.start, f"<{one.name}> is left out: a page here has its own", draft.text[one.inner : one.outer])
        edits.append(Edit(one.start, one.end, ""))
    draft.edit(edits)
    for one in reversed(elements(draft, FRAMES.__contains__)):
        draft.edit([Edit(one.start, one.inner, "\n\n"), Edit(one.outer, one.end, "\n\n")])
