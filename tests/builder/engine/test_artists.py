"""What other processes draw is what this one draws, and where one dies, this one goes on."""

import os

import pytest

from builder.engine import artists
from figures.charts import rendering

SQUARE = {"width": 20, "height": 10, "marks": [{"type": "rect", "encode": {"enter": {"x2": {"value": 9.87654}}}}]}


@pytest.fixture
def two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artists, "processors", lambda: 2)


@pytest.mark.slow
def test_bytes_are_the_same_and_a_death_is_noticed(two: None) -> None:
    with artists.artists(artists.FEWEST) as others:
        (svg, width, height), seconds = others.begin(rendering.svg, (SQUARE, "a", "A")).result()
        assert (svg, width, height) == rendering.svg(SQUARE, "a", "A")
        assert seconds > 0
        with pytest.raises(ValueError, match="does not say how large"):
            others.begin(rendering._size, ("<svg>",)).result()
        with pytest.raises(artists.BrokenProcessPool):
            others.begin(os._exit, (1,)).result()
        assert others.begin(rendering.svg, (SQUARE, "a", "A")) is None


@pytest.mark.parametrize(("processors", "figures"), [(1, 100), (8, artists.FEWEST - 1)])
def test_one_processor_and_few_figures_draw_in_place(monkeypatch, processors: int, figures: int) -> None:
    monkeypatch.setattr(artists, "processors", lambda: processors)
    with artists.artists(figures) as others:
        assert others is None


def test_a_process_starts_only_when_there_is_something_to_draw(two: None) -> None:
    with artists.artists(100) as others:
        assert not others.pool._processes
