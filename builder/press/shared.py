"""What all pages of a site share and installed packages make: the fonts and the chart runtime.

They are remembered by the versions of what they are made of: in the store, and in a folder of the user's for the
first build of the next site. A machine without vl-convert takes the newest chart runtime that the store has.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path

import jinja2

from builder import locks
from builder.engine import processes
from builder.press import fonts as font_cutter
from builder.press import vega_runtime
from builder.store import Entry, Store, StoreError

KIND = "shared"
KEPT_S = 7 * 86_400.0
"""How long what was made for another state of the tool, or of a package, is kept after its last use."""
FONTS = "fonts"
MATHS = "maths font"
RUNTIME = "vega"


def fonts(store: Store) -> Mapping[str, bytes]:
    """Return the fonts by file name."""
    return _remembered(store, FONTS, font_cutter.version(), font_cutter.fonts)


def maths_font(store: Store) -> Mapping[str, bytes]:
    """Return the font of formulas by file name."""
    return _remembered(store, MATHS, font_cutter.version_of_formulas(), font_cutter.of_formulas)


def prepare(store: Store, *, maths: bool) -> None:
    """Let copies of this process cut the fonts that this machine has not, while this one goes on.

    Whoever asks for fonts waits for them then.
    """
    wanted = [(FONTS, font_cutter.version(), font_cutter.fonts)]
    if maths:  # those take longest
        wanted.insert(0, (MATHS, font_cutter.version_of_formulas(), font_cutter.of_formulas))
    for name, version, make in wanted:
        key = _key(name, version)
        if store.record(KIND, key) is None and _of_all_sites(key) is None:
            processes.begin(partial(_once, key, name, version, make))


def runtime(store: Store) -> bytes:
    """Return the chart runtime. Raises StoreError where it is neither in the store nor can be made."""
    from importlib.metadata import PackageNotFoundError

    try:
        version = vega_runtime.version()
    except PackageNotFoundError as error:
        newest = _newest(store)
        if newest is None:
            raise StoreError(
                f"the chart runtime is not in {store.folder}, and vl-convert, which makes it, is not installed: "
                "`microscribe store pull`, or `pip install vl-convert-python`"
            ) from error
        version = newest
    made = _remembered(store, RUNTIME, version, lambda: {"vega.js": vega_runtime.runtime()})
    return made["vega.js"]


def keys(store: Store) -> list[tuple[str, str]]:
    """Say under which keys this installation would find the fonts and the runtime in a store."""
    from importlib.metadata import PackageNotFoundError

    version: str | None
    try:
        version = vega_runtime.version()
    except PackageNotFoundError:
        version = _newest(store)
    versions = {FONTS: font_cutter.version(), RUNTIME: version, MATHS: font_cutter.version_of_formulas()}
    keys = {name: _key(name, text) for name, text in versions.items() if text}
    # Sites without formulas have no font for them, and those without figures no runtime.
    return [(KIND, key) for name, key in keys.items() if name == FONTS or store.record(KIND, key) is not None]


def _newest(store: Store) -> str | None:
    """Find the latest version of the chart runtime in a store that has the tool's own part as it is now."""
    records = [store.record(KIND, key) for key in store.keys(KIND)]
    described = [record.meta for record in records if record is not None]
    versions = [str(meta["version"]) for meta in described if meta.get("name") == RUNTIME]
    ours = [text for text in versions if text.endswith(vega_runtime.part())]
    return max(ours, key=lambda text: [int(number) for number in re.findall(r"\d+", text.split()[1])], default=None)


def _key(name: str, version: str) -> str:
    return hashlib.sha256(f"{name}: {version}".encode()).hexdigest()


def _remembered(store: Store, name: str, version: str, make: Callable[[], Mapping[str, bytes]]) -> Mapping[str, bytes]:
    """Make what comes out of installed packages once for each of their versions, on this machine and in this store."""
    key = _key(name, version)
    entry = store.get(KIND, key)
    if entry is None:
        entry = _of_all_sites(key) or _once(key, name, version, make)
        store.put(KIND, key, entry.meta, {digest: entry.read(digest) for digest in entry.meta["files"].values()})
    return {file: entry.read(digest) for file, digest in entry.meta["files"].items()}


def _of_all_sites(key: str) -> Entry | None:
    """Look up what another site of the same user made."""
    with suppress(OSError, StoreError):
        return Store(cache_folder()).get(KIND, key)
    return None


def _once(key: str, name: str, version: str, make: Callable[[], Mapping[str, bytes]]) -> Entry:
    """Make something, or wait for it where another process makes it just now."""
    with ExitStack() as held:
        with suppress(OSError):
            held.enter_context(locks.held(cache_folder() / f"{name}.lock"))
        return _of_all_sites(key) or _made(key, name, version, make)


def _made(key: str, name: str, version: str, make: Callable[[], Mapping[str, bytes]]) -> Entry:
    from builder.store import upkeep

    made = {file: (hashlib.sha256(data).hexdigest(), data) for file, data in make().items()}
    meta = {"name": name, "version": version, "files": {file: digest for file, (digest, _) in made.items()}}
    objects = dict(made.values())
    with suppress(OSError, StoreError):
        cache = Store(cache_folder())
        upkeep.gc(cache, (), [], grace_s=KEPT_S, delete=True)
        cache.put(KIND, key, meta, objects)
    return Entry(meta, objects)


def templates(tool: str) -> jinja2.BytecodeCache | None:
    """Return where compiled templates are kept, by what they say and by the tool; None where nothing can be."""
    folder = cache_folder() / "templates" / tool[:16]
    with suppress(OSError):
        if not folder.is_dir():
            _forget_old(folder.parent)
            folder.mkdir(parents=True, exist_ok=True)
        return jinja2.FileSystemBytecodeCache(str(folder))
    return None


def _forget_old(folder: Path) -> None:
    """Remove what earlier states of the tool compiled, unless that was lately."""
    for old in folder.iterdir() if folder.is_dir() else ():
        if time.time() - old.stat().st_mtime > KEPT_S:
            shutil.rmtree(old, ignore_errors=True)


def cache_folder() -> Path:
    """Return where sites of one user share what packages make: `MICROSCRIBE_CACHE`, or the folder for such files."""
    own = os.environ.get("MICROSCRIBE_CACHE")
    if own:
        return Path(own)
    homes = {"darwin": ("", Path("~/Library/Caches")), "win32": ("LOCALAPPDATA", Path("~/AppData/Local"))}
    variable, usual = homes.get(sys.platform, ("XDG_CACHE_HOME", Path("~/.cache")))
    return Path(os.environ.get(variable) or usual).expanduser() / "microscribe"
