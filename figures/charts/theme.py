"""The look of every chart: colour tokens, colour maps, type, and the Vega-Lite configuration.

Colours are CSS custom properties with the light theme's value as fallback, so that one
SVG serves both themes: `var(--ink, #1c1b19)`. `TOKENS` gives the value of each in light
and in dark; the site's style sheet defines the same names.
"""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Mapping, Sequence
from pathlib import Path

FONT = "Source Sans Pro, sans-serif"
FADED = 0.15
NARROW_PX = 350
"""How wide a chart may be on a phone: what is drawn for narrow pages is no wider."""
PADDING_PX = 4
NARROW_WITHIN_PX = NARROW_PX - 2 * PADDING_PX
"""The same without the padding around."""
NARROW_LETTERS = 44
"""How many letters stand in one line there below a plot."""
STEPS = 16

_PAPER = ("#fdfcf9", "#141618")
_TO_LMS = ((1, 0.3963377774, 0.2158037573), (1, -0.1055613458, -0.0638541728), (1, -0.0894841775, -1.2914855480))
_TO_RGB = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def oklch(lightness: float, chroma: float, hue_deg: float) -> str:
    """Return an OKLCH colour as sRGB hex, clipped to the gamut. After Ottosson (2020)."""
    hue = math.radians(hue_deg)
    return _hex(_linear_rgb((lightness, chroma * math.cos(hue), chroma * math.sin(hue))))


def orientation_colour(orientation_deg: float) -> str:
    """Return the colour of a direction: a perceptual circle, hue = angle, legible on both papers."""
    return oklch(0.63, 0.106, orientation_deg % 360)


def _linear_rgb(lab: Sequence[float]) -> list[float]:
    return _times(_TO_RGB, [one**3 for one in _times(_TO_LMS, lab)])


def _times(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    return [sum(map(operator.mul, row, vector)) for row in matrix]


def _hex(linear: Sequence[float]) -> str:
    return "#" + "".join(f"{round(_encoded(min(max(one, 0.0), 1.0)) * 255):02x}" for one in linear)


def _encoded(linear: float) -> float:
    return 12.92 * linear if linear <= 0.0031308 else 1.055 * linear ** (1 / 2.4) - 0.055


def _path(stops: Sequence[tuple[float, float, float]], steps: int) -> list[str]:
    """Walk evenly through (lightness, chroma, hue) stops."""
    return [oklch(*_between(stops, i * (len(stops) - 1) / (steps - 1))) for i in range(steps)]


def _between(stops: Sequence[tuple[float, float, float]], at: float) -> tuple[float, float, float]:
    last = min(int(at), len(stops) - 2)
    lightness, chroma, hue = (a + (b - a) * (at - last) for a, b in zip(*stops[last : last + 2], strict=True))
    return lightness, chroma, hue


def _ramps(name: str, light: Sequence[str], dark: Sequence[str]) -> dict[str, tuple[str, str]]:
    return {f"{name}-{i}": pair for i, pair in enumerate(zip(light, dark, strict=True))}


def _sequential() -> dict[str, tuple[str, str]]:
    """Zero is the paper; even steps of lightness away from it, through amber, red and violet."""
    inks = [(0.955, 0.035, 85), (0.80, 0.115, 55), (0.60, 0.165, 18), (0.42, 0.15, -30), (0.24, 0.09, -75)]
    lights = [(0.24, 0.05, -75), (0.42, 0.14, -45), (0.60, 0.17, 5), (0.79, 0.13, 55), (0.955, 0.09, 95)]
    light, dark = _path(inks, STEPS), _path(lights, STEPS)
    return _ramps("seq", light, dark)


def _diverging() -> dict[str, tuple[str, str]]:
    """Blue below zero, the paper at zero, vermilion above."""
    light = _two_sided((0.965, 0.004), (0.73, 0.11), (0.47, 0.135))
    dark = _two_sided((0.225, 0.004), (0.50, 0.115), (0.80, 0.11))
    return _ramps("div", light, dark)


def _two_sided(*stops: tuple[float, float]) -> list[str]:
    """Leave a middle colour through (lightness, chroma) towards blue and towards a stronger vermilion."""
    sides = ((250, 1.0), (38, 1.25))
    blue, vermilion = (_path([(li, ch * gain, hue) for li, ch in stops], STEPS // 2 + 1) for hue, gain in sides)
    return blue[:0:-1] + vermilion


TOKENS: Mapping[str, tuple[str, str]] = {
    "paper": _PAPER,
    "ink": ("#1c1b19", "#e8e5de"),
    "quiet": ("#66635c", "#a09c93"),
    "rule": ("#e5e1d8", "#2b2e31"),
    "accent": ("#0a6c74", "#7fc9cf"),
    "label-curve": ("#0b7a80", "#2fa6ab"),
    "label-imperfect": ("#8fcfca", "#9adad4"),
    "label-unrelated": ("#eadfbd", "#5d5641"),
    "label-opposing": ("#d4532b", "#e8734a"),
    "series-0": ("#c8472b", "#ee7f5c"),
    "series-1": ("#1f6fae", "#6db3ea"),
    "series-2": ("#2e8461", "#62c199"),
    "series-3": ("#8a5aa8", "#c39bdf"),
    "series-4": ("#b0801a", "#dfb354"),
    "series-5": ("#5d6670", "#a5afb9"),
    "series-6": ("#b34a78", "#e68fb5"),
    "series-7": ("#2f8a93", "#6cc6ce"),
    **_sequential(),
    **_diverging(),
}
"""Every colour by its custom property's name, without the dashes: (light, dark)."""


def token(name: str) -> str:
    """Return a colour of `TOKENS` as CSS with its light value as fallback. Raises KeyError."""
    return f"var(--{name}, {TOKENS[name][0]})"


PAPER, INK, QUIET, RULE, ACCENT = (token(name) for name in ("paper", "ink", "quiet", "rule", "accent"))
SEQUENTIAL = tuple(token(f"seq-{i}") for i in range(STEPS))
"""Activation, from just above zero to the maximum; zero itself is the ground, so leave it undrawn."""
DIVERGING = tuple(token(f"div-{i}") for i in range(STEPS + 1))
"""Signed values; the middle one is zero."""
SERIES = tuple(token(f"series-{i}") for i in range(8))
LABELS: Mapping[str, str] = {
    label: token(f"label-{label}") for label in ("curve", "imperfect", "unrelated", "opposing")
}
SHAPES = ("circle", "square", "triangle-up", "diamond", "triangle-down", "cross", "triangle-right", "triangle-left")


def observers(names: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Give each observer a colour and a marker shape; humans are always the first pair's.

    Networks take the next pairs in the order given; from the eighth on, colours come
    again with another shape.
    """
    humans = [name for name in names if name.lower().startswith("human")]
    networks = [name for name in dict.fromkeys(names) if name not in humans]
    style = dict.fromkeys(humans, (SERIES[0], SHAPES[0]))
    for i, name in enumerate(networks):
        style[name] = (SERIES[1 + i % 7], SHAPES[(1 + i % 7 + i // 7) % 8])
    return style


def resolve(text: str, *, dark: bool = False) -> str:
    """Replace custom properties by their values, for renderers that know no CSS."""
    for name, values in TOKENS.items():
        text = text.replace(token(name), values[dark])
    return text


@functools.cache
def register_fonts() -> None:
    """Let vl-convert measure text in the font it is read in, from the installed font package."""
    import font_source_sans_pro
    import vl_convert

    vl_convert.register_font_directory(str(Path(font_source_sans_pro.__file__).parent / "files"))


NARROW: Mapping[str, object] = {
    "legend": {"columns": 2, "layout": {"top": {"direction": "vertical", "anchor": "start"}}}
}
"""What a chart for narrow pages has besides `config`: legends below each other, of two words to a row."""


def config() -> dict[str, object]:
    """Return the Vega-Lite configuration that every chart gets."""
    words = {"font": FONT, "fontWeight": "normal"}
    return {
        "font": FONT,
        "background": "transparent",
        "padding": PADDING_PX,
        "aria": False,
        "view": {"stroke": None, "continuousWidth": 600, "continuousHeight": 280},
        "axis": {
            "labelFont": FONT, "labelFontSize": 12, "labelColor": QUIET, "labelPadding": 5,
            "titleFont": FONT, "titleFontSize": 13, "titleFontWeight": "normal", "titleColor": INK, "titlePadding": 8,
            "domain": False, "ticks": False, "grid": False, "gridColor": RULE, "gridWidth": 1,
            "domainColor": QUIET, "tickColor": QUIET, "tickSize": 4,
        },
        "axisY": {"grid": True, "tickCount": 5},
        "axisX": {"domain": True, "ticks": True, "tickCount": 7},
        "legend": {
            "labelFont": FONT, "labelFontSize": 13, "labelColor": INK, "labelLimit": 240,
            "titleFont": FONT, "titleFontSize": 12, "titleFontWeight": "normal", "titleColor": QUIET,
            "symbolSize": 120, "symbolStrokeWidth": 0, "orient": "top", "columnPadding": 20, "rowPadding": 4,
        },
        "title": {**words, "fontSize": 14, "color": INK, "anchor": "start", "offset": 8},
        "header": {
            "labelFont": FONT, "labelFontSize": 13, "labelColor": INK, "titleFont": FONT, "titleFontSize": 13,
            "titleFontWeight": "normal", "titleColor": QUIET,
        },
        "text": {**words, "fontSize": 13, "fill": INK},
        "line": {"strokeWidth": 1.8, "strokeCap": "round", "strokeJoin": "round", "stroke": ACCENT},
        "area": {"fill": ACCENT, "line": False},
        "bar": {"fill": ACCENT},
        "rect": {"fill": ACCENT},
        "point": {"filled": True, "size": 60, "opacity": 1, "fill": ACCENT},
        "circle": {"size": 60, "opacity": 1, "fill": ACCENT},
        "rule": {"stroke": QUIET, "strokeWidth": 1},
        "range": {"category": list(SERIES), "ordinal": list(SEQUENTIAL), "ramp": list(SEQUENTIAL)},
    }  # fmt: skip
