"""Examples of shapes in another class's texture are the images that the network was asked about."""

from __future__ import annotations

import numpy as np
import pytest

from figures.gallery.shape_texture_examples import shape_texture_examples
from figures.methods import cue_conflict, models


def test_examples_are_the_measured_conflict_images_and_their_parts():
    artifact = shape_texture_examples(model="glyphs", count=3, per_pair=1)
    rows = [dict(zip(artifact.table.columns, row, strict=True)) for row in artifact.table.rows]
    assert [part.title for part in artifact.parts] == [
        "The texture alone", "The shape alone", "The shape in the texture",
    ]  # fmt: skip
    assert len(rows) == 3 * 3 * 3
    assert all(row["shape"] != row["texture_class"] for row in rows)
    for row in rows:
        named = {"shape": row["shape"], "texture": row["texture_class"], "": None}[row["cue"]]
        assert named in (None, row["answer"])
    first = [row["probability"] for row in rows if (row["example"], row["image"]) == (1, "both")]
    assert first == sorted(first, reverse=True)
    assert artifact.values["by_shape"] + artifact.values["by_texture"] <= 3


def test_the_same_seed_picks_the_same_examples_and_another_seed_others():
    one, again, other = (shape_texture_examples(count=4, per_pair=1, seed=seed).table.rows for seed in (1, 1, 2))
    assert one == again
    assert [row[2:4] for row in one] != [row[2:4] for row in other]


def test_too_many_examples_are_an_error():
    with pytest.raises(ValueError, match="count 241; expected 1 to 240"):
        shape_texture_examples(count=241, per_pair=1)


def test_the_parts_of_an_example_share_its_colours():
    found = cue_conflict.examples(models.load("glyphs"), 4, n_per_pair=1)
    corners = found.images[:, 1:, :3, :3].astype(float).mean(axis=(2, 3))
    assert np.abs(corners[:, 0] - corners[:, 1]).max() < 60
    assert found.images.shape == (4, 3, 64, 64, 3)
