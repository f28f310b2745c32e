"""Search: an index of the finished pages that readers' browsers ask, made by Pagefind.

Templates say by `data-pagefind-*` what of a page can be found: articles, units, and figures by their
captions, on whose own pages `place` names where they stand in their article.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from pathlib import Path

from builder import locks
from builder import memory as memories
from builder.errors import UsageError
from builder.memory import Memory
from builder.output import Output
from builder.press import indexing
from builder.press.searchable import reduced
from builder.store.records import sha256

FOLDER = "pagefind"
START = f"{FOLDER}/pagefind.js"
"""The file that pages load; a site that has it has search."""
_MARK = b"data-pagefind-body"
_LEFT_OUT = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""Pagefind's own looks, which the pages do without."""
_INDEX = "index"
"""The index in the memory, beside the pages, which are called by their files."""


def check() -> None:
    """Raise UsageError where Pagefind is not installed."""
    if importlib.util.find_spec("pagefind") is None or not any(map(importlib.util.find_spec, indexing.PROGRAMS)):
        raise UsageError("search = true needs Pagefind, which is not installed: pip install 'microscribe[search]'")


def write(output: Output, folder: Path) -> None:
    """Write the index of all pages of this build that can be found; `folder` remembers what was read of each.

    Raises UsageError where Pagefind fails.
    """
    with locks.held(folder / "lock"):
        memory = Memory.opened(folder / "pages.json", memories.tool())
        names = sorted(name for name in output.current if name.endswith(".html"))
        texts = {name: text for name in names if (text := _text(output, name, memory))}
        pages = {name: sha256(text.encode()) for name, text in texts.items()}
        last = memory.value(_INDEX, "") or {"pages": {}, "files": {}}
        if last["pages"] == pages and output.has(last["files"]):
            output.use(last["files"])
        else:
            # Whoever is stopped from here on leaves no memory of what lies in the folder.
            memory.path.unlink(missing_ok=True)
            with output.noting() as files:
                _index(texts, _changed(pages, last["pages"]), folder, output, last["files"])
            memory.keep(_INDEX, "", {"pages": pages, "files": output.stamps(files)})
        memory.save()


def _changed(pages: Mapping[str, str], before: Mapping[str, str]) -> set[str] | None:
    """Name the pages that changed; None where there are others than before, since their order counts as well."""
    return {name for name in pages if pages[name] != before[name]} if pages.keys() == before.keys() else None


def there(output: Output) -> bool:
    """Tell whether an earlier build wrote an index."""
    return output.place(START).is_file()


def _text(output: Output, name: str, memory: Memory) -> str:
    """Return what can be found of a page, nothing where it does not say so; one that stands unchanged is not read."""
    key = str(output.stamps([name])[name])
    known = memory.value(name, key)
    if known is None:
        page = output.place(name).read_bytes()
        known = {"text": reduced(page).decode() if _MARK in page else ""}
        memory.keep(name, key, known)
    text: str = known["text"]
    return text


def _index(
    texts: Mapping[str, str], changed: set[str] | None, folder: Path, output: Output, before: Mapping[str, list[int]]
) -> None:
    """Write the files of an index; none where nothing can be found."""
    for name, is_new in indexing.index(str(folder), texts, changed) if texts else ():
        own = f"{FOLDER}/{name}"
        if not is_new and own in before and output.has({own: before[own]}):
            output.use([own])
        elif not name.startswith(_LEFT_OUT):
            output.write(own, (folder / "made" / name).read_bytes())
