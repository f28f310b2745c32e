"""A page and its figures, as the templates are given them."""

from __future__ import annotations

from pathlib import Path

from builder.engine.artifacts import ChartPart, FigureRecord, ImagePart, KeptTable, SpritePart, Tile
from builder.press import page
from builder.press.parts import PageParts
from builder.press.views import FigureView, Frame, SiteView, UnitView
from builder.read import article as articles
from builder.read.markdown import document

TEMPLATES = Path(__file__).parents[2] / "templates"
SITE = SiteView(
    title="A & B", url="https://example.org/", styles=("assets/style.css",), theme="assets/theme.js",
    scripts=("assets/article.js",), sheet="assets/sheet.js", sorting="assets/sort.js", charts="assets/charts.js", runtime="assets/vega.js",
    preload=("assets/serif.woff2",), sections=(("Units", "units/glyphs/index.html"),),
)  # fmt: skip
SVG = '<svg class="marks" width="300" height="120" role="img" aria-label="one"><title>one</title><path d="M0,0"/></svg>'
HEAD = "---\ntitle: Curves <and> lines\ndescription: About & around\nauthors:\n  - name: Ada Ütt\ndate: 2026-11-21\n---\n\n"
BIB = """\
@article{olah, author = {Olah, Chris and Cammarata, Nick and Schubert, Ludwig}, title = {Zoom In}, year = {2020}}
@article{olahb, author = {Olah, Chris and Cammarata, Nick and Schubert, Ludwig}, title = {An Overview}, year = {2020}}
@misc{marr, author = {Marr, David}, title = {Vision}, year = 1982}
@misc{anon, author = {{Ärzte}}, title = {Undated}}
"""
FIGURE = ":::{tuning}\n:name: one\n\nWhat to *see*.\n:::\n"


def chart(name: str = "chart", width: int = 300) -> ChartPart:
    return ChartPart(name=name, alt="one", width=width, height=120, spec="spec", svg="svg")


def sprite(count: int = 3, columns: int = 2, per_row: int = 0) -> SpritePart:
    sides = {"width": 64 * columns, "height": 64 * -(-count // columns)}
    image = ImagePart(name="sheet", object="sheet", media_type="image/webp", alt="tiles", **sides)
    tiles = tuple(Tile(f"tile {i}", f"mixed3b:{i}") for i in range(count))
    sizes = {"tile_px": 64, "columns": columns, "display_px": 72, "per_row": per_row}
    return SpritePart(name="sprite", image=image, tiles=tiles, **sizes)


def view(*parts, values=None, notes=()) -> FigureView:
    table = KeptTable(("a_b", "c"), ((1, "<x>"), (None, 2.5)), 50, "csv", "json")
    record = FigureRecord("words", parts, table, values or {}, notes)
    provenance = {
        "figure": "tuning", "parameters": {"model": "glyphs", "units": ["mixed3b:1", "mixed3b:2"], "negative": False},
        "models": {"glyphs": "ab" * 32}, "datasets": {"glyphs:6000": "cd" * 32}, "seed": 0, "device": "cpu",
        "measurements": [{"name": "responses", "key": "k", "seconds": 12.3}], "versions": {"python": "3.11", "torch": ""},
        "date": "2026-11-21T08:00:00+00:00", "key": "ef" * 32,
    }  # fmt: skip
    assets = {"spec": "assets/spec.js", "sheet": "assets/sheet.webp", "csv": "assets/t.csv", "json": "assets/t.json",
              "svg": "assets/t.svg", "picture": "assets/p.webp"}  # fmt: skip
    return FigureView(record, provenance, ":::{tuning}\n:units: mixed3b:1\n:::", assets, {"svg": SVG})


def unit(index: int = 1) -> UnitView:
    picture = ImagePart(name="picture", object="picture", media_type="image/webp", width=64, height=64,
                        alt="what it looks for", display_px=200)  # fmt: skip
    return UnitView("glyphs", f"mixed3b:{index}", f"units/glyphs/mixed3b-{index}.html", view(picture, sprite()))


def write(folder: Path, text: str) -> articles.Article:
    (folder / "index.md").write_text(text, "utf-8")
    return articles.read(folder / "index.md", folder)


def set_article(env, folder: Path, text: str, **given) -> tuple[str, PageParts]:
    article = write(folder, text)
    frame = Frame(SITE, "some/index.html")
    parts = PageParts(env, frame, model="glyphs", **given)
    body = document.render(article, parts)
    return page.article(env, frame, article, body, hero=parts.hero(article.hero), cards=parts.cards()), parts
