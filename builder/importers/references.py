"""Works that a source cites: its bibliography, entries that it lacks, footnotes that are references really."""

from __future__ import annotations

import re
from pathlib import Path

from builder.importers.draft import Remark
from builder.importers.work import Work
from builder.read import bibtex
from builder.read.markdown.citations import GROUP, ITEM
from builder.read.markdown.cross_references import is_label

FILE = "works.bib"
NOTE = re.compile(r"^\[\^([^\]\s]+)\]:[ \t]*((?:[^\n]*)(?:\n[ \t]+[^\n]+)*)\n?", re.MULTILINE)
ARXIV = re.compile(r"arxiv\.org/(?:abs|pdf)/(\d{4}\.\d{4,5}|[a-z-]+/\d{7})", re.IGNORECASE)
DOI = re.compile(r"(?:doi\.org/|doi:\s*)(10\.\d{4,}/[^\s)\]>]*[^\s)\]>.,;])", re.IGNORECASE)
WORK = re.compile(
    r"(?P<authors>[^()]{3,300}?)\s*\((?P<year>(?:19|20)\d\d)[a-z]?\)[.,]?\s*(?P<title>[^.?!]{4,300}[?!]?)"
)
ADDRESS = re.compile(r",?\s*(?:Retrieved from\s*)?<?https?://\S+")
LEFT_TO_SAY = "named in the source without its entry; to be completed"


def entries(text: str) -> dict[str, str]:
    """Read a bibliography into its entries, as they are written, by key."""
    read, _ = bibtex.parsed(text, Path(FILE))
    return {key: entry.text for key, entry in read.items()}


def footnotes(work: Work) -> None:
    """Offer footnotes that hold the address of a paper as entries; cite them where that is asked for."""
    draft = work.draft
    offered: dict[str, str] = {}
    for match in NOTE.finditer(draft.text):
        words = " ".join(match[2].split())
        if draft.is_code(match.start()) or not (ARXIV.search(words) or DOI.search(words)) or words.count("http") > 1:
            continue
        key, entry = _entry(words, {*work.works, *offered.values()})
        offered[match[1]] = key
        if work.cites:
            work.works[key] = entry
        else:
            draft.note(
                match.start(), f"footnote {match[1]!r} is a work: --cite makes [@{key}] of it, with this entry", entry
            )
    if work.cites and offered:
        draft.sub(NOTE, lambda match: "" if match[1] in offered else None)
        mark = re.compile(r"(?<=(\w))?\[\^([^\]\s]+)\](?!:)")
        draft.sub(mark, lambda m: f"{' ' if m[1] else ''}[@{offered[m[2]]}]" if m[2] in offered else None)


def _entry(words: str, taken: set[str]) -> tuple[str, str]:
    """Read a reference as it is set in print: authors, year, title, address."""
    arxiv, doi, read = ARXIV.search(words), DOI.search(words), WORK.match(words)
    title = read["title"].strip() if read else ADDRESS.sub("", words).strip(" .,")
    fields = {"title": title}
    if read:
        fields |= {"author": _people(read["authors"]), "year": read["year"]}
    fields |= {"eprint": arxiv[1], "archiveprefix": "arXiv"} if arxiv else {}
    fields |= {"doi": doi[1]} if doi else {}
    first = re.sub(r"\W", "", (read["authors"].split(",")[0].split()[-1] if read else "work")).lower()
    word = next((part for part in re.findall(r"[a-z]+", title.lower()) if len(part) > 3), "")
    key = base = f"{first}{read['year'] if read else ''}{word}"
    number = 2
    while key in taken:
        key, number = f"{base}{number}", number + 1
    body = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return key, f"@article{{{key},\n{body}}}" if arxiv else f"@misc{{{key},\n{body}}}"


def _people(text: str) -> str:
    """Part "Zeiler, M. D., & Fergus, R." into people."""
    people = re.split(r"(?<=\.),?\s*(?:&|and)\s*|(?<=\.),\s+(?=[^\W\d_]{2,})|\s+&\s+|\s+and\s+", text.strip(" ,"))
    return " and ".join(one.strip(" ,&") for one in people if one.strip(" ,&"))


def cited(work: Work) -> list[str]:
    """List the keys that the text cites, in their order."""
    keys: dict[str, None] = {}
    for match in GROUP.finditer(work.draft.text):
        items = [ITEM.fullmatch(item.strip()) for item in match[1].split(";")]
        if all(items) and not work.draft.is_code(match.start()):
            keys |= dict.fromkeys(item["key"] for item in items if item)
    return [key for key in keys if not is_label(key)]


def bibliography(work: Work, beside: str) -> tuple[str, str]:
    """Give the name of the article's bibliography and what is to stand in it, "" where it cites nothing.

    `beside` is what stands there already, which is only added to.
    """
    named = str(work.head.values.get("bibliography") or "")
    old = work.files.find(named) if named else _only(work)
    name = old.name if old else FILE
    if old:
        work.files.taken.pop(old.name, None)
    text = beside or (old.read_text("utf-8", errors="replace") if old else "")
    known = entries(text)
    lacking = {key: entry for key, entry in work.works.items() if key not in known}
    lacking |= {key: _unknown(key) for key in cited(work) if key not in known and key not in lacking}
    unknown = [key for key in cited(work) if LEFT_TO_SAY in {**known, **lacking}[key]]
    if unknown:
        where = f"the bibliography lacks {len(unknown)} of the works cited, which {name} has without words now"
        work.draft.remarks.append(Remark(1, f"{where}: complete them there", "\n".join(unknown)))
    added = "\n\n".join(lacking.values())
    whole = "\n\n".join(filter(None, [text.rstrip("\n"), added]))
    return (name, whole + "\n") if whole else ("", "")


def _only(work: Work) -> Path | None:
    """Find the one bibliography beside the source, if the text cites anything."""
    found = sorted(work.files.source.parent.glob("*.bib")) if cited(work) else []
    return found[0] if len(found) == 1 else None


def _unknown(key: str) -> str:
    return f"@misc{{{key},\n  title = {{{key}}},\n  note = {{{LEFT_TO_SAY}}},\n}}"
