"""A page with all that it shows in one file: it opens from a mail, and asks nobody for anything.

Charts stand as they are drawn; what brings them to life is larger than all else.
"""

from __future__ import annotations

import base64
import hashlib
import mimetypes
import re
from collections.abc import Sequence
from html import escape
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

SHOWN = {("img", "src"), ("source", "src"), ("video", "src"), ("video", "poster"), ("track", "src")}
DROPPED = {"loading", "data-spec", "data-runtime", "data-fonts"}
"""What speaks of files that are fetched later."""
LIVELY = ("charts", "search")
"""Scripts that fetch more."""
SAME = """\
(() => {
  const roots = [document, ...[...document.querySelectorAll("template")].map((template) => template.content)];
  const all = (marks) => roots.flatMap((root) => [...root.querySelectorAll(marks)]);
  const pictures = new Map(all("[data-picture]").map((one) => [one.dataset.picture, one.src]));
  for (const one of all("[data-same]")) one.src = pictures.get(one.dataset.same);
})();
"""
"""Gives pictures that are seen again what the first one holds."""
OTHERS = {"data-other", "control-choice"}
"""Marks figures that readers may choose instead of the one that is seen, and what they choose by."""
_URL = re.compile(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)")
_CLOSING = re.compile(r"</(?=script|style)", re.IGNORECASE)
_MEDIA = {".woff2": "font/woff2", ".webp": "image/webp", ".avif": "image/avif", ".ipynb": "application/x-ipynb+json"}

Attributes = Sequence[tuple[str, str | None]]


def inlined(page: Path, site: Path, url: str = "", style: str = "") -> str:
    """Return a page with its styles, scripts, fonts and pictures inside; links lead to `url`, or only within it.

    `style` are rules of one's own behind those of the page.
    """
    reader = _Inliner(page, site, url, style)
    reader.feed(page.read_text("utf-8"))
    reader.close()
    return reader.html()


class _Inliner(HTMLParser):
    """Copies a page tag by tag; scripts that wait for the page go to its end."""

    def __init__(self, page: Path, site: Path, url: str, style: str) -> None:
        super().__init__(convert_charrefs=False)
        self.page, self.site, self.url, self.style = page, site.resolve(), url.rstrip("/"), style
        self.out: list[str] = []
        self.last: list[str] = []
        self.hashes: dict[str, list[str]] = {"script": [], "style": []}
        self.skips_script = False
        self.left_out: list[str] = []
        self.pictures: dict[str, str] = {}

    def html(self) -> str:
        """Return the copy, under a policy that lets in what it holds and nothing else."""
        script, style = (" ".join(self.hashes[kind]) or "'none'" for kind in ("script", "style"))
        rule = (
            f"default-src 'none'; script-src {script}; style-src {style}; img-src data:; media-src data:; "
            "font-src data:; base-uri 'none'; form-action 'none'"
        )
        return "".join(self.out).replace(_POLICY, rule, 1)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = dict(attrs)
        if self._leaves_out(tag, given):
            return
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.out.append(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">')
        elif tag == "script" and given.get("src"):
            self._script(given)
        elif tag == "link" and given.get("rel") == "stylesheet":
            self._style(str(given.get("href")))
        elif tag == "link" and given.get("rel") in ("alternate", "preload"):
            pass
        else:
            self.out.append(self._rewritten(tag, attrs))

    def _leaves_out(self, tag: str, given: dict[str, str | None]) -> bool:
        """Tell whether a tag begins, or stands in, what is left out; `left_out` holds what is to be closed there."""
        marks = {*given, *(given.get("class") or "").split()}
        if self.left_out and tag == self.left_out[0] or not self.left_out and marks & OTHERS:
            self.left_out.append(tag)
        return bool(self.left_out)

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        if self.left_out:
            return
        as_it_is = self.get_starttag_text() or ""
        address = next((value for name, value in attrs if name in ("href", "xlink:href")), None)
        if tag == "image" and address and (data := self._data(address, self.page.parent)):
            as_it_is = as_it_is.replace(f'"{address}"', f'"{data}"')
        self.out.append(as_it_is)

    def handle_endtag(self, tag: str) -> None:
        if self.left_out:
            if tag == self.left_out[0]:
                self.left_out.pop()
            return
        if tag == "script" and self.skips_script:
            self.skips_script = False
            return
        if tag == "head" and self.style:
            self._own("style", self.style)
        if tag == "body":
            self._own("script", SAME)
            self.out += self.last
        self.out.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self.left_out:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        if not self.left_out:
            self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        if not self.left_out:
            self.out.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def _script(self, given: dict[str, str | None]) -> None:
        self.skips_script = True
        path = self._file(str(given["src"]))
        if path is None or path.name.startswith(LIVELY):
            return
        text = _CLOSING.sub(r"<\\/", path.read_text("utf-8"))
        (self.last if "defer" in given else self.out).append(f"<script>{text}</script>\n")
        self._allow("script", text)

    def _style(self, address: str) -> None:
        path = self._file(address)
        if path is None:
            return
        text = _URL.sub(lambda match: f"url({self._data(match[1], path.parent) or match[1]})", path.read_text("utf-8"))
        self._own("style", text)

    def _own(self, kind: str, text: str) -> None:
        self.out.append(f"<{kind}>{text}</{kind}>\n")
        self._allow(kind, text)

    def _allow(self, kind: str, text: str) -> None:
        self.hashes[kind].append(f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'")

    def _rewritten(self, tag: str, attrs: Attributes) -> str:
        """Copy a tag with its pictures inside and its links made whole; SVG is copied as it is, with its capitals."""
        as_it_is = self.get_starttag_text() or ""
        if not any((tag, name) in SHOWN or name in ("href", *DROPPED) for name, _ in attrs):
            return as_it_is
        if tag == "img" and self._seen_before(str(dict(attrs).get("src"))):
            attrs = [(name, self.pictures[str(value)]) if name == "src" else (name, value) for name, value in attrs]
            attrs = [("data-same" if name == "src" else name, value) for name, value in attrs]
        kept = [(name, self._address(tag, name, value)) for name, value in attrs if name not in DROPPED]
        if tag == "img" and (number := self.pictures.get(str(dict(attrs).get("src")))):
            kept.append(("data-picture", number))
        written = [name if value is None else f'{name}="{escape(value)}"' for name, value in kept if value != _NOWHERE]
        return f"<{' '.join([tag, *written])}>"

    def _seen_before(self, address: str) -> bool:
        """Number a picture of the site when it is first seen: a sheet of tiles is held once, not once a tile."""
        if address in self.pictures:
            return True
        if self._file(address) is not None:
            self.pictures[address] = str(len(self.pictures))
        return False

    def _address(self, tag: str, name: str, value: str | None) -> str | None:
        if value is None or name not in ("href", "src", "poster") or value.startswith(("#", "data:")):
            return value
        if (tag, name) in SHOWN or tag in ("image", "link"):
            return self._data(value, self.page.parent) or value
        if urlsplit(value).scheme:
            return value
        inner = self._inner(value)
        if self.url and inner is not None:
            whole, _, anchor = value.partition("#")
            return f"{self.url}/{inner.removesuffix('index.html')}" + (f"#{anchor}" if anchor else "")
        is_download = inner is not None and inner.startswith("assets/")
        return (self._data(value, self.page.parent) if is_download else "") or _NOWHERE

    def _inner(self, address: str) -> str | None:
        """Give the path of a file from the root of the site."""
        path = (self.page.parent / unquote(urlsplit(address).path)).resolve()
        return path.relative_to(self.site).as_posix() if path.is_relative_to(self.site) else None

    def _file(self, address: str, folder: Path | None = None) -> Path | None:
        if urlsplit(address).scheme:
            return None
        path = ((folder or self.page.parent) / unquote(urlsplit(address).path)).resolve()
        return path if path.is_file() and path.is_relative_to(self.site) else None

    def _data(self, address: str, folder: Path) -> str:
        """Write a file of the site as an address that holds it; "" where there is none."""
        path = self._file(address, folder)
        if path is None:
            return ""
        kind = _MEDIA.get(PurePosixPath(path.name).suffix) or mimetypes.guess_type(path.name)[0] or "text/plain"
        return f"data:{kind};base64,{base64.b64encode(path.read_bytes()).decode()}"


_POLICY = "policy of this file"
_NOWHERE = "nowhere"
