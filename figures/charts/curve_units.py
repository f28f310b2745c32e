"""Draw where on the circle the curve units of a layer lie, and how wide they are tuned."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from figures.charts import focus, theme

BIN_DEG = 45


def curve_units(
    rows: Sequence[tuple[str, str, float, float]], networks: Sequence[str], *, width: int = 560, height: int = 150
) -> alt.FacetChart:
    """Draw a row of marks for each network: (network, unit, preferred_deg, half_width_deg).

    Orientation runs to the right and has its own colour; a network without such units keeps an empty row.
    """
    colours = [theme.orientation_colour(row[2]) for row in rows]
    values = [
        {"n": network, "u": unit, "a": round(angle, 1), "w": round(half, 1), "c": colour}
        for (network, unit, angle, half), colour in zip(rows, colours, strict=True)
    ]
    turns = list(range(0, 361, BIN_DEG))
    x = alt.X("a:Q", title="preferred direction of bulge (degrees)", scale=alt.Scale(domain=[0, 360], nice=False),
              axis=alt.Axis(values=turns, grid=True))  # fmt: skip
    y = alt.Y("w:Q", title="half-width (degrees)", scale=alt.Scale(domain=[0, 80]), axis=alt.Axis(tickCount=4))
    panels = [
        alt.Chart(alt.Data(values=[one for one in values if one["n"] == network]))
        .mark_point(size=90)
        .encode(
            x=x, y=y, fill=alt.Fill("c:N", scale=None), opacity=focus.opacity("u"),
            tooltip=[alt.Tooltip("u:N", title="unit"), alt.Tooltip("a:Q", title="direction"),
                     alt.Tooltip("w:Q", title="half-width")],
        )
        .properties(width=width, height=height, title=network, name=f"panel{i}")
        for i, network in enumerate(networks)
    ]  # fmt: skip
    return alt.vconcat(*panels, spacing=24).add_params(*focus.parameters())


def pointed(networks: Sequence[str]) -> dict[str, str]:
    """Name the views whose marks can be pointed at, with the field that names the unit."""
    return {f"panel{i}": "u" for i in range(len(networks))}
