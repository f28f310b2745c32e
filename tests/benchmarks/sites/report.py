"""Medians of what was measured, as tables and as JSON."""

from __future__ import annotations

import json
import os
import platform
import textwrap
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from statistics import median

from tests.benchmarks.sites.tool import Tool
from tests.benchmarks.sites.turns import Result

YARDSTICK = "eleventy"
NONE = "–"
REMARK_CHARACTERS = 160


@dataclass(frozen=True)
class Row:
    """The medians of one step of one generator.

    Ratios are to the yardstick in the same turns; they are None where it has no such step.
    """

    tool: str
    articles: int
    step: str
    runs: int
    seconds: float
    ratio: float | None
    processor_seconds: float | None
    processor_ratio: float | None
    memory_mb: float
    written: float | None
    files: float | None
    size_mb: float | None
    fresh: bool


def rows(results: Sequence[Result]) -> list[Row]:
    """Gather results of the same generator, number of articles and step."""
    groups: dict[tuple[int, str, str], list[Result]] = {}
    for one in results:
        groups.setdefault((one.articles, one.step, one.tool), []).append(one)
    return [_row(group, groups.get((articles, step, YARDSTICK), ())) for (articles, step, _), group in groups.items()]


def _row(group: Sequence[Result], yardstick: Sequence[Result]) -> Row:
    first = group[0]
    return Row(
        tool=first.tool,
        articles=first.articles,
        step=first.step,
        runs=len(group),
        seconds=median(one.seconds for one in group),
        ratio=_ratio([one.seconds for one in group], [one.seconds for one in yardstick]),
        processor_seconds=_middle([one.processor_seconds for one in group]),
        processor_ratio=_ratio([one.processor_seconds for one in group], [one.processor_seconds for one in yardstick]),
        memory_mb=median(one.memory_bytes for one in group) / 1e6,
        written=_middle([one.written for one in group]),
        files=first.files,
        size_mb=first.size_bytes and first.size_bytes / 1e6,
        fresh=all(one.fresh for one in group),
    )


def _middle(values: Sequence[float | None]) -> float | None:
    known = [one for one in values if one is not None]
    return median(known) if len(known) == len(values) else None


def _ratio(values: Sequence[float | None], others: Sequence[float | None]) -> float | None:
    """Return the median of the ratios of pairs; a generator that failed midway has fewer of them."""
    pairs = zip(values, others, strict=False)
    ratios = [one / other for one, other in pairs if one is not None and other is not None]
    return median(ratios) if ratios else None


Cells = list[list[str]]


def tables(
    found: Sequence[Row], tools: Mapping[str, Tool], versions: Mapping[str, str], missing: Mapping[str, str]
) -> Iterator[tuple[str, Cells]]:
    """Yield titles and tables: the generators, then seconds, and what a cold build and an edit cost besides."""
    yield "Generators", _generators(tools, versions, missing)
    for articles in dict.fromkeys(row.articles for row in found):
        some = [row for row in found if row.articles == articles]
        built = [row for row in some if row.files is not None]
        yield f"{articles:,} articles: seconds (ratio to {YARDSTICK})", _pivot(some, _seconds)
        yield f"{articles:,} articles: seconds of all processors together (ratio)", _pivot(built, _processors)
        yield f"{articles:,} articles: peak memory, MB", _pivot(some, lambda row: f"{row.memory_mb:.0f}")
        yield f"{articles:,} articles: files written of all, and MB of all", _pivot(built, _files)


def _generators(tools: Mapping[str, Tool], versions: Mapping[str, str], missing: Mapping[str, str]) -> Cells:
    titles = ["generator", "version", "formulas", "highlighting", "remarks"]
    remarks = {name: _line(missing.get(name, tool.remark)) for name, tool in tools.items()}
    return [
        titles,
        *([name, versions.get(name, ""), tool.maths, tool.code, remarks[name]] for name, tool in tools.items()),
    ]


def _line(words: str) -> str:
    """Write words in one line that goes into a table."""
    return textwrap.shorten(words.replace("|", "/"), REMARK_CHARACTERS, placeholder=" …")


def _seconds(row: Row) -> str:
    return _beside(row.seconds, row.ratio, row.tool) + ("" if row.fresh else ", stale")


def _processors(row: Row) -> str:
    return _beside(row.processor_seconds, row.processor_ratio, row.tool)


def _beside(seconds: float | None, ratio: float | None, tool: str) -> str:
    if seconds is None:
        return NONE
    return f"{seconds:.2f}" if ratio is None or tool == YARDSTICK else f"{seconds:.2f} ({ratio:.2f})"


def _files(row: Row) -> str:
    return f"{row.written:.0f} of {row.files}, {row.size_mb:.1f}"


def _pivot(some: Iterable[Row], cell: Callable[[Row], str]) -> Cells:
    """Set generators below each other and steps beside each other."""
    by_place = {(row.tool, row.step): cell(row) for row in some}
    steps = list(dict.fromkeys(step for _, step in by_place))
    tools = list(dict.fromkeys(tool for tool, _ in by_place))
    return [["", *steps], *([tool, *(by_place.get((tool, step), NONE) for step in steps)] for tool in tools)]


def plain(table: Cells) -> str:
    """Write a table for a terminal."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table
    )


def markdown(table: Cells) -> str:
    """Write a table in Markdown."""
    lines = [f"| {' | '.join(row)} |" for row in table]
    return "\n".join([lines[0], "|---" * len(table[0]) + "|", *lines[1:]])


def as_json(results: Sequence[Result], versions: Mapping[str, str], missing: Mapping[str, str]) -> str:
    """Write every result and every median."""
    return json.dumps({
        "machine": {"processors": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()},
        "versions": dict(versions),
        "not measured": dict(missing),
        "medians": [asdict(row) for row in rows(results)],
        "results": [asdict(one) for one in results],
    }, indent=1)  # fmt: skip
