"""Place marks in pixels: x to the right, y down, from the upper left corner of a chart."""

from __future__ import annotations

import altair as alt


def xy(x: str = "x", y: str = "y", *, size: tuple[float, float] | None = None) -> dict[str, object]:
    """Return the position channels of two fields in pixels; a chart beside others has to say its size."""
    wide, tall = ([0, side] for side in size) if size else ({"expr": "[0, width]"}, {"expr": "[0, height]"})
    return {"x": alt.X(**_px(x, wide)), "y": alt.Y(**_px(y, tall, reverse=True))}


def _px(field: str, domain: object, reverse: bool = False) -> dict[str, object]:
    scale = alt.Scale(domain=domain, nice=False, zero=False, reverse=reverse)
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}
