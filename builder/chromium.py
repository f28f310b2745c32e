"""The Chromium of this machine, or a browser made of it: it prints articles, and looks at pages for `check`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
PLACES = (Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),)


def program() -> str | None:
    """Find it; None where there is none."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    return found or next((str(place) for place in PLACES if place.is_file()), None)


def flags() -> list[str]:
    """Give what it must be told here: the administrator's has no sandbox. It opens nothing but pages of the site."""
    return ["--disable-gpu", *(["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [])]
