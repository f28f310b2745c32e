"""What the converter writes, as browsers and a strict policy want it."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree

_STYLE = re.compile(r' style="([^"]*)"')
_COLOUR = re.compile(r"color:\s*(#[0-9A-Fa-f]{6});?")
_STRUCK = re.compile(
    r'<menclose notation="(updiagonalstrike|downdiagonalstrike|updiagonalstrike downdiagonalstrike)">'
    r'(.*?)<mrow class="menclose-[^"]*"></mrow>(?:<mrow class="menclose-[^"]*"></mrow>)?</menclose>',
    re.DOTALL,
)
_BOXED = re.compile(r'<menclose notation="box">(.*?)</menclose>', re.DOTALL)
_SERIF = re.compile(r'<span class="math-core-serif-font">(.*?)</span>', re.DOTALL)
_SCRIPTS = re.compile(r"<(m(?:sub|sup|subsup|under|over|underover))>|</(m(?:sub|sup|subsup|under|over|underover))>")
_TABLE = '<mtable displaystyle="false" scriptlevel="0">'

#: A row of nothing but the line above it: it ends a table.
_LAST_LINE = re.compile(
    r'<mtr><mtd style="border-top: ([^;"]*);[^"]*"></mtd>(?:<mtd style="border-top: [^"]*"></mtd>)*</mtr></mtable>'
)
_TABLES = re.compile(r"<(/?)mtable")
_UNTIDY = re.compile("[&\u0332\u2190-\u21ff]|<menclose|<span|<mtable|color")
"""One of these is in whatever is written anew."""

#: An arrow with something on it.
_ARROW = re.compile(r'(<m(?:under|over|underover)><mo)((?: [lr]space="0")*>[\u2190-\u21ff])')

#: A thin line across, from the lower left to the upper right, or the other way.
_STRIKES = {
    "updiagonalstrike": "to bottom right",
    "downdiagonalstrike": "to top right",
}

_SUPERSCRIPTS = str.maketrans("0123456789+−-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_SUBSCRIPTS = str.maketrans("0123456789+−-=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎")
_SPACED = frozenset("=<>≤≥≈≠∈→←↔⇒∼≡+−×")
_ACCENTS = {
    "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "˜": "\u0303", "‾": "\u0304", "¯": "\u0304", "→": "\u20d7",
    "˙": "\u0307", "′": "′",
}  # fmt: skip


def tidied(mathml: str) -> str:
    """Return a formula without names of characters, without elements that browsers have given up."""
    if not _UNTIDY.search(mathml):
        return mathml
    # The line over or below is the sign that fonts can lengthen.
    text = mathml.replace("&ApplyFunction;", "\u2061").replace("\u0332", "\u203e")
    text = _ARROW.sub(r'\1 stretchy="true"\2', text)
    text = _SERIF.sub(r"\1", text)
    text = _BOXED.sub(r'<mrow style="border:.05em solid;padding:.25em;">\1</mrow>', text)
    text = _STRUCK.sub(_struck, text)
    text = _underlined(text)
    text = text.replace(f'scriptlevel="1">{_TABLE}', 'scriptlevel="1"><mtable>')
    return _in_scripts(_COLOUR.sub(r"color:\1;", text))


def _underlined(text: str) -> str:
    """Draw the line that ends a table below it, instead of above a row of nothing."""
    while match := _LAST_LINE.search(text):
        text = text[: match.start()] + "</mtable>" + text[match.end() :]
        depth = 0
        for tag in reversed([*_TABLES.finditer(text, 0, match.start() + len("</mtable>"))]):
            depth += 1 if tag[1] else -1
            if depth == 0:
                text = _with_style(text, tag.end(), f"border-bottom: {match[1]};")
                break
    return text


def _with_style(text: str, at: int, style: str) -> str:
    """Add to the style of the element whose name ends at a place."""
    begun = ' style="'
    if text.startswith(begun, at):
        return text[: at + len(begun)] + style + text[at + len(begun) :]
    return f'{text[:at]}{begun}{style}"{text[at:]}'


def _struck(match: re.Match[str]) -> str:
    line = (
        "transparent calc(50% - .03em),currentcolor calc(50% - .03em) calc(50% + .03em),transparent calc(50% + .03em)"
    )
    drawn = ",".join(f"linear-gradient({_STRIKES[name]},{line})" for name in match[1].split())
    return f'<mrow style="background:{drawn};">{match[2]}</mrow>'


def _in_scripts(mathml: str) -> str:
    """Let tables within scripts have the size of scripts: lines below a sum are as small as one line is."""
    if _TABLE not in mathml:
        return mathml
    depth, pieces, last = 0, [], 0
    for match in _SCRIPTS.finditer(mathml):
        pieces.append(_shrunk(mathml[last : match.start()], depth))
        pieces.append(match[0])
        depth += 1 if match[1] else -1
        last = match.end()
    return "".join([*pieces, mathml[last:]]) if pieces else mathml


def _shrunk(piece: str, depth: int) -> str:
    return piece.replace(_TABLE, "<mtable>") if depth else piece


def classed(formula: str, named: Callable[[str], str]) -> str:
    """Give styles the names of classes, which `named` returns: a strict policy forbids them in a page."""
    return _STYLE.sub(lambda m: f' class="{named(m[1].rstrip(";"))}"', formula)


def unstyled(formula: str) -> str:
    """Take the styles out of a formula that stands where there is no page."""
    return _STYLE.sub("", formula)


def plain(formula: str) -> str:
    """Say a formula in a line of plain text: "x²", "α_1", "(a + b)/c"."""
    try:
        return " ".join(_plain(ElementTree.fromstring(formula)).split())
    except ElementTree.ParseError:
        return re.sub(r"<[^>]*>", "", formula)


def _plain(element: ElementTree.Element) -> str:
    parts = [_plain(child) for child in element]
    match element.tag, parts:
        case "msup" | "mover", [base, above]:
            return base + _raised(above, "^", _SUPERSCRIPTS)
        case "msub" | "munder", [base, below]:
            return base + _raised(below, "_", _SUBSCRIPTS)
        case "msubsup" | "munderover", [base, below, above]:
            return base + _raised(below, "_", _SUBSCRIPTS) + _raised(above, "^", _SUPERSCRIPTS)
        case "mfrac", [above, below]:
            return f"{_grouped(above)}/{_grouped(below)}"
        case "msqrt", _:
            return f"√{_grouped(''.join(parts))}"
        case "mtd" | "mtr", _:
            return "".join(parts) + " "
        case "mo", _ if element.text in _SPACED:
            return f" {element.text} "
    return (element.text or "") + "".join(parts)


def _raised(text: str, mark: str, signs: dict[int, int]) -> str:
    text = text.replace(" ", "")
    if text in _ACCENTS:
        return text if text == "′" else _ACCENTS[text]
    return text.translate(signs) if text and all(ord(sign) in signs for sign in text) else mark + _grouped(text)


def _grouped(text: str) -> str:
    return text if len(text) < 2 or text.isalnum() else f"({text})"
