"""The tags and variables of Jekyll's templates: `{% highlight python %}`, `{% cite key %}`, `{{ site.baseurl }}`."""

from __future__ import annotations

import re
from collections.abc import Callable

from builder.importers.boxes import Picture, picture
from builder.importers.distill import cited
from builder.importers.work import Work

HIGHLIGHT = re.compile(r"\{%-?\s*highlight\s+([\w+-]+)[^%]*%\}\n?(.*?)\n?\{%-?\s*endhighlight\s*-?%\}", re.DOTALL)
RAW = re.compile(r"\{%-?\s*raw\s*-?%\}(.*?)\{%-?\s*endraw\s*-?%\}", re.DOTALL)
REMARK = re.compile(r"\{%-?\s*comment\s*-?%\}(.*?)\{%-?\s*endcomment\s*-?%\}\n?", re.DOTALL)
BASE = re.compile(r"\{\{\s*(?:site\.(?:baseurl|url)|page\.baseurl)\s*\}\}|(?<=\()\{\{\s*[\"']([^\"']*)[\"'][^}]*\}\}")
TAG = re.compile(r"\{%-?\s*(\w+)\s*(.*?)\s*-?%\}", re.DOTALL)
PROP = re.compile(r"([\w-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
PICTURES = ("figure", "image", "img", "picture")


def convert(work: Work) -> None:
    """Turn what has a counterpart here; the rest is left for the end."""
    draft = work.draft
    draft.sub(HIGHLIGHT, lambda match: f"```{match[1]}\n{match[2]}\n```")
    draft.sub(RAW, lambda match: match[1])
    draft.sub(REMARK, lambda match: _remark(work, match))
    draft.sub(BASE, lambda match: match[1] or "")
    draft.sub(TAG, lambda match: _tag(work, match))


def _remark(work: Work, match: re.Match[str]) -> str:
    work.draft.note(match.start(1), "a remark of the author's, which no page shows, is left out", match[1])
    return ""


def _tag(work: Work, match: re.Match[str]) -> str | None:
    read = TAGS.get(match[1])
    return read(work, match) if read else None


def _cite(work: Work, match: re.Match[str]) -> str:
    keys = [word for word in match[2].replace(",", " ").split() if not word.startswith("-")]
    return cited(",".join(keys))


def _include(work: Work, match: re.Match[str]) -> str | None:
    """Turn an inclusion that shows a picture, whatever the theme calls it."""
    props = {key: first or second or third for key, first, second, third in PROP.findall(match[2])}
    target = next((props[key] for key in ("src", "path", "url", "image_path", "image") if key in props), "")
    name = match[2].split()[0] if match[2] else ""
    if not target or not any(word in name for word in PICTURES):
        return None
    caption = props.get("caption") or props.get("title") or props.get("description") or ""
    return picture(work, Picture(target, match.start(), props.get("alt", ""), caption))


def _bibliography(work: Work, match: re.Match[str]) -> str:
    work.draft.note(match.start(), f"{match[0]!r} is left out: every page lists the works that it cites")
    return ""


def _address(work: Work, match: re.Match[str]) -> str:
    """Give the name of the file that a link is to; what it leads to here is found with the other links."""
    return match[2].split()[0].rpartition("/")[2].removesuffix(".md") + ".md" if match[2] else ""


TAGS: dict[str, Callable[[Work, re.Match[str]], str | None]] = {
    "cite": _cite,
    "include": _include,
    "include_relative": _include,
    "bibliography": _bibliography,
    "link": _address,
    "post_url": _address,
}
