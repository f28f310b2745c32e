"""Where a reader finds the script of a figure, as it was when the figure was made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

if TYPE_CHECKING:
    from builder.settings import Settings

_BETWEEN = {
    "github.com": "blob",
    "gitlab.com": "-/blob",
    "codeberg.org": "src/commit",
    "bitbucket.org": "src",
    "huggingface.co": "blob",
}
"""What stands between a repository and a commit in the address of a file, by host."""


def address(settings: Settings, provenance: Mapping[str, object]) -> str:
    """Give the address of a figure's script at its commit, where the host of the site's repository shows it.

    "" where no commit or no such host is known, or the script lies in another repository than the site.
    """
    source = provenance.get("source")
    script = dict(source) if isinstance(source, Mapping) else {}
    file, commit = str(script.get("file", "")), str(script.get("commit", ""))
    root = settings.root.resolve()
    repository = settings.repository.rstrip("/").removesuffix(".git")
    between = _BETWEEN.get(urlsplit(repository).hostname or "")
    if not (between and commit and any((folder / file).is_file() for folder in (root, *root.parents))):
        return ""
    return f"{repository}/{between}/{commit}/{quote(file)}"
