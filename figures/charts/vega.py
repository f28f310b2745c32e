"""Turn an Altair chart into what a page carries: a compiled Vega specification and an SVG."""

from __future__ import annotations

import hashlib
import html
import math
import re
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import altair
import vl_convert
from altair.utils import schemapi

from figures.artifact import Chart
from figures.charts import focus, theme

VEGA_LITE = altair.SCHEMA_VERSION.lstrip("v").rpartition(".")[0]

_GEOMETRY = re.compile(r' (d|transform|x|y|x1|y1|x2|y2|cx|cy|r|width|height|points)="([^"]*)"')
_NUMBER = re.compile(r"-?\d+\.\d{3,}(?:e-?\d+)?|-?\d+(?:\.\d+)?e-\d+")
_ROOT = re.compile(r"<svg\b[^>]*>")
_SILENT = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
_EMPTY = re.compile(r'<path class="(?:background|foreground)"(?:(?! (?:fill|stroke)=")[^>])*/>')
# A page may forbid styles in its text; as an attribute the same is allowed.
_SHARP = re.compile(r' style="(?:image-rendering: [a-zA-Z]+; ?)*image-rendering: (?P<how>[a-z]+);"')
_INERT = re.compile(r' (?:opacity="1"|font-weight="normal")')
_SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')


def chart(
    drawing: altair.TopLevelMixin | Mapping[str, object],
    *,
    name: str,
    alt: str,
    title: str = "",
    pointed: Mapping[str, str] | None = None,
    narrow: altair.TopLevelMixin | None = None,
) -> Chart:
    """Compile an Altair chart (or a Vega-Lite dictionary) and draw it.

    Both forms have the same outer size and no background. Ids in the SVG begin with
    `name`, so that charts can stand in one page. Equal charts give equal bytes. A page sets `title` above. With
    `pointed`, {view: field}, pointing at a mark of a named view looks at its series
    alone (see `focus`). `narrow` is the same with its panels below each other, at most `theme.NARROW_PX`
    wide, for pages that are no wider. A selection must not be called `unit`: Vega-Lite compiles its
    own signal by that name.
    """
    wide = _form(compiled(drawing), name, alt, title, pointed)
    if narrow is None or wide.width <= theme.NARROW_PX:
        return wide
    return replace(wide, narrow=_form(compiled(narrow, narrow=True), name, alt, title, pointed))


def _form(spec: dict[str, object], name: str, alt: str, title: str, pointed: Mapping[str, str] | None) -> Chart:
    if pointed:
        spec = focus.interactive(spec, pointed=pointed)
    spec["description"] = alt
    svg, width, height = drawn(spec, name=name, alt=alt)
    return Chart(spec=spec, svg=svg, width=width, height=height, name=name, alt=alt, title=title)


def compiled(drawing: altair.TopLevelMixin | Mapping[str, object], *, narrow: bool = False) -> dict[str, object]:
    """Compile to Vega in the project's theme; what the chart configures itself goes before it.

    On `narrow` pages legends stand below each other.
    """
    spec: dict[str, Any] = (
        dict(drawing) if isinstance(drawing, Mapping) else drawing.to_dict(validate=schemapi.DEBUG_MODE)
    )
    look = _merged(theme.config(), theme.NARROW if narrow else {})
    spec["config"] = _merged(look, spec.get("config", {}))
    theme.register_fonts()
    vega = vl_convert.vegalite_to_vega(spec, vl_version=VEGA_LITE)
    vega.pop("background", None)
    return vega


def unchecked() -> AbstractContextManager[None]:
    """Take it on trust that charts are as Vega-Lite wants them: our own are held against its schema when tested.

    Holding them against it takes longer than all else that Altair does.
    """
    return schemapi.debug_mode(False)


def drawn(spec: Mapping[str, object], *, name: str, alt: str) -> tuple[str, int, int]:
    """Draw a Vega specification; return a labelled SVG and its outer size in pixels."""
    theme.register_fonts()
    svg = _slim(vl_convert.vega_to_svg(dict(spec)))
    width, height = _size(svg)
    svg = _ROOT.sub(lambda _: _root(width, height, alt), svg, count=1)
    return _own_ids(svg, name), width, height


def _size(svg: str) -> tuple[int, int]:
    sides = _SIZE.search(svg)
    if sides is None:
        raise ValueError("the drawing does not say how large it is")
    return math.ceil(float(sides[1])), math.ceil(float(sides[2]))


def _merged(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in over.items():
        both = isinstance(value, Mapping) and isinstance(merged.get(key), Mapping)
        merged[key] = _merged(merged[key], value) if both else value
    return merged


def _slim(svg: str) -> str:
    """Round coordinates and drop what paints and says nothing: the root speaks for the whole picture."""
    svg = _INERT.sub("", _EMPTY.sub("", _SILENT.sub("", svg)))
    svg = _SHARP.sub(r' image-rendering="\g<how>"', svg)
    return _GEOMETRY.sub(lambda match: f' {match[1]}="{_NUMBER.sub(_rounded, match[2])}"', svg)


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
