"""Obsidian: links and pictures between double brackets, marked words, remarks between percent signs, tags."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from builder.importers.boxes import Picture, picture
from builder.importers.links import slug_of
from builder.importers.work import Work

LINK = re.compile(r"(!?)\[\[(?!_?toc_?\]\])([^\[\]|#\n]*)(?:#([^\[\]|\n]*))?(?:\|([^\[\]\n]*))?\]\]", re.IGNORECASE)
REMARK = re.compile(r"%%(.*?)%%\n?", re.DOTALL)
MARKED = re.compile(r"==(?=\S)([^=\n]+?)(?<=\S)==")
BLOCK = re.compile(r"[ \t]+\^[\w-]+[ \t]*$", re.MULTILINE)
TAGS = re.compile(r"^(?:#[A-Za-z][\w/-]*[ \t]*)+$\n?", re.MULTILINE)
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".avif", ".bmp"})
VAULT = ".obsidian"
"""The folder at the top of a vault."""


def convert(work: Work) -> None:
    """Turn what has a counterpart here."""
    draft = work.draft
    draft.sub(REMARK, lambda match: _remark(work, match))
    draft.sub(TAGS, lambda match: _tags(work, match))
    draft.sub(LINK, lambda match: _link(work, match))
    draft.sub(MARKED, lambda match: f"<mark>{match[1]}</mark>")
    draft.sub(BLOCK, lambda match: _block(work, match))


def _remark(work: Work, match: re.Match[str]) -> str:
    work.draft.note(match.start(1), "a remark of the author's, which no page shows, is left out", match[1])
    return ""


def _tags(work: Work, match: re.Match[str]) -> str:
    """Put tags that stand alone into the head."""
    there = work.head.values.get("tags") or []
    several = there if isinstance(there, Iterable) else [there]
    known = there.replace(",", " ").split() if isinstance(there, str) else [str(tag) for tag in several]
    named = [tag.lstrip("#") for tag in match[0].split()]
    work.head.values["tags"] = list(dict.fromkeys([*known, *named]))
    return ""


def _link(work: Work, match: re.Match[str]) -> str:
    name, place, words = match[2].strip(), match[3] or "", (match[4] or "").strip()
    if match[1] and Path(name).suffix.lower() in PICTURES:
        return _picture(work, match.start(), name, words)
    suffix = Path(name).suffix
    said = words or (f"{name}, {place}" if name and place and not place.startswith("^") else name or place)
    if match[1]:
        work.draft.note(match.start(), f"{match[0]!r}: what it would show stays where it is; a link leads to it")
    if re.fullmatch(r"\.\w{2,4}", suffix) and suffix != ".md":
        return f"[{said}]({work.files.take(str(_found(work, name))) or name.replace(' ', '%20')})"
    file = f"{slug_of(f'{name}.md')}.md" if name else ""
    return f"[{said}]({file}{f'#{_anchor(place)}' if place and not place.startswith('^') else ''})"


def _picture(work: Work, at: int, name: str, words: str) -> str:
    """Show a picture; behind the bar stands how wide it is, or what it shows."""
    width = re.match(r"(\d+)(?:x\d+)?$", words)
    shown = Picture(str(_found(work, name)), at, "" if width else words, width=width[1] if width else "")
    text = work.draft.text
    alone = not text[text.rfind("\n", 0, at) + 1 : at].strip()
    written = picture(work, shown)
    return written if alone else f"\n\n{written}\n\n"


def _found(work: Work, name: str) -> str:
    """Look for a file in the whole vault, as Obsidian does; else its name."""
    if work.files.find(name):
        return name
    folder = work.files.source.resolve().parent
    top = next((above for above in (folder, *folder.parents) if (above / VAULT).is_dir()), folder)
    found = sorted(file for file in top.rglob(Path(name).name) if file.is_file())
    return Path(os.path.relpath(found[0], folder)).as_posix() if found else name


def _anchor(heading: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", heading.lower()).strip("-")


def _block(work: Work, match: re.Match[str]) -> str:
    work.draft.note(match.start(), f"{match[0].strip()!r} is left out: places of a page are called by headings here")
    return ""
