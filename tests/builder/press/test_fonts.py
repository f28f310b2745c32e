"""Fonts: cut from installed packages."""

from __future__ import annotations

import importlib.resources
import io
import re
from collections.abc import Mapping
from importlib.metadata import version
from pathlib import Path
from statistics import fmean

import pytest
from fontTools.ttLib import TTFont

from builder.press import fonts, shared
from builder.settings import own_templates
from builder.store import Store

STAND_IN_MEANS = {fonts.TEXT: (0.4116, 0.5257, 0.4922), fonts.LABELS: (0.4594, 0.5233, 0.4584)}
"""Mean advance in ems of SAMPLE in Times New Roman and Arial (measured on the Liberation fonts), in DejaVu, in Noto Serif and Roboto."""
SAMPLE = "the quick specimen of a neuron answers to one curve in each of many images and to no other "


@pytest.fixture(scope="module")
def made(cut: Path) -> Mapping[str, bytes]:
    """The fonts as the first build of a site cut them, which takes seconds."""
    return shared.fonts(Store(cut))


@pytest.fixture(scope="module")
def opened(made) -> dict[str, TTFont]:
    return {name: TTFont(io.BytesIO(data)) for name, data in made.items()}


def features(font: TTFont) -> set[str]:
    return {record.FeatureTag for record in font["GSUB"].table.FeatureList.FeatureRecord}


def test_every_face_is_small_woff2(made):
    assert set(made) == {name for face in fonts.FACES for name in face.files}
    for name, data in made.items():
        assert data[:4] == b"wOF2"
        assert len(data) < 14_500, name
    assert sum(len(made[face.filename]) for face in fonts.FACES) < 68_000


@pytest.mark.slow
def test_cutting_twice_gives_the_same_bytes(made):
    face = fonts.FACES[3]
    for name, characters in face.files.items():
        assert fonts._cut((face, characters)) == made[name]


def test_the_upright_faces_hold_every_character(opened):
    for face in fonts.FACES:
        if face.style == "normal":
            held = {code for name in face.files for code in opened[name].getBestCmap()}
            missing = set(map(ord, fonts.CHARACTERS)) - held
            assert not missing, (face.filename, "".join(map(chr, missing)))


def test_the_two_files_of_a_face_share_no_character(opened):
    for face in fonts.FACES:
        first, more = (set(opened[name].getBestCmap()) for name in face.files)
        assert not first & more
        assert {ord("a"), ord("9"), ord("’"), ord("−")} <= first


def test_figures_stay_and_small_capitals_which_no_browser_would_use_alone_go(opened):
    assert {"onum", "lnum", "tnum"} <= features(opened["serif-regular.woff2"])
    assert "onum" in features(opened["sans-regular.woff2"])
    assert all("smcp" not in features(font) for font in opened.values())


def test_the_copyright_and_the_licence_stay_and_the_reserved_name_goes(opened):
    for font in opened.values():
        names = {record.nameID: str(record) for record in font["name"].names}
        assert "Adobe" in names[0]
        assert "Open Font License" in names[13]
        assert "Source" not in names[1] + names[4] + names[6]


def test_the_style_sheet_names_every_file():
    names = {name for face in fonts.FACES for name in face.files}
    css = fonts.font_css({name: f"x/{name}" for name in names})
    assert set(re.findall(r'url\("x/([^"]+)"\)', css)) == names
    assert css.count("font-display:swap") == css.count("unicode-range:U+") == len(names)
    assert 'font-family:"Source Serif Pro Stand-in"' in css


@pytest.mark.parametrize("family", [fonts.TEXT, fonts.LABELS])
def test_stand_ins_have_the_measures_of_the_font(family):
    face = next(face for face in fonts.FACES if face.family == family)
    font = TTFont(str(importlib.resources.files(face.package) / "files" / face.source))
    em, cmap, advances = font["head"].unitsPerEm, font.getBestCmap(), font["hmtx"]
    mean = fmean(advances[cmap[ord(letter)]][0] for letter in SAMPLE) / em
    for stand_in, its_mean in zip(fonts.STAND_INS[family], STAND_IN_MEANS[family], strict=True):
        assert stand_in.scale == pytest.approx(mean / its_mean, rel=0.005)
        assert (stand_in.ascent, stand_in.descent) == (font["hhea"].ascent / em, -font["hhea"].descent / em)


def test_the_style_sheet_of_pages_names_every_stand_in_behind_its_font():
    base = (own_templates() / "static" / "base.css").read_text("utf-8")
    for family in fonts.STAND_INS:
        assert ", ".join(f'"{name}"' for name in [family, *(f"{family} {called}" for called in fonts.CALLED)]) in base


def test_ranges_of_characters_are_written_as_style_sheets_do():
    assert fonts._ranges(frozenset("abcxπ")) == "U+61-63,U+78,U+3C0"
    assert fonts._ranges(fonts.FIRST).startswith("U+20-7E,U+A0,")


def test_the_version_names_packages_and_subset(monkeypatch):
    before = fonts.version()
    assert f"fonttools {version('fonttools')}" in before
    monkeypatch.setattr(fonts, "CHARACTERS", "abc")
    other = fonts.version()
    monkeypatch.setattr(fonts, "FIRST", frozenset("a"))
    assert len({before, other, fonts.version()}) == 3


@pytest.fixture(scope="module")
def of_formulas() -> dict[str, TTFont]:
    return {name: TTFont(io.BytesIO(data)) for name, data in fonts.of_formulas().items()}


@pytest.mark.slow
def test_the_font_of_formulas_has_letters_once_and_signs_that_stretch(of_formulas):
    first, bold, rare = (set(font.getBestCmap()) for font in of_formulas.values())
    assert {ord("x"), 0x1D465, ord("∑"), ord("("), ord("√"), 0x03B8, 0x1D703} <= first
    assert {0x1D431, ord("ℝ"), 0x1D53C} <= bold
    assert not first & bold | first & rare | bold & rare
    stretched = of_formulas["maths.woff2"]["MATH"].table.MathVariants.VertGlyphCoverage.glyphs
    names = of_formulas["maths.woff2"].getBestCmap()
    assert {names[ord(sign)] for sign in "()[]{|∑∫√"} <= set(stretched)
    across = of_formulas["maths.woff2"]["MATH"].table.MathVariants
    arrows = dict(zip(across.HorizGlyphCoverage.glyphs, across.HorizGlyphConstruction, strict=True))
    heads = [arrows[names[ord(sign)]].GlyphAssembly.PartRecords[-1] for sign in "→↔↦⇒"]
    assert all(head.StartConnectorLength >= across.MinConnectorOverlap for head in heads)
    for font in of_formulas.values():
        assert any("Open Font License" in str(record) for record in font["name"].names if record.nameID == 13)


def test_its_rule_stands_only_where_it_has_an_address():
    names = fonts.FORMULAS.files
    assert fonts.MATHS not in fonts.font_css({name: name for face in fonts.FACES for name in face.files})
    assert fonts.font_css({name: name for name in names}).count(fonts.MATHS) == len(names)
    assert "ziamath" in fonts.version_of_formulas()
