"""Maps of votes: see-through where they say nothing, red for and blue against, a frame around the strongest patch."""

from __future__ import annotations

import numpy as np

from figures.charts import evidence_maps
from tests.figures import evidence_records as records


def test_a_row_holds_the_picture_and_the_networks_that_have_the_class():
    rows = evidence_maps.draw(records.strip(), tile=16, alt_text="A")
    assert [row.title for row in rows] == ["Evidence for shape star", "Evidence for texture dots"]
    assert [[tile.lines for tile in row.tiles] for row in rows] == [
        [("picture",), ("small", "5 px", "75%"), ("large", "sees all", "75%")],
        [("picture",), ("small", "5 px", "75%")],
    ]


def test_colours_tell_for_from_against_and_edges_are_grey():
    seen = records.strip().seen[1]
    drawn = evidence_maps.heatmap(seen, 0, np.zeros((32, 32)), 32)
    assert drawn[8, 12, 0] > drawn[8, 12, 2]
    assert drawn[28, 2, 0] < drawn[28, 2, 2]
    edged = evidence_maps.heatmap(seen, 0, np.ones((32, 32)), 32).astype(int)
    assert np.ptp(edged[28, 2, :3]) < np.ptp(drawn[28, 2, :3].astype(int))


def test_the_patch_that_says_most_is_framed():
    drawn = evidence_maps.heatmap(records.strip().seen[0], 0, np.zeros((32, 32)), 32)
    light = (drawn[..., :3] == 255).all(axis=-1)
    rows, columns = np.nonzero(light)
    assert (rows.min(), rows.max(), columns.min(), columns.max()) == (4, 13, 8, 17)


def test_edges_stand_where_a_picture_changes():
    picture = np.zeros((3, 16, 16), np.float32)
    picture[:, :, 8:] = 1
    edges = evidence_maps.outlined(picture, 16)
    assert edges[:, 7:9].min() > 0.9
    assert edges[:, :4].max() == 0
