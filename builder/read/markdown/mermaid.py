"""Diagrams that are written in Mermaid's words, drawn by the package mmdr in the colours of light and dark pages."""

from __future__ import annotations

import functools
import importlib
import json
import re

from markdown_it.token import Token

from builder.plan.catalogue.nearest import nearest
from builder.read.markdown.attributes import trailing
from builder.read.markdown.parts import Diagram
from builder.read.markdown.source import Source

LANGUAGE, PACKAGE = "mermaid", "mmdr"
KNOWN = frozenset({"alt", "class"})
# Those of palette.css, which a test compares: a picture cannot ask the page.
LIGHT = {
    "paper": "#fdfcf9", "ink": "#1c1b19", "quiet": "#66635c", "rule": "#e5e1d8",
    "series": "#c8472b #1f6fae #2e8461 #8a5aa8 #b0801a #5d6670 #b34a78 #2f8a93",
}  # fmt: skip
DARK = {
    "paper": "#141618", "ink": "#e8e5de", "quiet": "#a09c93", "rule": "#2b2e31",
    "series": "#ee7f5c #6db3ea #62c199 #c39bdf #dfb354 #a5afb9 #e68fb5 #6cc6ce",
}  # fmt: skip
SHARE = 0.06
"""How much ink is in what boxes are filled with."""
INK = ("primaryText", "secondaryText", "tertiaryText", "nodeText", "noteText", "actorText", "signalText", "labelText",
       "loopText", "pieTitleText", "pieLegendText", "taskText", "taskTextDark", "taskTextOutside")  # fmt: skip
LINES = ("line", "primaryBorder", "secondaryBorder", "tertiaryBorder", "actorLine", "labelBoxBorder", "noteBorder",
         "taskBorder", "pieOuterStroke", "grid")  # fmt: skip
WASH = ("primary", "secondary", "tertiary")
FILLED = ("mainBkg", "clusterBkg", "actorBkg", "noteBkgColor", "labelBoxBkgColor", "taskBkgColor", "rowEven",
          "attributeBackgroundColorEven", "sectionBkgColor")  # fmt: skip
BARE = ("background", "edgeLabelBackground", "rowOdd", "attributeBackgroundColorOdd", "altSectionBkgColor",
        "pieStrokeColor")  # fmt: skip
HEAD = re.compile(r"\A\s*---\n.*?\n---\n", re.DOTALL)
WORDS = re.compile(r"^\s*accDescr\s*(?::[ \t]*([^\n]+)|\{([^}]*)\})", re.MULTILINE)
TITLE = re.compile(r"^\s*accTitle\s*:[ \t]*([^\n]+)", re.MULTILINE)
SIZE = re.compile(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"')


def prepare(token: Token, source: Source, line: int) -> bool:
    """Draw a block of code that is a diagram; tell whether it is one that can be drawn."""
    info, attributes = trailing(token.info)
    if info.strip().lower() != LANGUAGE or not is_installed():
        return False
    for name in attributes.keys() - KNOWN:
        source.problem(line, f"mermaid: no attribute {name!r}{nearest(name, KNOWN)}", warning=True)
    try:
        light, dark = (drawn(token.content, is_dark) for is_dark in (False, True))
    except ValueError as error:
        source.problem(line, f"mermaid: {error}")
        return False
    if "$$" in token.content:
        source.problem(line, "mermaid: formulas are not drawn in diagrams", warning=True)
    words = str(attributes.get("alt", "")) or said(token.content)
    if not words:
        told = "mermaid: no alternative text; write a line 'accDescr: what it shows', or {alt=\"…\"} behind 'mermaid'"
        source.problem(line, told, warning=True)
    size = SIZE.search(light)
    width, height = (round(float(side)) for side in size.groups()) if size else (0, 0)
    classes = tuple(str(attributes.get("class", "")).split())
    token.meta["diagram"] = Diagram(light, dark, words or "A diagram", width, height, classes)
    return True


@functools.cache
def is_installed() -> bool:
    """Tell whether the package that draws is there."""
    try:
        importlib.import_module(PACKAGE)
    except ImportError:
        return False
    return True


@functools.lru_cache(maxsize=256)
def drawn(text: str, is_dark: bool) -> str:
    """Draw a diagram as SVG; raises ValueError with what is wrong with it."""
    options = {
        "theme": "base", "look": "classic", "darkMode": is_dark, "fontFamily": "sans-serif",
        "themeVariables": variables(is_dark),
    }  # fmt: skip
    head = HEAD.match(text)
    at = head.end() if head else 0
    asked = f"{text[:at]}%%{{init: {json.dumps(options)}}}%%\n{text[at:]}"
    return str(importlib.import_module(PACKAGE).render(asked).svg())


def variables(is_dark: bool) -> dict[str, str]:
    """Name the colours of the page as Mermaid does."""
    colours = DARK if is_dark else LIGHT
    wash = mixed(colours["ink"], colours["paper"], SHARE)
    named = {f"{name}Color": colours["ink"] for name in INK} | {f"{name}Color": colours["quiet"] for name in LINES}
    named |= {f"{name}Color": wash for name in WASH} | dict.fromkeys(FILLED, wash)
    named |= dict.fromkeys(BARE, colours["paper"]) | dict.fromkeys(("textColor", "titleColor"), colours["ink"])
    named |= {"clusterBorder": colours["rule"], "actorBorder": colours["quiet"], "signalColor": colours["ink"]}
    for number, colour in enumerate(colours["series"].split()):
        named |= {f"pie{number + 1}": colour, f"cScale{number}": colour, f"cScaleLabel{number}": colours["paper"]}
    return named | {"pieOpacity": "1", "pieSectionTextColor": colours["paper"], "fontFamily": "sans-serif"}


def mixed(one: str, other: str, share: float) -> str:
    """Mix two colours, a share of the first in the other."""
    pairs = (tuple(int(colour[at : at + 2], 16) for colour in (one, other)) for at in (1, 3, 5))
    return "#" + "".join(f"{round(share * first + (1 - share) * second):02x}" for first, second in pairs)


def said(text: str) -> str:
    """Give the words in which a diagram says what it shows, "" where it does not."""
    title, words = TITLE.search(text), WORDS.search(text)
    parts = [title[1] if title else "", (words[1] or words[2]) if words else ""]
    return ". ".join(" ".join(part.split()).rstrip(".") for part in parts if part.strip())
