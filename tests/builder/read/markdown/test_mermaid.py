"""Diagrams in Mermaid's words, drawn by a package that need not be there."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from builder.press import drawing
from builder.read.markdown import mermaid

PALETTE = (Path(__file__).parents[4] / "templates" / "static" / "palette.css").read_text("utf-8")
FLOW = "flowchart LR\n  accTitle: A walk\n  accDescr: From a to b.\n  a --> b\n"


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch):
    """Let a package be there that draws nothing, and refuses what says `wrong`; return what it was given."""
    given: list[str] = []

    def render(text: str) -> SimpleNamespace:
        given.append(text)
        if "wrong" in text:
            raise ValueError("no arrow")
        return SimpleNamespace(svg=lambda: f'<svg viewBox="4 4 90.6 30"><desc>{len(given)}</desc></svg>')

    monkeypatch.setitem(sys.modules, "mmdr", SimpleNamespace(render=render))
    mermaid.is_installed.cache_clear()
    mermaid.drawn.cache_clear()
    yield given
    mermaid.is_installed.cache_clear()
    mermaid.drawn.cache_clear()


def test_a_block_is_drawn_in_both_themes(draw, drawn: list[str]) -> None:
    assert draw(f"```mermaid {{.wide}}\n{FLOW}```") == "<DIAGRAM alt=A walk. From a to b class=wide/>"
    assert [mermaid.DARK["paper"] in text for text in drawn] == [False, True]
    assert all(text.endswith("%%\n" + FLOW) for text in drawn)


def test_what_stands_before_a_diagram_stays_there(drawn: list[str]) -> None:
    mermaid.drawn("---\ntitle: T\n---\nflowchart LR", False)
    assert drawn[0].startswith("---\ntitle: T\n---\n%%{init: {")


@pytest.mark.parametrize(
    ("block", "told"),
    [
        ("```mermaid\nwrong\n```", "11: mermaid: no arrow"),
        ("```mermaid\na\n```", "11: warning: mermaid: no alternative text; write a line 'accDescr: what it shows'"),
        ('```mermaid {alt="A" alts="x"}\na\n```', "11: warning: mermaid: no attribute 'alts'; did you mean"),
        ('```mermaid {alt="A"}\na["$$x$$"]\n```', "11: warning: mermaid: formulas are not drawn in diagrams"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(draw, drawn: list[str], block: str, told: str) -> None:
    assert f"articles/case/index.md:{told}" in draw(block)


def test_without_the_package_it_stands_as_code_and_is_told(draw, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mermaid, "is_installed", lambda: False)
    text = draw("```mermaid\ngraph LR\n```")
    assert text.startswith("<CODE language=mermaid label=mermaid>graph LR")
    assert "11: warning: code: mermaid is shown as it is written; `pip install 'microscribe[mermaid]'` brings" in text


@pytest.mark.parametrize(("colours", "is_dark"), [(mermaid.LIGHT, False), (mermaid.DARK, True)])
def test_the_colours_are_those_of_the_page(colours: dict[str, str], is_dark: bool) -> None:
    light = dict(re.findall(r"--([\w-]+): (#\w{6});", PALETTE.split("@media")[0]))
    there = {name.lstrip("-"): colour for name, colour in drawing.dark_colours(PALETTE).items()} if is_dark else light
    assert {name: there[name] for name in ("paper", "ink", "quiet", "rule")} == {
        name: colour for name, colour in colours.items() if name != "series"
    }
    assert [there[f"series-{number}"] for number in range(8)] == colours["series"].split()


def test_the_package_draws_a_picture_that_asks_for_nothing() -> None:
    pytest.importorskip("mmdr")
    svg = mermaid.drawn(FLOW, False)
    assert mermaid.SIZE.search(svg)
    assert mermaid.mixed("#ffffff", "#000000", 0.5) == "#808080"
    assert "<foreignObject" not in svg
    assert not re.search(r"(?:href|src)=\"(?!#)|url\((?!#)|@import", svg)
    with pytest.raises(ValueError, match="diagram type"):
        mermaid.drawn("flowchrt", False)
