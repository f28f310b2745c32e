"""Which place a setting names."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote, urlsplit

from builder.errors import UsageError
from builder.settings import NAMES, Settings, no_place, rooms
from builder.store.store import Store


def location(text: str, root: Path) -> Path | str:
    """Return the folder (relative ones lie in `root`) or the address that a text names; raises UsageError for none."""
    if message := no_place(text):
        raise UsageError(f"{text!r}: {message}")
    if text.startswith("file://"):
        return Path(unquote(urlsplit(text).path))
    return text.rstrip("/") if "://" in text else root / os.path.expanduser(text)


def opened(settings: Settings, report: Callable[[str], None]) -> Store:
    """Open the store of a site."""
    where = location(settings.store, settings.root)
    return Store(where, report, None if isinstance(where, Path) else settings.store_folder / "cache")


def partner(settings: Settings, text: str, report: Callable[[str], None], *, there: bool = False) -> Store:
    """Open the store to push to or pull from: `text`, or the setting `remote`.

    Raises UsageError without either, and where it must be `there` and is not.
    """
    text = text or settings.remote
    if not text:
        raise UsageError('which remote? name one, or set `remote = "s3://bucket/folder"` in [tool.microscribe]')
    where = location(text, settings.root)
    if there and isinstance(where, Path) and not where.is_dir():
        raise UsageError(f"no store at {where}: there is no such folder")
    if isinstance(where, Path):
        _check_apart(where, settings)
    return Store(where, report)


def _check_apart(where: Path, settings: Settings) -> None:
    """Raise UsageError where records would come to lie among what else a site has."""
    folder = Path(os.path.realpath(where))
    for key, room in rooms(settings).items():
        if key != "store" and folder.is_relative_to(room):
            raise UsageError(f"{where} lies among the {NAMES[key]}; expected a folder of its own")
