"""What a process needs to know of a site before it can measure for it.

The site's own code travels along: a worker needs nothing but Microscribe itself.
"""

from __future__ import annotations

import importlib
import io
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from builder.frozen import frozen

if TYPE_CHECKING:
    from figures.specs import Site

CPUS_PER_WORKER = 4
"""How many processors a worker gets where nobody says how many workers there are to be."""

SCRIPTS, MODULES = "gallery", "site"
#: Folders of sites, and the modules that were there before a site's could be imported.
_opened: dict[Path, frozenset[str]] = {}
KEPT = frozenset({
    "figures", "figures.cards", "figures.endings", "figures.hints", "figures.kept", "figures.kept.checks",
    "figures.kept.hierarchy", "figures.kept.live", "figures.kept.parts", "figures.kept.pictures", "figures.kept.plain",
    "figures.kept.record", "figures.nearest", "figures.parameters", "figures.ranges", "figures.rows",
    "figures.scripts", "figures.signature", "figures.specifications", "figures.specs", "figures.tables",
    "figures.texts", "figures.units",
})  # fmt: skip
"""Modules of the figure library that the builder holds on to: names, parameters and records, standard library only.

They import nothing but each other, and stay in memory when the others are read again.
"""
_SKIPPED = ("__pycache__", "node_modules", "site-packages")


@frozen
class Setup:
    """A site for workers: `code` holds its modules as a zip where they may not see its folder.

    `gallery` is the folder of its figure scripts, if it has one of its own; `device` is empty for
    the best there is; `threads` is how many a worker may use, 0 for all it is given.
    """

    site: Site | None
    gallery: Path | None
    device: str
    precision: str
    threads: int = 0
    code: bytes = b""


def processors() -> int:
    """Count the processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def extend_gallery(folder: Path) -> None:
    """Let scripts in a site's own folder be imported as part of the gallery, before ours of the same name."""
    from figures import gallery

    if folder.is_dir() and str(folder) not in gallery.__path__:
        gallery.__path__.insert(0, str(folder))


def has_own_scripts(folder: Path) -> bool:
    """Tell whether a folder holds figure scripts that are not those of this library."""
    from figures import gallery

    return any(folder.glob("*.py")) and Path(gallery.__path__[-1]).resolve() != folder.resolve()


def open_modules(root: Path) -> None:
    """Let a site's scripts import the modules that lie in its folder, behind everything installed."""
    if str(root) not in sys.path:
        sys.path.append(str(root))
        _opened[root] = frozenset(sys.modules)


def forget_figures() -> None:
    """Drop the figure library and the modules of sites from memory, so that edited scripts are read again."""
    for name, module in list(sys.modules.items()):
        if name not in KEPT and (name.startswith("figures.") or _is_of_a_site(name, module)):
            del sys.modules[name]
            _unlink(name)
    for root in _opened:
        sys.path.remove(str(root))
    _opened.clear()
    importlib.invalidate_caches()


def _unlink(name: str) -> None:
    """Take a module out of its package too, where that stays: what is imported from there would be the old one."""
    package, _, own = name.rpartition(".")
    if package in KEPT:
        vars(sys.modules[package]).pop(own, None)


def _is_of_a_site(name: str, module: object) -> bool:
    file = Path(getattr(module, "__file__", None) or "/")
    return name.partition(".")[0] != "builder" and any(
        name not in before and file.is_relative_to(root) and "site-packages" not in file.relative_to(root).parts
        for root, before in _opened.items()
    )


def packed(root: Path | None, gallery: Path | None) -> bytes:
    """Zip the Python files of a site: its figure scripts, and the modules below its root."""
    import zipfile

    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, folder in ((SCRIPTS, gallery), (MODULES, root)):
            if folder is None or not folder.is_dir():
                continue
            for path in _modules(folder):
                info = zipfile.ZipInfo(f"{name}/{path.relative_to(folder).as_posix()}")
                archive.writestr(info, path.read_bytes(), zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _modules(folder: Path) -> Iterator[Path]:
    """Find Python files, but not those of environments, of hidden folders and of Microscribe itself."""
    builder = Path(__file__).resolve().parents[1]
    ours = (builder, builder.parent / "figures")
    if folder.resolve() == builder.parent or any(folder.resolve().is_relative_to(one) for one in ours):
        return
    for place, folders, files in os.walk(folder):
        here = Path(place)
        folders[:] = sorted(name for name in folders if _is_own(here / name) and (here / name).resolve() not in ours)
        yield from (here / name for name in sorted(files) if name.endswith(".py"))


def _is_own(folder: Path) -> bool:
    return folder.name not in _SKIPPED and folder.name[0] != "." and not (folder / "pyvenv.cfg").exists()
