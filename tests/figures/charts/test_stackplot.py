"""A stackplot draws what it is given, leaves gaps empty, and isolates a label on a click."""

from __future__ import annotations

import re

import numpy as np
import pytest

from figures.charts import focus, stackplot
from tests.figures.charts.corners import corners
from tests.figures.label_stacks import stack
from tests.figures.narrow_charts import holds_all

NAMES = ("curve", "imperfect", "unrelated", "opposing")
EDGES = np.arange(-4, 6) * 0.5
CROPS = np.array([4, 4, 0, 4, 4, 0, 0, 2, 1])


def heights() -> np.ndarray:
    parts = np.random.default_rng(0).random((4, 9))
    return parts / parts.sum(axis=0) * (CROPS > 0)


@pytest.fixture(scope="module")
def chart():
    return stackplot.draw(stack(heights(), EDGES, CROPS), show="proportion", name="s", alt_text="labels & shares")


def areas(svg: str) -> list[str]:
    return re.findall(r'<path[^>]* d="([^"]+)"[^>]* fill="var\(--label-[^"]+"', svg)


def rows(chart) -> list[dict]:
    return next(data["values"] for data in chart.spec["data"] if "values" in data and "label" in data["values"][0])


def test_every_stretch_of_bins_is_an_area_of_its_own():
    held, runs = stackplot._runs(CROPS > 0)
    assert held.tolist() == [0, 1, 3, 4, 7, 8]
    assert runs.tolist() == [0, 0, 1, 1, 2, 2]


def test_the_bands_of_a_bin_lie_on_each_other_and_fill_it(chart):
    by_bin: dict[float, list[dict]] = {}
    for row in rows(chart):
        by_bin.setdefault(row["from"], []).append(row)
    for bands in by_bin.values():
        assert bands[0]["low"] == pytest.approx(0, abs=1e-6)
        assert bands[-1]["high"] == pytest.approx(1, abs=1e-5)
        assert all(a["high"] == b["low"] for a, b in zip(bands, bands[1:], strict=False))


def test_a_narrow_page_gets_all_of_it(chart):
    assert holds_all(chart)
    assert rows(chart.narrow) == rows(chart)


def test_empty_bins_hold_no_row(chart):
    drawn = {row["from"] for row in rows(chart)}
    last_edges = {EDGES[2], EDGES[5], EDGES[9]}
    assert drawn - last_edges == {EDGES[i] for i in (0, 1, 3, 4, 7, 8)}


def test_colours_are_the_themes_and_the_picture_is_labelled(chart):
    for name in NAMES:
        assert f"var(--label-{name}, " in chart.svg
    assert 'aria-label="labels &amp; shares"' in chart.svg
    assert chart.spec["description"] == "labels & shares"


def test_a_click_on_a_legend_entry_or_an_area_sets_the_isolated_label(chart):
    signal = next(signal for signal in chart.spec["signals"] if signal["name"] == focus.ISOLATED)
    watched = {on["events"].split(":")[0].lstrip("@") for on in signal["on"]}
    assert watched == {"legend-label", "legend-symbol", "touch_marks"}
    named = {mark.get("name") for mark in chart.spec["marks"]}
    assert "touch_marks" in named
    (legend,) = chart.spec["legends"]
    assert legend["encode"]["labels"]["interactive"]
    assert signal["value"] == ""


def test_names_that_the_theme_does_not_know_get_colours_of_their_own():
    pets = stack(heights()[:2], EDGES, CROPS, names=("cat", "dog"))
    chart = stackplot.draw(pets, show="probability", alt_text="a")
    assert "var(--series-0, " in chart.svg
    assert "var(--series-1, " in chart.svg


def test_the_expected_value_is_drawn_from_zero_on():
    chart = stackplot.draw(stack(heights(), EDGES, CROPS), show="expected-value", alt_text="a")
    scale = next(scale for scale in chart.spec["scales"] if scale["name"] == "x")
    assert scale["domain"] == [0, 2.5]
    assert "silent" not in chart.svg


def test_the_area_of_the_expected_value_is_drawn_bin_by_bin():
    """In steps, from zero on: what is drawn covers as much as the table adds up to, in the axes' own pixels."""
    shown = stack(heights(), EDGES, np.full(9, 4), density=np.full(9, 2 / 9))
    chart = stackplot.draw(shown, show="expected-value", alt_text="a")
    top = 1.04 * shown.expected_value.sum(axis=0).max()
    drawn = sum(abs(_area(corners(path))) for path in areas(chart.svg) if re.fullmatch(r"[MLHVZlz\d.,e -]+", path))
    scale = (stackplot.WIDTH / 2.5) * (stackplot.HEIGHT / top)
    assert drawn / scale == pytest.approx(shown.area, rel=0.01)


def _area(corners: list[tuple[float, float]]) -> float:
    """Return the signed area within corners."""
    around = zip(corners, corners[1:] + corners[:1], strict=True)
    return sum(x * other_y - other_x * y for (x, y), (other_x, other_y) in around) / 2


def test_bins_whose_crops_nobody_counted_tell_no_number():
    chart = stackplot.draw(stack(heights(), EDGES, np.where(CROPS > 0, np.nan, 0)), show="proportion", alt_text="a")
    assert "n" not in rows(chart)[0]
    assert "labelled crops" not in str(chart.spec["marks"])
