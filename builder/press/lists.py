"""Lists of articles: the front page, tags, series, the feed, the sitemap, and old addresses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from builder.errors import Problem
from builder.plan.plan import House, Plan
from builder.press import addresses, feeds, listings, page
from builder.press.parts import PageParts
from builder.press.printing import Press, figure, files
from builder.press.rows import Row
from builder.press.views import Frame

FEED = "feed.xml"


def row(printing: Press, plan: Plan) -> Row:
    """Describe an article as a list does, with its picture."""
    hero = plan.article.hero
    if hero is None:
        return listings.row(plan.article)
    home = Frame(printing.site, "index.html")
    views = {hero.label: figure(printing, plan, hero.label)} if hero.label in plan.requests else {}
    parts = PageParts(env=printing.env, frame=home, figures=views, images=files(printing, [hero.file]))
    return replace(listings.row(plan.article), hero=parts.hero(hero))


def reference_address(house: House) -> str:
    """Give the address of the reference of figures, "" where the site has none."""
    if not house.settings.reference:
        return ""
    from builder import topics

    return f"{topics.SLUG}/index.html"


def in_order(printing: Press, rows: Iterable[Row]) -> list[Row]:
    """Put rows in the order of the front page, the newest first, without the reference, which is found elsewhere."""
    from builder import topics

    apart = {f"{slug}/index.html" for slug in topics.SLUGS} if printing.house.settings.reference else set()
    shown = [row for row in rows if row.url not in apart]
    return sorted(shown, key=lambda row: (row.date is None, row.date and -row.date.toordinal(), row.title))


def front(printing: Press, rows: list[Row], sheets: Mapping[str, str]) -> None:
    """Write the front page, and the one for addresses that lead nowhere."""
    home = Frame(printing.site, "index.html")
    lost = Frame(printing.site, "404.html", base=addresses.base(printing.site.url))
    printing.once(home.path, (rows, sheets), lambda: page.front_page(printing.env, home, rows, sheets))
    printing.once(lost.path, (), lambda: page.not_found(printing.env, lost))


def gathered(printing: Press, rows: list[Row]) -> None:
    """Write a page for every tag and every series."""
    for tag, some in listings.tags(rows).items():
        _list(printing, listings.tag_address(tag), "Tag", tag, some)
    for name, parts in listings.series(rows).items():
        _list(printing, listings.series_address(name), "Series", name, parts)


def _list(printing: Press, path: str, kind: str, name: str, rows: Iterable[Row]) -> None:
    bare = [
        replace(row, hero="") if row.hero else row for row in rows
    ]  # pictures were drawn for the front page's place in the site
    frame = Frame(printing.site, path)
    printing.once(path, (kind, name, bare), lambda: page.listing(printing.env, frame, kind, name, bare))


def redirects(printing: Press, plans: Iterable[Plan]) -> list[Problem]:
    """Lead from an article's old addresses to it."""
    problems: list[Problem] = []
    for plan in (plan for plan in plans if plan.article.front.aliases):
        front, target = plan.article.front, f"{plan.article.slug}/index.html"
        for path in listings.redirects(plan.article, printing.output.current, problems):
            html = page.redirect(printing.env, Frame(printing.site, path), front.title, target)
            printing.page(path, html)
    return problems


def machine_readable(printing: Press, rows: list[Row]) -> None:
    """Write the list of Markdown, and the feed, the sitemap and robots.txt of a site that knows its address."""
    site, output = printing.site, printing.output
    public = [row for row in rows if not row.draft]
    if site.twins:
        output.write("llms.txt", feeds.llms(site, public))
    if not site.url:
        return
    changed = {row.url: row.changed for row in public}
    hidden = {row.url for row in rows if row.draft} | {"404.html"}
    pages = sorted(name for name in output.current if name.endswith(".html") and name not in hidden)
    output.write(FEED, feeds.atom(site, FEED, public))
    output.write("sitemap.xml", feeds.sitemap(site, [(name, changed.get(name)) for name in pages]))
    output.write("robots.txt", feeds.robots(site, "sitemap.xml"))
