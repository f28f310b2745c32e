"""An SVG that any process may draw: short, labelled, with ids of its own, and drawn without Altair."""

import subprocess
import sys

import pytest

from figures.charts import rendering

SQUARE = {
    "width": 20,
    "height": 10,
    "marks": [{"type": "group", "clip": True, "encode": {"enter": {"width": {"value": 20}, "height": {"value": 10}}}}],
}


def test_the_size_is_that_of_the_drawing_and_the_label_is_escaped() -> None:
    svg, width, height = rendering.svg(SQUARE, "a", 'Less < "more"')
    assert (width, height) == (20, 10)
    assert 'aria-label="Less &lt; &quot;more&quot;"' in svg


def test_ids_begin_with_the_name_and_do_not_depend_on_what_was_drawn_before() -> None:
    first, second = (rendering.svg(SQUARE, "plot", "A")[0] for _ in range(2))
    assert first == second
    assert 'id="plot-' in first


def test_it_needs_neither_altair_nor_torch() -> None:
    code = "import sys, figures.charts.rendering, figures.charts.raster; print({'altair', 'torch'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout == "set()\n"


@pytest.mark.parametrize(
    ("written", "expected"),
    [("1.23456", "1.23"), ("-0.001", "0"), ("6.123e-17", "0"), ("1234.5678", "1234.57"), ("99.999", "100")],
)
def test_rounding(written: str, expected: str) -> None:
    assert rendering._slim(f'<path d="M{written},5"/>') == f'<path d="M{expected},5"/>'
