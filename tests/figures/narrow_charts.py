"""What a chart for a narrow page owes to the wide one."""

from __future__ import annotations

import re

from figures.artifact import Chart
from figures.charts import theme


def holds_all(chart: Chart) -> bool:
    """Say whether the narrow form of a wide chart fits a narrow page and has all of its words."""
    assert chart.narrow is not None
    assert chart.narrow.width <= theme.NARROW_PX < chart.width
    return _words(chart.svg) <= _words(chart.narrow.svg)


def _words(svg: str) -> set[str]:
    return {text for text in re.findall(r">([^<>]+)</text>", svg) if re.search("[a-zA-Z]", text)}
