"""Search: an index of the finished pages that readers' browsers ask, made by Pagefind.

Templates say by `data-pagefind-*` what of a page can be found: articles, units, and figures by their
captions, on whose own pages `place` names where they stand in their article.
"""

from __future__ import annotations

import hashlib
import importlib.util
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from builder.cache import cached
from builder.errors import UsageError
from builder.output import Output

FOLDER = "pagefind"
START = f"{FOLDER}/pagefind.js"
"""The file that pages load; a site that has it has search."""
_MARK = b"data-pagefind-body"
_PROGRAMS = ("pagefind_bin", "pagefind_bin_extended")
_LEFT_OUT = ("pagefind-ui", "pagefind-modular-ui", "pagefind-component-ui", "pagefind-highlight")
"""Pagefind's own looks, which the pages do without."""


def check() -> None:
    """Raise UsageError where Pagefind is not installed."""
    if importlib.util.find_spec("pagefind") is None or not any(map(importlib.util.find_spec, _PROGRAMS)):
        raise UsageError("search = true needs Pagefind, which is not installed: pip install 'microscribe[search]'")


def write(output: Output, folder: Path) -> None:
    """Write the index of all pages of this build that can be found; `folder` remembers the last one.

    Raises UsageError where Pagefind fails.
    """
    pages = {name: output.place(name).read_bytes() for name in sorted(output.current) if name.endswith(".html")}
    for name, data in _remembered({name: data for name, data in pages.items() if _MARK in data}, folder).items():
        output.write(f"{FOLDER}/{name}", data)


def there(output: Output) -> bool:
    """Tell whether an earlier build wrote an index."""
    return output.place(START).is_file()


def _remembered(pages: Mapping[str, bytes], folder: Path) -> dict[str, bytes]:
    import zipfile

    path = folder / _key(pages)
    index = cached(path, lambda: _packed(_indexed(pages)))
    for other in folder.iterdir():
        if other != path:
            other.unlink(missing_ok=True)
    with zipfile.ZipFile(io.BytesIO(index)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _key(pages: Mapping[str, bytes]) -> str:
    key = hashlib.sha256(f"{_version()} {_LEFT_OUT}".encode())
    for name, data in pages.items():
        key.update(f"\0{name}\0{len(data)}\0".encode() + data)
    return key.hexdigest()


def _version() -> str:
    import importlib.metadata

    installed = [name for name in ("pagefind", *_PROGRAMS) if importlib.util.find_spec(name)]
    return " ".join(f"{name} {importlib.metadata.version(name)}" for name in installed)


def _indexed(pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Let Pagefind read the pages; return its files by name, none where nothing can be found."""
    if not pages:
        return {}
    with tempfile.TemporaryDirectory(prefix="microscribe-") as folder:
        for name, data in pages.items():
            path = Path(folder, "pages", name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        _run(folder)
        made = Path(folder, "made")
        files = {path.relative_to(made).as_posix(): path for path in sorted(made.rglob("*")) if path.is_file()}
        return {name: path.read_bytes() for name, path in files.items() if not name.startswith(_LEFT_OUT)}


def _run(folder: str) -> None:
    # Its settings may also come from the environment, and must not come from there.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PAGEFIND_")}
    command = [sys.executable, "-P", "-m", "pagefind", "--site", "pages", "--output-path", "made", "--keep-index-url"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    if done.returncode or not Path(folder, "made").is_dir():
        said = (done.stderr or done.stdout).strip().splitlines()
        raise UsageError(f"search = true: Pagefind failed: {said[-1] if said else done.returncode}")


def _packed(files: Mapping[str, bytes]) -> bytes:
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()
