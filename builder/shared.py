"""What all pages of a site share and installed packages make: the fonts and the chart runtime.

Both are remembered in the store by the versions of what they are made of. A machine without
vl-convert takes the newest chart runtime that the store has.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError

from builder import fonts as font_cutter
from builder import vega_runtime
from builder.store import Entry, Store, StoreError

KIND = "shared"
FONTS = "fonts"
RUNTIME = "vega"


def fonts(store: Store) -> Mapping[str, bytes]:
    """Return the fonts by file name."""
    return _remembered(store, FONTS, font_cutter.version(), font_cutter.fonts)


def runtime(store: Store) -> bytes:
    """Return the chart runtime. Raises StoreError where it is neither in the store nor can be made."""
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
    try:
        version = vega_runtime.version()
    except PackageNotFoundError:
        version = _newest(store)
    versions = {FONTS: font_cutter.version(), RUNTIME: version}
    return [(KIND, _key(name, text)) for name, text in versions.items() if text]


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
    """Make what comes out of installed packages once for each of their versions."""
    key = _key(name, version)
    entry = store.get(KIND, key)
    if entry is None:
        made = {file: (hashlib.sha256(data).hexdigest(), data) for file, data in make().items()}
        files = {file: digest for file, (digest, _) in made.items()}
        meta, objects = {"name": name, "version": version, "files": files}, dict(made.values())
        store.put(KIND, key, meta, objects)
        entry = Entry(meta, objects)
    return {file: entry.read(digest) for file, digest in entry.meta["files"].items()}
