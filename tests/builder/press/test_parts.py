"""The elements of a page, drawn with the macros of the templates."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from builder.errors import Place
from builder.press.parts import PageParts, drawings
from builder.press.views import Frame, SiteView
from builder.read.markdown.elements import ValueMention
from tests.builder.pages import FIGURE, HEAD, SITE, chart, set_article, sprite, unit, view


def test_the_authors_own_alternative_text_goes_first(env, tmp_path):
    text = HEAD + ':::{tuning}\n:name: one\n:alt: My "own" words\n\nC.\n:::\n'
    html, _ = set_article(env, tmp_path, text, figures={"fig-one": view(chart())})
    assert 'aria-label="My &#34;own&#34; words"' in html
    assert 'aria-label="one"' not in html


def test_drawings_have_a_label_and_no_title_that_pops_up():
    svg = drawings(view(chart()), Frame(SiteView("Site"), "a/index.html"))["svg"]
    assert 'aria-label="one"' in svg
    assert "<title>" not in svg


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
