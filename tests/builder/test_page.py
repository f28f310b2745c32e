"""Pages: relative addresses, escaping, honest gaps, agreement with the charts' colours."""

from __future__ import annotations

import datetime
import json
import math
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest

from builder import article as articles
from builder import formats, markdown, page
from builder.citing import bibtex
from builder.columns import COLUMNS_PX, even_columns, leaves_room
from builder.errors import Place
from builder.markdown.elements import ValueMention
from builder.parts import PageParts, drawings
from builder.views import FigureView, Frame, Mention, Row, SiteView, UnitView

TEMPLATES = Path(__file__).parents[2] / "templates"
SITE = SiteView(
    title="A & B", url="https://example.org/", styles=("assets/style.css",), theme="assets/theme.js",
    scripts=("assets/article.js",), sheet="assets/sheet.js", charts="assets/charts.js", runtime="assets/vega.js",
    preload=("assets/serif.woff2",), sections=(("Units", "units/glyphs/index.html"),),
)  # fmt: skip
SVG = '<svg class="marks" width="300" height="120" role="img" aria-label="one"><title>one</title><path d="M0,0"/></svg>'


class Found(HTMLParser):
    """Collects addresses and ids of a page, and checks that its tags close."""

    VOID = frozenset(["meta", "link", "img", "br", "hr", "input"])

    def __init__(self, html: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.ids: list[str] = []
        self.described: list[str] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        names = ("href", "src", "data-spec", "data-runtime")
        self.addresses += [values[n] for n in names if n in values and tag != "meta"]
        self.ids += [values["id"]] if "id" in values else []
        self.described += (values.get("aria-describedby") or values.get("aria-labelledby") or "").split()
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def env():
    return page.environment([TEMPLATES])


def chart(name: str = "chart", **more) -> dict:
    return {
        "kind": "chart",
        "name": name,
        "alt": "one",
        "width": 300,
        "height": 120,
        "spec": "spec",
        "svg": "svg",
        **more,
    }


def sprite(count: int = 3, columns: int = 2) -> dict:
    rows = -(-count // columns)
    image = {"kind": "image", "object": "sheet", "media_type": "image/webp", "width": 64 * columns, "height": 64 * rows,
             "alt": "tiles", "name": "sheet", "display_px": None}  # fmt: skip
    tiles = [{"alt": f"tile {i}", "unit": f"mixed3b:{i}", "lines": []} for i in range(count)]
    return {"kind": "sprite", "image": image, "tiles": tiles, "tile_px": 64, "columns": columns, "display_px": 72,
            "per_row": 0, "name": "sprite", "title": ""}  # fmt: skip


def view(*parts, values=None, notes=()) -> FigureView:
    table = {"columns": ["a_b", "c"], "rows": [[1, "<x>"], [None, 2.5]], "count": 50, "csv": "csv", "json": "json"}
    record = {"alt": "words", "parts": list(parts), "table": table, "values": values or {}, "notes": list(notes)}
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
    picture = {"kind": "image", "object": "picture", "media_type": "image/webp", "width": 64, "height": 64,
               "alt": "what it looks for", "name": "picture", "display_px": 200}  # fmt: skip
    return UnitView("glyphs", f"mixed3b:{index}", f"units/glyphs/mixed3b-{index}.html", view(picture, sprite()))


def write(folder: Path, text: str) -> articles.Article:
    (folder / "index.md").write_text(text, "utf-8")
    return articles.read(folder / "index.md", folder)


def set_article(env, folder: Path, text: str, **given) -> tuple[str, PageParts]:
    article = write(folder, text)
    frame = Frame(SITE, "some/index.html")
    parts = PageParts(env, frame, model="glyphs", **given)
    body = markdown.render(article, parts)
    hero = parts.hero(article.front.hero) if article.front.hero else ""
    return page.article(env, frame, article, body, hero=hero, cards=parts.cards()), parts


HEAD = "---\ntitle: Curves <and> lines\ndescription: About & around\nauthors:\n  - name: Ada Ütt\ndate: 2026-11-21\n---\n\n"
FIGURE = ":::{tuning}\n:name: one\n\nWhat to *see*.\n:::\n"


def test_every_address_is_relative_and_leads_from_the_page_to_the_root(env, tmp_path):
    html, _ = set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(chart(), sprite())})
    found = Found(html)
    ours = [a for a in found.addresses if not a.startswith(("#", "https://example.org/"))]
    assert ours
    assert all(address.startswith("../") for address in ours), ours


@pytest.mark.parametrize(("path", "root"), [("index.html", ""), ("a/index.html", "../"), ("units/g/x.html", "../../")])
def test_frames_lead_back_to_the_root(path, root):
    frame = Frame(SITE, path)
    assert frame.to("assets/a.css") == f"{root}assets/a.css"
    assert frame.to("https://example.org/x") == "https://example.org/x"


def test_ids_are_unique_and_descriptions_lead_somewhere(env, tmp_path):
    text = HEAD + "A[^n] and B[^n], {unit}`mixed3b:1`.\n\n[^n]: A note.\n\n## Two\n\n" + FIGURE
    figures, units = {"fig-one": view(chart(), chart("other"))}, {"glyphs/mixed3b:1": unit()}
    found = Found(set_article(env, tmp_path, text, figures=figures, units=units)[0])
    assert len(found.ids) == len(set(found.ids))
    assert set(found.described) <= set(found.ids)
    anchors = {address[1:] for address in found.addresses if address.startswith("#")}
    assert anchors <= set(found.ids)


def test_words_of_the_front_matter_are_escaped(env, tmp_path):
    html, _ = set_article(env, tmp_path, HEAD + "Text.\n")
    assert "<title>Curves &lt;and&gt; lines · A &amp; B</title>" in html
    assert "<h1>Curves &lt;and&gt; lines</h1>" in html
    assert 'content="About &amp; around"' in html


def test_there_is_no_script_in_the_page_itself(env, tmp_path):
    html, _ = set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(chart())})
    assert re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", html) == ['<script type="application/ld+json">']
    assert not re.search(r"\son[a-z]+=", html)


def test_the_runtime_is_named_only_where_there_is_a_chart(env, tmp_path):
    with_chart, _ = set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(chart())})
    without, _ = set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(sprite())})
    assert 'data-runtime="../assets/vega.js"' in with_chart
    assert "vega.js" not in without


def test_a_figure_has_number_caption_notes_data_and_how_it_was_made(env, tmp_path):
    html, _ = set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(chart(), notes=("Computed labels.",))})
    assert '<b class="figure-number">Figure 1.</b> What to <em>see</em>.' in html
    text = Found(html).text
    for words in ("Computed labels.", "How this was made", "responses in 12 s", "glyphs:6000", "abababababab",
                  "units: mixed3b:1, mixed3b:2", "negative: false", "python 3.11", "21 November 2026",
                  ":units: mixed3b:1", "The first 2 of 50 rows", "a b", "<x>", "CSV", "JSON", "SVG"):  # fmt: skip
        assert words in text, words
    assert "torch" not in text


def test_a_figure_that_is_not_measured_says_so(env, tmp_path):
    html, parts = set_article(env, tmp_path, HEAD + FIGURE)
    assert "Not measured yet." in html
    assert "Figure 1." in html
    assert parts.problems == []


def test_the_authors_own_alternative_text_goes_first(env, tmp_path):
    text = HEAD + ':::{tuning}\n:name: one\n:alt: My "own" words\n\nC.\n:::\n'
    html, _ = set_article(env, tmp_path, text, figures={"fig-one": view(chart())})
    assert 'aria-label="My &#34;own&#34; words"' in html
    assert 'aria-label="one"' not in html


def test_drawings_have_a_label_and_no_title_that_pops_up():
    svg = drawings(view(chart()), Frame(SiteView("Site"), "a/index.html"))["svg"]
    assert 'aria-label="one"' in svg
    assert "<title>" not in svg


def test_tiles_look_at_their_part_of_the_picture_and_are_linked_to_their_units(env, tmp_path):
    units = {"glyphs/mixed3b:1": unit()}
    html, _ = set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(sprite(3, 2))}, units=units)
    shown, _, cards = html.partition('<template id="cards">')
    tile = r'<span class="tile(?: sharp)? (s\w{8}) (s\w{8})"><img src="../assets/sheet.webp" alt="[^"]*" width="128" height="128"'
    rules = dict(re.findall(r"^\.(\w+)\{(.*)\}$", page.sizes(env).decode(), re.MULTILINE))
    places = [tuple(rules[name] for name in names) for names in re.findall(tile, shown)]
    left, right = "--x:0;--columns:2;--edge:0.0078", "--x:1;--columns:2;--edge:0.0078"
    above, below = "--y:0;--rows:2", "--y:1;--rows:2"
    assert places == [(left, above), (right, above), (left, below)]
    assert cards.count('class="unit-card"') == 1
    assert 'alt="tile 2"' in html
    assert '<a href="../units/glyphs/mixed3b-1.html" data-unit="glyphs/mixed3b:1">' in html
    assert "mixed3b-2.html" not in html


def test_pages_carry_no_styles_and_every_class_of_a_size_has_a_rule(env, tmp_path):
    html, _ = set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(chart(), sprite(3, 2))})
    assert " style=" not in html
    rules = page.sizes(env).decode()
    named = re.search(r'class="chart (s[0-9a-f]{8})"', html)[1]
    assert f".{named}{{--w:" in rules
    assert set(re.findall(r"\bs[0-9a-f]{8}\b", html)) <= set(re.findall(r"^\.(\w+)", rules, re.MULTILINE))


def test_a_sheet_offers_every_number_that_was_measured(env):
    some = [unit(i) for i in (1, 2)]
    some[1] = replace(some[1], figure=view(values={"mean": 0.25, "class": "disc", "odd": math.nan}))
    html = page.unit_index(env, Frame(SITE, "units/glyphs/index.html"), "glyphs", some)
    assert re.findall(r'<option value="(.*?)"', html) == ["", "mean"]
    assert 'data-values="{&#34;mean&#34;: 0.25}"' in html
    assert html.count("data-values") == 1


def test_a_unit_has_a_chip_and_one_card_however_often_it_is_named(env, tmp_path):
    text = HEAD + "{unit}`mixed3b:1`, {unit}`mixed3b:1` and {unit}`mixed3b:9`.\n"
    html, _ = set_article(env, tmp_path, text, units={"glyphs/mixed3b:1": unit()})
    assert html.count('class="unit-chip"') == 2
    assert html.count('class="unit-card"') == 1
    assert "unit-plain" in html


@pytest.mark.parametrize(("key", "pattern", "text"), [
    ("share", ".0%", "81%"), ("share", "", "0.812"), ("count", "", "12"), ("loss", ".1f", "−3.2"), ("name", "", "a &amp; b"),
])  # fmt: skip
def test_values_are_written_as_asked(env, key, pattern, text):
    values = {"share": 0.8123, "count": 12, "loss": -3.21, "name": "a & b"}
    parts = PageParts(env, Frame(SITE, "x/index.html"), {"fig-one": view(values=values)})
    html = parts.value(ValueMention("fig-one", key, pattern, Place(Path("a.md"), 3)))
    assert f">{text}</data>" in html
    assert f'data-from="fig-one.{key}"' in html


@pytest.mark.parametrize(("key", "pattern", "message"), [
    ("shar", "", "fig-one has no value 'shar'; did you mean 'share'?"),
    ("name", ".1f", "value: 'curve' cannot be written as '.1f'"),
])  # fmt: skip
def test_a_value_that_cannot_be_written_is_a_problem_with_its_place(env, key, pattern, message):
    parts = PageParts(env, Frame(SITE, "x/index.html"), {"fig-one": view(values={"share": 1.0, "name": "curve"})})
    place = Place(Path("a.md"), 3)
    assert "(not measured)" in parts.value(ValueMention("fig-one", key, pattern, place))
    assert [(p.place, p.message) for p in parts.problems] == [(place, message)]


def test_the_hero_is_the_figures_picture_without_words(env, tmp_path):
    text = HEAD.replace("date:", "hero: one\ndate:") + FIGURE
    html, _ = set_article(env, tmp_path, text, figures={"fig-one": view(sprite())})
    hero = re.search(r'<div class="hero[^>]*>.*?</div>', html, re.DOTALL)[0]
    assert 'aria-hidden="true"' in hero
    assert "aria-label" not in hero


def test_cite_this(tmp_path):
    text = bibtex(write(tmp_path, HEAD), Frame(SITE, "some/index.html"))
    assert text.splitlines() == [
        "@article{utt2026curves,", "  title = {{Curves <and> lines}},", "  author = {Ada Ütt},", "  year = {2026},",
        "  month = {nov},", "  journal = {A & B},", "  url = {https://example.org/some/},", "}",
    ]  # fmt: skip


def test_the_front_page_lists_articles(env):
    rows = [
        Row(
            "One & two",
            "one/index.html",
            "Words.",
            ("Ada",),
            datetime.date(2026, 11, 21),
            4,
            draft=True,
            hero="<i></i>",
        )
    ]
    html = page.front_page(env, Frame(SITE, "index.html"), rows)
    Found(html)
    assert '<a href="one/index.html">One &amp; two</a>' in html
    assert "<i></i>" in html
    assert "draft" in html
    assert "microscribe new" in page.front_page(env, Frame(SITE, "index.html"), [])


def test_a_specimen_page_shows_its_neighbours_numbers_and_mentions(env):
    one = unit(2)
    one.figure.record["values"]["top_mean"] = 3.14159
    html = page.specimen(env, Frame(SITE, one.url), one, mentions=[Mention("An article", "some/index.html#fig-one")],
                         previous=unit(1), following=unit(3), index="units/glyphs/index.html")  # fmt: skip
    found = Found(html)
    assert {"../../units/glyphs/mixed3b-1.html", "../../units/glyphs/mixed3b-3.html", "../../units/glyphs/index.html",
            "../../some/index.html#fig-one", "../../assets/p.webp"} <= set(found.addresses)  # fmt: skip
    assert "top mean" in found.text
    assert "3.142" in found.text


def test_a_unit_without_measurement_has_a_page_all_the_same(env):
    bare = UnitView("glyphs", "mixed3b:4", "units/glyphs/mixed3b-4.html")
    assert "Not measured yet." in page.specimen(env, Frame(SITE, bare.url), bare)


def test_the_unit_index_groups_by_layer(env):
    units = [unit(1), unit(2), UnitView("glyphs", "conv1:0", "units/glyphs/conv1-0.html")]
    html = page.unit_index(env, Frame(SITE, "units/glyphs/index.html"), "glyphs", units)
    assert re.findall(r'<h2 id="layer-(\w+)">', html) == ["mixed3b", "conv1"]
    assert re.findall(r'data-name="([^"]+)"', html) == ["mixed3b:1", "mixed3b:2", "conv1:0"]
    assert 'src="../../assets/sheet.js"' in html
    assert 'aria-current="page"' in html
    Found(html)


def test_a_sites_own_template_goes_before_ours(tmp_path):
    (tmp_path / "404.html").write_text("{{ site.title }}: gone", "utf-8")
    assert page.not_found(page.environment([tmp_path, TEMPLATES]), Frame(SITE, "404.html")) == "A &amp; B: gone"


def test_a_specification_becomes_a_script_that_keeps_others():
    script = page.spec_script("key", b'{"a":"</script>"}').decode()
    assert script == '((window.microscribe??={}).specs??={})["key"]={"a":"</script>"};\n'
    assert json.loads(script[script.index("=", script.index("]")) + 1 : -2]) == {"a": "</script>"}


@pytest.mark.parametrize(("value", "text"), [
    (None, "–"), (float("nan"), "–"), (3, "3"), (12345, "12,345"), (0.123456, "0.1235"), (-2.5, "−2.5"), ("a", "a"),
    (True, "True"), (4.0, "4"),
])  # fmt: skip
def test_numbers(value, text):
    assert formats.number(value) == text


@pytest.mark.parametrize(("seconds", "text"), [
    (0.0004, "1 ms"), (0.012, "12 ms"), (0.4, "0.4 s"), (12.3, "12 s"), (200, "3 min 20 s"), (119.6, "2 min 0 s"),
])  # fmt: skip
def test_durations(seconds, text):
    assert formats.duration(seconds) == text


def test_style_sheet_and_charts_name_the_same_colours():
    theme = pytest.importorskip("figures.charts.theme")
    css = (TEMPLATES / "static" / "palette.css").read_text("utf-8")
    blocks = [dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in re.findall(r"\{([^{}]*)\}", css)]
    light, dark, chosen = (block for block in blocks if block)
    assert light == {name: values[0] for name, values in theme.TOKENS.items()}
    assert dark == chosen == {name: values[1] for name, values in theme.TOKENS.items()}


@pytest.mark.parametrize(("count", "tile_px", "column", "columns"), [
    (12, 96, "page", 12), (16, 88, "body", 8), (20, 96, "page", 10), (14, 96, "page", 0), (8, 72, "text", 8),
    (12, 96, "screen", 0), (1, 96, "text", 0),
])  # fmt: skip
def test_tiles_make_full_rows_where_they_can(count, tile_px, column, columns):
    found = even_columns(count, tile_px, column)
    assert found == columns
    if found:
        assert count % found == 0
        assert found * tile_px * 0.84 <= COLUMNS_PX[column]


@pytest.mark.parametrize(("parts", "column", "room"), [
    ([chart(width=640)], "page", True), ([chart(width=900)], "page", False), ([chart(width=500)], "body", True),
    ([chart(width=300)], "text", False), ([chart(width=300), chart(width=300)], "page", False),
    ([sprite() | {"per_row": 10}], "page", True), ([sprite()], "page", False),
    ([sprite() | {"per_row": 3}, sprite() | {"per_row": 12}], "page", False),
])  # fmt: skip
def test_a_caption_stands_beside_a_figure_that_leaves_room(parts, column, room):
    assert leaves_room(parts, column) == room


def test_columns_have_the_widths_of_the_style_sheet():
    base = (TEMPLATES / "static" / "base.css").read_text("utf-8")
    widths = dict(re.findall(r"(--[\w-]+-width): (\d+px);", base))
    css = (TEMPLATES / "static" / "layout.css").read_text("utf-8")
    css = re.sub(r"var\((--[\w-]+-width)\)", lambda match: widths.get(match[1], match[0]), css)
    wide = css[css.index("@media (min-width: 1180px)") :]
    tracks = [int(px) for px in re.findall(r"(\d+)px", wide[wide.index("[page-start]") : wide.index("[page-end]")])]
    start, inset, text, outset, margin, end = tracks
    assert {"text": text, "body": inset + text + outset, "page": sum(tracks)} == COLUMNS_PX
    assert 200 <= margin <= 230
