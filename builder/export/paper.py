"""A page on paper: printed as PDF by the Chromium of this machine."""

from __future__ import annotations

import re
import subprocess
import tempfile
from html import unescape
from pathlib import Path

from builder import chromium
from builder.errors import BuildError, Place, Problem, UsageError

FLAGS = (
    "--headless", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-pdf-header-footer", "--generate-pdf-document-outline", "--virtual-time-budget=10000",
)  # fmt: skip
PATIENCE_S = 180
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_UNSAFE = re.compile(r'[\\"<]')
"""What ends a text of a style sheet, or the sheet; it is written by its number there."""


def browser() -> str:
    """Find Chromium; raises UsageError where there is none."""
    found = chromium.program()
    if found is None:
        raise UsageError("no Chromium on this machine, which prints the PDF; install one (apt install chromium)")
    return found


def heads(html: str) -> str:
    """Write the rules that put the title of a page over each of its sheets but the first."""
    if (match := _TITLE.search(html)) is None:
        return ""
    title = _UNSAFE.sub(lambda one: f"\\{ord(one[0]):x} ", " ".join(unescape(match[1]).split()))
    return (
        f'@page {{ @top-left {{ content: "{title}"; font: 9pt var(--labels, sans-serif); color: #6b6b6b; }} }}\n'
        "@page :first { @top-left { content: none; } }"
    )


def printed(html: bytes) -> bytes:
    """Print a page that needs no other file; raises BuildError with what the browser says where it cannot."""
    with tempfile.TemporaryDirectory(prefix="microscribe-", ignore_cleanup_errors=True) as folder:
        page, pdf = Path(folder) / "page.html", Path(folder) / "page.pdf"
        page.write_bytes(html)
        places = [f"--user-data-dir={folder}/profile", f"--print-to-pdf={pdf}", page.as_uri()]
        words = [browser(), *FLAGS, *chromium.flags(), *places]
        try:
            done = subprocess.run(words, capture_output=True, text=True, timeout=PATIENCE_S, check=False)
        except subprocess.TimeoutExpired:
            raise _failed(f"took more than {PATIENCE_S} s") from None
        if not pdf.is_file():
            raise _failed(done.stderr.strip().rpartition("\n")[2] or f"ended with status {done.returncode}")
        return pdf.read_bytes()


def _failed(reason: str) -> BuildError:
    return BuildError([Problem(Place(Path("Chromium")), f"the PDF could not be printed: {reason}")])
