"""Draw a chart's SVG as a PNG, for slides and papers."""

from __future__ import annotations

import io
import re

import vl_convert
from PIL import Image

from figures.charts import theme

SCALE = 2.0
COLOURS = 256
_CSS_DPI = 96
_PAPER = theme.TOKENS["paper"][0]
_ROOT = re.compile(r"<svg\b[^>]*>")
_PROPERTY = re.compile(r"var\(--[\w-]+\s*,\s*([^()]*(?:\([^()]*\))?[^()]*)\)")


def png(svg: bytes, *, scale: float = SCALE) -> bytes:
    """Return the picture in the light theme on its paper, `scale` pixels to a CSS pixel.

    Equal drawings give equal bytes.
    """
    theme.register_fonts()
    # The ground is part of the drawing: vl-convert darkens what it leaves translucent.
    ground = f'<rect width="100%" height="100%" fill="{_PAPER}"/>'
    grounded = _ROOT.sub(lambda root: root[0] + ground, plain(svg.decode()), count=1)
    whole = Image.open(io.BytesIO(vl_convert.svg_to_png(grounded, scale=scale))).convert("RGB")
    # Large areas keep their very colour; only pictures inside the chart lose a little.
    few = whole.quantize(COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    buffer = io.BytesIO()
    few.save(buffer, "PNG", optimize=True, dpi=(_CSS_DPI * scale, _CSS_DPI * scale))
    return buffer.getvalue()


def plain(svg: str) -> str:
    """Replace every custom property by its fallback: renderers outside of browsers know none."""
    return _PROPERTY.sub(r"\1", svg)
