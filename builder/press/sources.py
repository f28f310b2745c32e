"""Where a reader finds the script of a figure, as it was when the figure was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from builder.settings import Settings


def address(settings: Settings, provenance: Mapping[str, object]) -> str:
    """Give the address of a figure's script at its commit, as `source` of the settings has it.

    "" where no commit is known, or the script lies in another repository than the site.
    """
    source = provenance.get("source")
    script = dict(source) if isinstance(source, Mapping) else {}
    file, commit = str(script.get("file", "")), str(script.get("commit", ""))
    root = settings.root.resolve()
    if not (settings.source and commit and any((folder / file).is_file() for folder in (root, *root.parents))):
        return ""
    return settings.source.replace("{commit}", commit).replace("{file}", quote(file))
