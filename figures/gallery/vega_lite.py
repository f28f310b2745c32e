"""What does a chart show that its author has written as a Vega-Lite specification?"""

from __future__ import annotations

from figures.artifact import Artifact, Table
from figures.charts import vega_lite as charts
from figures.parameters import Specification
from figures.registry import figure
from figures.specifications import SpecificationError, line, whole
from figures.words import own_charts as words


@figure("vega-lite")
def vega_lite(*, spec: Specification) -> Artifact:
    """Draw a Vega-Lite specification that lies beside the article, in the look of all charts unless it has its own.

    spec: a JSON file; data that it names by `url` lies beside it, as CSV, TSV, JSON or TopoJSON.
    """
    path, *files = spec
    drawing = whole(path, files)
    if wrong := charts.mistake(drawing):
        raise SpecificationError(path.name, [(line(path, wrong[0]), wrong[1])])
    said = words.of_specification(drawing)
    columns = words.data(drawing)
    return said.artifact([charts.draw(drawing, alt_text=said.alt)], Table.of(columns, decimals=None))
