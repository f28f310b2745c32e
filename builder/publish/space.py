"""What a static Space of Hugging Face asks for besides the site."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

from builder.errors import UsageError
from builder.publish.plan import MANIFEST
from builder.settings import Settings

README = "README.md"
_NAME = re.compile(r"[\w.-]+/[\w.-]+")


def check(name: str) -> None:
    """Raise UsageError for what is no name of a Space; "" is left to the command that sends it."""
    if name and not _NAME.fullmatch(name):
        raise UsageError(f"space {name!r}; expected an owner and a name, as ada/atlas")


def readme(settings: Settings) -> bytes:
    """Write the head by which the host knows a Space as static pages."""
    head = {"title": settings.title, "sdk": "static", "app_file": "index.html", "pinned": False}
    lines = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    return "\n".join(["---", *lines, "---", "", settings.description or settings.title, ""]).encode()


def hint(name: str, folder: Path) -> str:
    """Say how the folder is sent; the host takes pictures and fonts over no plain git."""
    words = ["hf", "upload", name or "OWNER/NAME", str(folder), ".", "--repo-type=space", "--delete=*"]
    return shlex.join([*words, f"--exclude={MANIFEST}"])
