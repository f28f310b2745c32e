"""How heavy are pages, and what makes them so?"""

from __future__ import annotations

import gzip
import posixpath
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path

from builder.check.findings import Finding
from builder.check.pages import Link, Page
from builder.errors import Place

PACKED = frozenset({".html", ".css", ".js", ".svg", ".json", ".xml", ".txt"})
SHOWN = frozenset({("img", "src"), ("source", "src"), ("script", "src"), ("link", "href"), ("div", "data-spec"),
                   ("script", "data-runtime"), ("video", "poster")})  # fmt: skip


def weigh(pages: Mapping[str, Page], folder: Path, budget_kb: int) -> Iterator[Finding]:
    """Yield the pages that send more than `budget_kb` thousand bytes, packed as hosts pack them."""
    for page in pages.values():
        bytes_of = {name: weight(folder / name) for name in [page.path, *parts(page)] if (folder / name).is_file()}
        total = sum(bytes_of.values())
        if budget_kb and total > budget_kb * 1000:
            message = f"the page weighs {total / 1000:.0f} kB, more than the budget of {budget_kb} kB"
            yield Finding(Place(Path(page.path)), "weight", f"{message}; {_heaviest(page, bytes_of)}")


def parts(page: Page) -> list[str]:
    """List the files that a page shows or runs, relative to the output folder."""
    return list(dict.fromkeys(_file(page, link.address) for link in page.links if _is_shown(link)))


def _is_shown(link: Link) -> bool:
    local = "://" not in link.address and not link.address.startswith("data:")
    return local and (link.element, link.attribute) in SHOWN


def _file(page: Page, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(page.path), address.partition("#")[0]))


@lru_cache(maxsize=4096)
def weight(path: Path) -> int:
    """Return the bytes that a host sends for a file: text packed by gzip, pictures as they are."""
    data = path.read_bytes()
    return len(gzip.compress(data, 9)) if path.suffix in PACKED else len(data)


def _heaviest(page: Page, bytes_of: Mapping[str, int]) -> str:
    """Name the figure whose files weigh most, or the heaviest file where no figure does."""
    figures = {
        name: sum(bytes_of.get(_file(page, address), 0) for address in dict.fromkeys(addresses))
        for name, addresses in page.figures.items()
        if name
    }
    if figures and max(figures.values()):
        name = max(figures, key=figures.__getitem__)
        return f"the heaviest figure is {name} with {figures[name] / 1000:.0f} kB"
    name = max(bytes_of, key=bytes_of.__getitem__)
    return f"the heaviest file is {name} with {bytes_of[name] / 1000:.0f} kB"
