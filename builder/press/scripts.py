"""Scripts of pages, without what only people read."""

from __future__ import annotations


def compact(script: str) -> str:
    """Leave out lines of comments, empty lines and indents.

    Where a text goes on in another line, which may mean what it has there, the whole script stays as it is.
    """
    lines = script.splitlines()
    if any(line.count("`") % 2 or line.endswith("\\") for line in lines):
        return script
    return "".join(f"{line}\n" for line in map(str.strip, lines) if line and not _is_comment(line))


def _is_comment(line: str) -> bool:
    return line.startswith("//") and "*/" not in line
