"""Which place a setting names."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from builder.errors import UsageError
from builder.settings import Settings
from builder.store.store import Store


def location(text: str, root: Path) -> Path | str:
    """Return the folder (relative ones lie in `root`) or the address that a text names."""
    if text.startswith("file://"):
        return Path(unquote(urlsplit(text).path))
    return text.rstrip("/") if "://" in text else root / os.path.expanduser(text)


def opened(settings: Settings, report: Callable[[str], None]) -> Store:
    """Open the store of a site."""
    where = location(settings.store, settings.root)
    return Store(where, report, None if isinstance(where, Path) else settings.store_folder / "cache")


def partner(settings: Settings, text: str, report: Callable[[str], None]) -> Store:
    """Open the store to push to or pull from: `text`, or the setting `remote`. Raises UsageError without either."""
    text = text or settings.remote
    if not text:
        raise UsageError('which remote? name one, or set `remote = "s3://bucket/folder"` in [tool.microscribe]')
    return Store(location(text, settings.root), report)
