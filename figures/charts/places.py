"""Place marks in pixels: x to the right, y down, from the upper left corner of a chart."""

from __future__ import annotations

from typing import Any

import altair as alt


def xy(x: str = "x", y: str = "y", *, size: tuple[float, float] | None = None) -> dict[str, Any]:
    """Return the position channels of two fields in pixels; a chart beside others has to say its size."""
    wide, tall = size or (None, None)
    return {"x": alt.X(**_px(x, "width", wide)), "y": alt.Y(**_px(y, "height", tall, reverse=True))}


def _px(field: str, side: str, length: float | None, reverse: bool = False) -> dict[str, Any]:
    domain: list[float] | dict[str, str] = {"expr": f"[0, {side}]"} if length is None else [0, length]
    scale = alt.Scale(domain=domain, nice=False, zero=False, reverse=reverse)
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}
