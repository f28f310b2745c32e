"""Compile a specification and draw it as an SVG: needs neither Altair nor torch, and so may be done by any process."""

from __future__ import annotations

import hashlib
import html
import math
import re
from typing import Any

import vl_convert

from figures.charts import paths, theme

_GEOMETRY = re.compile(r' (d|transform|x|y|x1|y1|x2|y2|cx|cy|r|width|height|points)="([^"]*)"')
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?|-?\d+(?:\.\d+)?e-\d+")
_ROOT = re.compile(r"<svg\b[^>]*>")
_SILENT = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_EMPTY = re.compile(r'<path class="(?:background|foreground)"(?:(?! (?:fill|stroke)=")[^>])*/>')
# A page may forbid styles in its text; as an attribute the same is allowed.
_SHARP = re.compile(r' style="(?:image-rendering: [a-zA-Z]+; ?)*image-rendering: (?P<how>[a-z]+);"')
_INERT = re.compile(r' (?:opacity="1"|font-weight="normal")')
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def compiled(spec: dict[str, Any], version: str) -> dict[str, Any]:
    """Compile Vega-Lite of a version to Vega without a background."""
    theme.register_fonts()
    vega: dict[str, Any] = vl_convert.vegalite_to_vega(spec, vl_version=version)
    vega.pop("background", None)
    return vega


def svg(spec: dict[str, Any], name: str, alt: str) -> tuple[str, int, int]:
    """Return a labelled SVG, its ids beginning with `name`, and its outer size in pixels."""
    theme.register_fonts()
    slim = _slim(vl_convert.vega_to_svg(spec))
    width, height = _size(slim)
    whole = _ROOT.sub(lambda _: _root(width, height, alt), slim, count=1)
    return _own_ids(whole, name), width, height


def _size(svg: str) -> tuple[int, int]:
    sides = _SIZE.search(svg)
    if sides is None:
        raise ValueError("the drawing does not say how large it is")
    return math.ceil(float(sides[1])), math.ceil(float(sides[2]))


def _slim(svg: str) -> str:
    """Round coordinates and drop what paints and says nothing: the root speaks for the whole picture."""
    svg = _INERT.sub("", _EMPTY.sub("", _SILENT.sub("", svg)))
    svg = _SHARP.sub(r' image-rendering="\g<how>"', svg)
    return _GEOMETRY.sub(_exact_enough, svg)


def _exact_enough(attribute: re.Match[str]) -> str:
    """Round the numbers of an attribute, and write a path in few letters."""
    numbers = _NUMBER.sub(_rounded, attribute[2])
    return f' {attribute[1]}="{paths.shortened(numbers) if attribute[1] == "d" else numbers}"'


def _rounded(number: re.Match[str]) -> str:
    """Keep two decimals: a hundredth of a pixel."""
    return f"{round(float(number[0]), 2) + 0:.10g}"


def _root(width: int, height: int, alt: str) -> str:
    label = html.escape(alt, quote=True)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" class="marks" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img" aria-label="{label}">'
        f"<title>{label}</title>"
    )


def _own_ids(svg: str, name: str) -> str:
    """Rename ids in order of appearance: vl-convert counts them through the whole process."""
    found = list(dict.fromkeys(re.findall(r'\bid="([^"]+)"', svg)))
    stable = svg
    for i, old in enumerate(found):
        stable = _renamed(stable, old, f"\0{i}\0")
    mark = hashlib.sha256(stable.encode()).hexdigest()[:8]
    return re.sub("\0(\\d+)\0", lambda match: f"{name}-{mark}-{match[1]}", stable)


def _renamed(svg: str, old: str, new: str) -> str:
    return (
        svg.replace(f'id="{old}"', f'id="{new}"')
        .replace(f"url(#{old})", f"url(#{new})")
        .replace(f'href="#{old}"', f'href="#{new}"')
    )
