"""What a chart for a narrow page owes to the wide one."""

from __future__ import annotations

import re

from figures.artifact import Chart
from figures.charts import theme


def holds_all(chart: Chart) -> bool:
    """Say whether the narrow form of a wide chart fits a narrow page and has all of its words, in lines perhaps."""
    assert chart.narrow is not None
    assert chart.narrow.width <= theme.NARROW_PX < chart.width
    told = " ".join(_words(chart.narrow.svg))
    return all(words in told for words in _words(chart.svg))


def _words(svg: str) -> list[str]:
    return [text for text in re.findall(r">([^<>]+)</t(?:ext|span)>", svg) if re.search("[a-zA-Z]", text)]
