"""Let Pagefind index pages; what it wrote of the same words before stands already, and is not written again.

Its index consists of a file for each page and some for the words, each called by the first digits of its digest, and
Pagefind passes over those that it finds. That is right as long as digests that begin alike are equal, so it is made
sure of: each changed page has a new file, and a file of words stands for the same words as before. If not, Pagefind
begins with nothing.
"""

from __future__ import annotations

import gzip
import importlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping, Set
from pathlib import Path
from urllib.parse import unquote

from builder.errors import UsageError

PROGRAMS = ("pagefind_bin_extended", "pagefind_bin")
_SIGN = b"pagefind_dcd"
"""What Pagefind sets before all that it compresses."""
_BY_CONTENT = (".pf_fragment", ".pf_index", ".pf_filter", ".pf_meta")
"""How the files end that are called by what is in them."""


def index(folder: str, pages: Mapping[str, str], changed: Set[str] | None) -> Iterator[tuple[str, bool]]:
    """Yield the name of each file of an index below `made`, and whether it is new.

    `folder` keeps what Pagefind reads and what it writes; `changed` names pages that are not as they lie there, and
    None says that nothing there counts. Raises UsageError where Pagefind fails.
    """
    made = f"{folder}/made"
    if changed is not None and pages.keys() != set(_files(f"{folder}/pages")):
        changed = None
    if changed is None or not _are_plain(made):
        shutil.rmtree(made, ignore_errors=True)
    _lay(f"{folder}/pages", pages, changed)
    before, laid = set(_named(made)), {name for name in _files(made) if name.endswith(_BY_CONTENT)}
    run(folder)
    if laid and not _is_sound(made, laid, before, changed):
        shutil.rmtree(made)
        laid = set()
        run(folder)
    yield from _current(made, laid)


def _lay(folder: str, pages: Mapping[str, str], changed: Set[str] | None) -> None:
    if changed is None:
        shutil.rmtree(folder, ignore_errors=True)
    for name in pages if changed is None else changed:
        path = f"{folder}/{name}"
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as file:
            file.write(pages[name].encode())


def run(folder: str) -> None:
    """Let Pagefind read the `pages` of a folder, and write into `made`."""
    # Its settings may also come from the environment, and must not come from there.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [program(), "--site", "pages", "--output-path", "made", "--keep-index-url"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not Path(folder, "made").is_dir():
        said = (done.stderr or done.stdout).strip().splitlines()
        raise UsageError(f"search = true: Pagefind failed: {said[-1] if said else done.returncode}")


def program() -> str:
    """Find Pagefind's program; `python -m pagefind` would find it too, in a second Python."""
    name = next(filter(importlib.util.find_spec, PROGRAMS))
    return str(importlib.import_module(name).get_executable())


def _are_plain(made: str) -> bool:
    """Tell whether no two files of pages had to be called by more digits than others, to be told apart."""
    return len({len(name) for name in _files(made) if name.startswith("fragment/")}) <= 1


def _is_sound(made: str, laid: Set[str], before: Set[tuple[bytes, str]], changed: Set[str] | None) -> bool:
    """Tell whether each changed page has a new file, and each file of words that stays has its words as before.

    An index is not, either, whose list of contents does not name what was written: its files are of another kind.
    """
    new = {name for name in _files(made) if name.endswith(_BY_CONTENT) and name not in laid}
    written = {_page(f"{made}/{name}") for name in new if name.startswith("fragment/")}
    named = set(_named(made))
    stays = {pair for pair in named if f"index/{pair[1]}.pf_index" in laid}
    return written == changed and stays <= before and set(map(_stem, new)) <= {name for _, name in named}


def _current(made: str, laid: Set[str]) -> Iterator[tuple[str, bool]]:
    """Yield the files of an index, and remove those of the one before that it does not have."""
    names = {name for _, name in _named(made)} if laid else set()
    for name in sorted(_files(made)):
        if name not in laid or not name.endswith(_BY_CONTENT) or _stem(name) in names:
            yield name, name not in laid
        else:
            os.unlink(f"{made}/{name}")


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def _named(made: str) -> Iterator[tuple[bytes, str]]:
    """Yield what an index names in its list of contents, each with what stands before it there, as its words."""
    try:
        with open(f"{made}/pagefind-entry.json", "rb") as file:
            languages = json.load(file)["languages"]
    except FileNotFoundError:
        return
    for language, one in languages.items():
        yield b"", f"pagefind.{one['hash']}"
        listed = _read(f"{made}/pagefind.{one['hash']}.pf_meta")
        parts = re.split(rb"(%s_[0-9a-f]{7,})" % re.escape(language.encode()), listed)
        yield from ((words, name.decode()) for words, name in zip(parts[::2], parts[1::2], strict=False))


def _page(path: str) -> str:
    url: str = json.loads(_read(path))["url"]
    return unquote(url).removeprefix("/")


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return gzip.decompress(file.read()).removeprefix(_SIGN)


def _files(folder: str) -> Iterator[str]:
    """Name the files in a folder; as words, for there are some for every page."""
    for inner, _, names in os.walk(folder):
        above = inner[len(folder) + 1 :].replace(os.sep, "/")
        yield from (f"{above}/{name}" if above else name for name in names)
