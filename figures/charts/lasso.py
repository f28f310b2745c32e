"""Let a reader choose some marks of a chart by drawing a line around them.

A chart declares `parameters()`, gives its marks the field `i`, their number, and a tooltip, and writes `INSIDE` where
it counts or fades. `templates/static/lasso.js` draws the line, and lists what is chosen by the signals of
`near_pictures.Pictures`.
"""

from __future__ import annotations

import altair as alt

CHOSEN = "chosen"
"""The signal: by number, which marks are chosen; empty for all."""
INSIDE = f"!length({CHOSEN}) || {CHOSEN}[datum.i]"
"""What is true of a mark that is chosen, and of all where none is."""


def parameters() -> list[alt.Parameter]:
    """Return the signal, which chooses none until a reader does."""
    return [alt.param(name=CHOSEN, value=[])]
