"""Pages: articles, specimens and indexes to HTML, through the templates.

Nothing here reads or writes a file but the templates. Addresses of assets and pages are given
from the root of the site; `Frame` makes them relative to the page they stand in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from math import isfinite
from pathlib import Path

import jinja2
from markupsafe import Markup

from builder.engine.artifacts import ChartPart, Control, KeptPart, SpritePart
from builder.press import addresses, metadata, thumbnails
from builder.press.citing import bibtex
from builder.press.columns import even_columns, leaves_room, phone_columns, row_of
from builder.press.formats import FILTERS
from builder.press.kinds import drawn, draws
from builder.press.listings import Series
from builder.press.overrides import Layered
from builder.press.parts import drawings
from builder.press.rows import Row
from builder.press.styles import Styles, styles_of
from builder.press.views import FigureView, Frame, Mention, Sheet, UnitView
from builder.read.article import Article
from builder.read.front import FrontMatter
from builder.read.markdown.parts import Body

_SORTABLE = " data-sortable"
_OWN = re.compile(r"data-\w+=?")
_PARTS = ("data-element=", "data-lasso=", "data-mosaic=", "data-walk=")
_CLASSES = ("subfigure-rows", "control-choice", 'class="line"', "code-file")
"""What has a style sheet that few pages load."""

__all__ = [
    "article",
    "environment",
    "figure",
    "front_page",
    "listing",
    "live_script",
    "networks",
    "not_found",
    "redirect",
    "sizes",
    "spec_script",
    "specimen",
    "styles_of",
    "unit_index",
]


def environment(folders: Sequence[Path], compiled: jinja2.BytecodeCache | None = None) -> jinja2.Environment:
    """Open the templates; those of earlier folders go before those of later ones. `compiled` keeps what Jinja makes."""
    env = jinja2.Environment(
        loader=Layered(folders),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled,
    )
    styles = Styles()
    env.filters.update(
        FILTERS,
        even_columns=even_columns,
        phone_columns=phone_columns,
        row_of=row_of,
        styled=_styled,
        identifier=addresses.identifier,
    )
    env.globals.update(styles=styles, drawn=drawn, first_rows=thumbnails.rows)
    env.tests["roomy"] = leaves_room
    env.tests["drawn_as"] = draws
    env.tests["chosen_at_first"] = _chosen_at_first
    env.tests["sheet"] = _is_sheet
    return env


@jinja2.pass_context
def _styled(context: jinja2.runtime.Context, declarations: str) -> str:
    """Name the class of sizes; asking for the context keeps Jinja from doing so once and for all, as it compiles."""
    return styles_of(context.environment).named(declarations)


def _chosen_at_first(shown: Mapping[str, str], controls: Iterable[Control]) -> bool:
    """Tell whether a part of a figure is seen before a reader has chosen anything."""
    return all(shown[control.name] == control.first for control in controls if control.name in shown)


def _is_sheet(part: KeptPart) -> bool:
    """Tell whether a part is a sheet of tiles, each by itself."""
    return isinstance(part, SpritePart) and not part.twins


def article(
    env: jinja2.Environment,
    frame: Frame,
    article: Article,
    body: Body,
    *,
    hero: str = "",
    cards: str = "",
    series: Series | None = None,
    image: str = "",
) -> str:
    """Set an article; `hero` and `cards` are what `PageParts` draws under these names.

    `image` is the full address of a picture for those who link to the article.
    """
    return _page(
        env, "article.html", frame, article=article, front=article.front, body=_safe(body), hero=Markup(hero),
        cards=Markup(cards), bibtex=bibtex(article, frame), series=series, **_needs(body.html, body.footnotes),
        citations=list(metadata.citation_tags(article, frame)), image=image,
        linked=Markup(metadata.json_ld(article, frame, image)),
    )  # fmt: skip


def figure(
    env: jinja2.Environment, frame: Frame, front: FrontMatter, html: str, words: str, home: str, view: FigureView
) -> str:
    """Set the page of one figure; `html` is the figure, `home` its address in its article."""
    return _page(
        env, "figure.html", frame, front=front, html=Markup(html), words=words, home=home, view=view,
        **_needs(html),
    )  # fmt: skip


def listing(env: jinja2.Environment, frame: Frame, kind: str, name: str, rows: Sequence[Row]) -> str:
    """Set the page of a tag or a series."""
    description = f"{len(rows)} article{'' if len(rows) == 1 else 's'} of {frame.site.title}."
    return _page(
        env, "listing.html", frame, kind=kind, heading=name, description=description, rows=[(row, "") for row in rows]
    )


def redirect(env: jinja2.Environment, frame: Frame, title: str, target: str) -> str:
    """Set a page that leads on to `target`, an address of the site."""
    return _page(env, "redirect.html", frame, title=title, target=target, canonical=Frame(frame.site, target).canonical)


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
        index=index, units=dict(units or {}), svg={**drawings(unit.figure, frame), **drawings(unit.tuning, frame)},
        charts=unit.tuning is not None or any(isinstance(part, ChartPart) for part in unit.parts),
    )  # fmt: skip


def unit_index(env: jinja2.Environment, frame: Frame, model: str, units: Sequence[UnitView]) -> str:
    """Set the sheet of all units of a network that the site shows; it can be sorted by what was measured of them."""
    layers: dict[str, list[UnitView]] = {}
    for unit in units:
        layers.setdefault(unit.layer, []).append(unit)
    measured = {unit.name: numbers(unit.figure) for unit in units}
    names = list(dict.fromkeys(name for values in measured.values() for name in values))
    return _page(env, "units.html", frame, model=model, layers=layers, count=len(units), measured=measured, names=names)


def networks(env: jinja2.Environment, frame: Frame, sheets: Sequence[Sheet]) -> str:
    """Set the page that leads to the units of each network."""
    return _page(env, "networks.html", frame, sheets=sheets)


def numbers(view: FigureView | None) -> dict[str, float]:
    """List the measured numbers of a figure."""
    values = view.record.values if view else {}
    return {k: v for k, v in values.items() if isinstance(v, int | float) and not isinstance(v, bool) and isfinite(v)}


def not_found(env: jinja2.Environment, frame: Frame) -> str:
    """Set the page for addresses that lead nowhere."""
    return _page(env, "404.html", frame)


def sizes(env: jinja2.Environment) -> bytes:
    """Write the style sheet of all sizes that pages set so far have named."""
    return styles_of(env).sheet()


def spec_script(key: str, specification: bytes) -> bytes:
    """Wrap a chart's specification as a script: pages opened from the disk cannot fetch JSON.

    A page finds it under the beginning of its key, twelve digits, which weigh a fifth of the whole.
    """
    # A closing tag cannot occur: the script is a file of its own.
    return b'((window.microscribe??={}).specs??={})["' + key[:12].encode() + b'"]=' + specification + b";\n"


def live_script(key: str, data: bytes) -> bytes:
    """Wrap what a live figure fetches as a script, as `spec_script` does."""
    return b'((window.microscribe??={}).fetched??={})["' + key.encode() + b'"]=' + data + b";\n"


def _needs(html: str, footnotes: str = "") -> dict[str, bool]:
    """Say which scripts and style sheets a page needs."""
    own = _attributes(html)
    everywhere = own + _attributes(footnotes)
    return {
        "charts": "data-spec" in own,
        "elements": "data-element=" in everywhere,
        "has_parts": any(mark in everywhere for mark in _PARTS) or any(mark in html + footnotes for mark in _CLASSES),
        "lasso": "data-lasso=" in own,
        "live": "data-live=" in own,
        "mosaic": "data-mosaic=" in own,
        "sortable": _SORTABLE in html,
        "walks": "data-walk=" in own,
    }


def _attributes(html: str) -> str:
    """Write the attributes that are our own, each once: to look for every one in a whole page takes longer."""
    return " ".join(set(_OWN.findall(html)))


def _page(env: jinja2.Environment, name: str, frame: Frame, **context: object) -> str:
    scripts = dict.fromkeys(("charts", "elements", "lasso", "live", "has_parts", "mosaic", "sortable", "walks"), False)
    without = {**scripts, "units": {}, "svg": {}}
    return env.get_template(name).render(frame=frame, site=frame.site, **{**without, **context})
