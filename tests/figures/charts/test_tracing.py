"""Stages are those of the slider, and rows of factors those of the record."""

import numpy as np

from figures.charts import tracing as charts
from tests.figures import traced_records as records

SEEN = records.tracing()


def test_the_slider_goes_through_the_stages_and_starts_at_the_last() -> None:
    control = charts.slider(SEEN)
    assert control.labels == tuple(f"step {step}" for step in SEEN.stages)
    assert control.start == "step 20"


def test_every_stage_is_drawn_for_its_label_and_the_others_always() -> None:
    drawn = list(charts.pictures(SEEN, records.source(), records.looks(SEEN), size_px=16))
    assert [part.shown.get(charts.STEP) for part in drawn] == [None, *charts.slider(SEEN).labels, None]
    assert len({part.name for part in drawn}) == len(drawn)
    assert drawn[-2].name == "path"
    assert [part.title for part in (drawn[1], drawn[-2])] == ["Cosine 0.20", "Cosine 0.90"]
    assert all(f"M{step},0L9,9".encode() in part.data for step, part in zip(SEEN.stages, drawn[1:-1], strict=True))


def test_a_row_holds_an_image_all_its_splines_and_each_alone() -> None:
    seen = records.factor_traces()
    sheet = charts.factors(seen, [np.zeros((2, 32, 32))] * 3, tile_px=16, alt_text="Factors")
    assert sheet.columns_titles == ("Image", "All splines", "Factor 1 (50%)", "Factor 2 (25%)")
    assert sheet.per_row == 4
    assert [tile.lines for tile in sheet.tiles[::4]] == [("image 1",), ("image 4",), ("image 9", "factors reused")]
    assert [tile.lines for tile in sheet.tiles[2:4]] == [("0.90",), ("0.50",)]
    assert sheet.tiles[7].alt == "Spline of factor 2 in image 4, cosine 0.30"
