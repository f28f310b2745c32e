"""Pages: relative addresses, escaping, honest gaps, agreement with the charts' colours."""

from __future__ import annotations

import datetime
import json
import math
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from builder.press import page
from builder.press.rows import Row
from builder.press.views import Frame, Mention, UnitView
from tests.builder.pages import FIGURE, HEAD, SITE, TEMPLATES, chart, set_article, sprite, unit, view


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


def test_every_address_is_relative_and_leads_from_the_page_to_the_root(env, tmp_path):
    html, _ = set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(chart(), sprite())})
    found = Found(html)
    ours = [a for a in found.addresses if not a.startswith(("#", "https://example.org/"))]
    assert ours
    assert all(address.startswith("../") for address in ours), ours


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


def test_a_table_that_a_figure_is_about_stands_open_and_can_be_put_in_order(env, tmp_path):
    folded = view(chart())
    whole = replace(folded.record.table, open=True, count=2)
    opened = replace(folded, record=replace(folded.record, table=whole))
    pages = [set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": one})[0] for one in (folded, opened)]
    assert ['<details class="numbers" open>' in html for html in pages] == [False, True]
    assert ['src="../assets/sort.js"' in html for html in pages] == [False, True]


def test_a_figure_that_is_not_measured_says_so(env, tmp_path):
    html, parts = set_article(env, tmp_path, HEAD + FIGURE)
    assert "Not measured yet." in html
    assert "Figure 1." in html
    assert parts.problems == []


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


def test_blocks_of_tiles_are_lists_of_their_own_and_count_on(env, tmp_path):
    part = replace(sprite(6, 3, per_row=2), block=4, twins=True)
    html, _ = set_article(env, tmp_path, HEAD + FIGURE, figures={"fig-one": view(part)})
    (blocks,) = re.findall(r'<div class="sprite-blocks sprite-twins">(.*?)</div>', html, re.DOTALL)
    lists = re.findall(r"<ul class=\"sprite s\w{8}\">(.*?)</ul>", blocks, re.DOTALL)
    assert [re.findall(r"mixed3b:(\d)</span>", one) for one in lists] == [list("0123"), list("45")]
    rules = dict(re.findall(r"^\.(\w+)\{(.*)\}$", page.sizes(env).decode(), re.MULTILINE))
    first = re.search(r'class="tile (\w+) (\w+)"', lists[1])
    assert [rules[name] for name in first.groups()] == ["--x:1;--columns:3;--edge:0.0078", "--y:1;--rows:2"]


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
    one.figure.record.values["top_mean"] = 3.14159
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


def test_style_sheet_and_charts_name_the_same_colours():
    theme = pytest.importorskip("figures.charts.theme")
    css = (TEMPLATES / "static" / "palette.css").read_text("utf-8")
    blocks = [dict(re.findall(r"--([\w-]+): (#\w+);", block)) for block in re.findall(r"\{([^{}]*)\}", css)]
    light, dark, chosen = (block for block in blocks if block)
    assert light == {name: values[0] for name, values in theme.TOKENS.items()}
    assert dark == chosen == {name: values[1] for name, values in theme.TOKENS.items()}
