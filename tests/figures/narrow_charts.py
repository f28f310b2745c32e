"""What a chart for a narrow page owes to the wide one."""

from __future__ import annotations

import re

from figures.artifact import Chart
from figures.charts import theme


def holds_all(chart: Chart) -> bool:
    """Say whether the narrow form of a wide chart fits a narrow page and has all of its words, in lines perhaps."""
    assert chart.narrow is not None
    assert chart.narrow.width <= theme.NARROW_PX < chart.width
    told = " ".join(_texts(chart.narrow.svg))
    return all(text in told for text in _texts(chart.svg) if re.search("[a-zA-Z]", text))


def _texts(svg: str) -> list[str]:
    return re.findall(r">([^<>]+)</t(?:ext|span)>", svg)
