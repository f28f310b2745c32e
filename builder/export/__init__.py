"""One article of a site that was built, as one file: for mail, for paper."""

from __future__ import annotations

from pathlib import Path

from builder.errors import UsageError
from builder.export.inlining import inlined
from builder.export.paper import heads, printed
from builder.plan.catalogue.nearest import nearest
from builder.settings import Settings

__all__ = ["html", "page", "pdf"]


def html(settings: Settings, slug: str) -> bytes:
    """Write an article with all that it shows into one file of HTML."""
    return inlined(page(settings, slug), settings.output_folder, settings.url).encode()


def pdf(settings: Settings, slug: str) -> bytes:
    """Print an article as PDF with the Chromium of this machine; raises UsageError where there is none."""
    path = page(settings, slug)
    style = heads(path.read_text("utf-8"))
    return printed(inlined(path, settings.output_folder, settings.url, style).encode())


def page(settings: Settings, slug: str) -> Path:
    """Find the page of an article; raises UsageError where the site has none."""
    there = [one.parent.name for one in settings.output_folder.glob("*/index.html")]
    if slug not in there:
        raise UsageError(f"no page of an article {slug!r}{nearest(slug, there)}; build the site first")
    return settings.output_folder / slug / "index.html"
