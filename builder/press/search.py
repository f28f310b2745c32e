"""Search: an index of the finished pages that readers' browsers ask, made by Pagefind.

Templates say by `data-pagefind-*` what of a page can be found: articles, units, and figures by their
captions, on whose own pages `place` names where they stand in their article.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import subprocess
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from builder import memory as memories
from builder.errors import UsageError
from builder.memory import Memory, digest
from builder.output import Output
from builder.press.searchable import reduced
from builder.store.records import sha256

FOLDER = "pagefind"
START = f"{FOLDER}/pagefind.js"
"""The file that pages load; a site that has it has search."""
_MARK = b"data-pagefind-body"
_PROGRAMS = ("pagefind_bin_extended", "pagefind_bin")
_LEFT_OUT = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""Pagefind's own looks, which the pages do without."""


def check() -> None:
    """Raise UsageError where Pagefind is not installed."""
    if importlib.util.find_spec("pagefind") is None or not any(map(importlib.util.find_spec, _PROGRAMS)):
        raise UsageError("search = true needs Pagefind, which is not installed: pip install 'microscribe[search]'")


def write(output: Output, folder: Path) -> None:
    """Write the index of all pages of this build that can be found; `folder` remembers what was read of each.

    Raises UsageError where Pagefind fails.
    """
    memory = Memory.opened(folder / "pages.json", memories.tool())
    names = sorted(name for name in output.current if name.endswith(".html"))
    texts = {name: text for name in names if (text := _text(output, name, memory))}
    memory.once(
        "index", digest(*texts, sha256("".join(texts.values()).encode())), output, lambda: _index(texts, output)
    )
    memory.save()


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


def _index(texts: Mapping[str, str], output: Output) -> None:
    """Let Pagefind read the pages, and write its files; none where nothing can be found."""
    if not texts:
        return
    with tempfile.TemporaryDirectory(prefix="microscribe-") as folder:
        for name, text in texts.items():
            path = f"{folder}/pages/{name}"
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(text.encode())
        _run(folder)
        for name, path in sorted(_files(f"{folder}/made")):
            if not name.startswith(_LEFT_OUT):
                with open(path, "rb") as file:
                    output.write(f"{FOLDER}/{name}", file.read())


def _files(folder: str) -> Iterator[tuple[str, str]]:
    """Name the files in a folder, and say where each is; as words, for there are some for every page."""
    for inner, _, names in os.walk(folder):
        for name in names:
            yield os.path.join(inner, name)[len(folder) + 1 :].replace(os.sep, "/"), os.path.join(inner, name)


def _run(folder: str) -> None:
    # Its settings may also come from the environment, and must not come from there.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [_program(), "--site", "pages", "--output-path", "made", "--keep-index-url"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not Path(folder, "made").is_dir():
        said = (done.stderr or done.stdout).strip().splitlines()
        raise UsageError(f"search = true: Pagefind failed: {said[-1] if said else done.returncode}")


def _program() -> str:
    """Find Pagefind's program; `python -m pagefind` would find it too, in a second Python."""
    name = next(filter(importlib.util.find_spec, _PROGRAMS))
    return str(importlib.import_module(name).get_executable())
