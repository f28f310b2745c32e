"""Pages: articles, specimens and indexes to HTML, through the templates.

Nothing here reads or writes a file but the templates. Addresses of assets and pages are given
from the root of the site; `Frame` makes them relative to the page they stand in.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup

from builder.article import Article
from builder.citing import bibtex
from builder.columns import even_columns, leaves_room
from builder.formats import FILTERS
from builder.markdown.parts import Body
from builder.parts import drawings
from builder.views import Frame, Mention, Row, UnitView

__all__ = ["article", "environment", "front_page", "not_found", "spec_script", "specimen", "unit_index"]


def environment(folders: Sequence[Path]) -> jinja2.Environment:
    """Open the templates; those of earlier folders go before those of later ones."""
    env = jinja2.Environment(
        loader=jinja2.FileSystemLoader([str(folder) for folder in folders]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters.update(FILTERS, even_columns=even_columns)
    env.tests["roomy"] = leaves_room
    return env


def article(
    env: jinja2.Environment, frame: Frame, article: Article, body: Body, hero: str = "", cards: str = ""
) -> str:
    """Set an article; `hero` and `cards` are what `PageParts` draws under these names."""
    return _page(
        env, "article.html", frame, article=article, front=article.front, body=_safe(body), hero=Markup(hero),
        cards=Markup(cards), bibtex=bibtex(article, frame), charts="data-spec" in body.html,
    )  # fmt: skip


def _safe(body: Body) -> dict[str, object]:
    """Mark as HTML what is HTML already."""
    return {
        "html": Markup(body.html),
        "contents": [(heading, Markup(heading.html)) for heading in body.contents if heading.level in (2, 3)],
        "footnotes": Markup(body.footnotes),
        "references": Markup(body.references),
    }


def front_page(
    env: jinja2.Environment, frame: Frame, rows: Iterable[Row], sheets: Mapping[str, str] | None = None
) -> str:
    """Set the front page; `sheets` are the unit indexes of the site, name to address."""
    return _page(env, "index.html", frame, rows=[(row, Markup(row.hero)) for row in rows], sheets=dict(sheets or {}))


def specimen(
    env: jinja2.Environment,
    frame: Frame,
    unit: UnitView,
    *,
    mentions: Sequence[Mention] = (),
    previous: UnitView | None = None,
    following: UnitView | None = None,
    index: str = "",
    units: Mapping[str, UnitView] | None = None,
) -> str:
    """Set the page of one unit; `index` is the address of its network's index.

    `units`, by key, are those that tiles may link to.
    """
    return _page(
        env, "specimen.html", frame, unit=unit, mentions=mentions, previous=previous, following=following,
        index=index, units=dict(units or {}), svg={**drawings(unit.figure), **drawings(unit.tuning)},
        charts=unit.tuning is not None or any(part["kind"] == "chart" for part in unit.parts),
    )  # fmt: skip


def unit_index(env: jinja2.Environment, frame: Frame, model: str, units: Sequence[UnitView]) -> str:
    """Set the sheet of all units of a network that the site shows."""
    layers: dict[str, list[UnitView]] = {}
    for unit in units:
        layers.setdefault(unit.layer, []).append(unit)
    return _page(env, "units.html", frame, model=model, layers=layers, count=len(units))


def not_found(env: jinja2.Environment, frame: Frame) -> str:
    """Set the page for addresses that lead nowhere."""
    return _page(env, "404.html", frame)


def spec_script(key: str, specification: bytes) -> bytes:
    """Wrap a chart's specification as a script: pages opened from the disk cannot fetch JSON."""
    # A closing tag cannot occur: the script is a file of its own.
    return b'((window.microscribe??={}).specs??={})["' + key.encode() + b'"]=' + specification + b";\n"


def _page(env: jinja2.Environment, name: str, frame: Frame, **context: object) -> str:
    return env.get_template(name).render(
        frame=frame, site=frame.site, **{"charts": False, "units": {}, "svg": {}, **context}
    )
