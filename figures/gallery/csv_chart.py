"""How do the numbers of a table run that its author has beside the article?"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from figures.artifact import Artifact, Table
from figures.charts import csv_chart as charts
from figures.methods import csv_data
from figures.parameters import Phrases, Side
from figures.registry import figure
from figures.specifications import table
from figures.words import own_charts as words


@figure("csv-chart")
def csv_chart(
    *,
    data: Path,
    x: str,
    y: Phrases,
    kind: Literal["line", "points", "bar", "area"] = "line",
    colour: str = "",
    panels: str = "",
    error: Phrases = (),
    x_title: str = "",
    y_title: str = "",
    x_scale: Literal["linear", "log"] = "linear",
    y_scale: Literal["linear", "log"] = "linear",
    height: Side = 260,
) -> Artifact:
    """Draw columns of a CSV file as lines, points, bars or areas.

    data: a CSV file beside the article, with a head.
    x: the column along the chart: numbers, dates as 2026-03-31, or words.
    y: the column that is drawn, or several, each in its colour.
    kind: what is drawn of each point.
    colour: the column that tells series apart.
    panels: the column that parts the chart in panels.
    error: the column that says how far errors reach to both sides, or those of their lower and upper ends.
    x_title: what stands at the axis; the column's name unless given.
    y_title: what stands at the other.
    x_scale: logarithmic for numbers over several powers of ten.
    y_scale: the same of the other axis.
    height: of the chart, or of each panel, in pixels.
    """
    lines = csv_data.of_file(data, x=x, y=y, colour=colour, panels=panels, error=error)
    title = y_title or (y[0] if len(y) == 1 else "value")
    look = charts.Look(kind, x_title or x, title, colour, x_scale, y_scale, height)
    said = words.of_lines(lines, kind, y, x, colour, panels)
    rows = table(data)
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    return said.artifact([charts.draw(lines, look, alt_text=said.alt)], Table.of(columns, decimals=None))
