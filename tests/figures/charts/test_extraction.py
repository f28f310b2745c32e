"""Scenes stand by noise, and what was found of them below, with how well."""

import numpy as np

from figures.charts import extraction as charts
from tests.figures import traced_records as records


def rows() -> list:
    return list(charts.rows(records.extraction(), records.NOISES, "mixed3b", tile_px=16))


def test_every_row_has_as_many_images_of_each_noise() -> None:
    drawn = rows()
    assert [row.name for row in drawn] == ["curves-scenes", "curves-canny", "curves-traces", "curves-attribution"]
    assert {(len(row.tiles), row.per_row) for row in drawn} == {(3 * charts.SHOWN, 3 * charts.SHOWN)}
    assert "mixed3b" in drawn[2].title


def test_scenes_tell_their_noise_and_what_is_found_its_f() -> None:
    scenes, canny, traces, attribution = rows()
    assert [tile.lines for tile in scenes.tiles] == [("0",), ("0",), ("0.5",), ("0.5",), ("1",), ("1",)]
    assert [tile.lines[0] for tile in canny.tiles] == ["0.90", "0.91", "0.50", "0.51", "0.10", "0.11"]
    assert [tile.lines[0] for tile in attribution.tiles] == ["0.80", "0.81", "0.60", "0.61", "0.40", "0.41"]
    assert {tile.lines for tile in traces.tiles} == {()}
    assert canny.tiles[3].alt.endswith("image 2 of noise 0.5, F 0.51")


def test_shares_become_greys_and_what_is_beyond_them_black_or_white() -> None:
    grey = charts._grey(np.array([[-1.0, 0.0], [0.5, 7.0]]), 2)
    assert grey[..., 0].tolist() == [[0, 0], [128, 255]]
    assert (grey == grey[..., :1]).all()
    assert charts._grey(np.ones((4, 4)), 8).shape == (8, 8, 3)
