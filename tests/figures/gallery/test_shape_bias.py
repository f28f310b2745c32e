"""The shape-bias figures measure networks and set published answers beside them."""

from __future__ import annotations

import numpy as np
import pytest

from figures.artifact import pack
from figures.gallery.shape_bias import shape_bias
from figures.gallery.shape_texture_examples import shape_texture_examples
from figures.methods.responses import ResponsesError

HEADER = "subj,session,trial,rt,object_response,category,condition,imagename\n"


@pytest.fixture
def published(tmp_path):
    rows = [
        "subject-01,1,1,0.7,cat,cat,0,0001_cue_s01_0_cat_00_cat1-dog2.png",
        "subject-01,1,2,0.7,dog,dog,0,0002_cue_s01_0_dog_00_dog1-cat2.png",
        "subject-02,1,1,0.7,dog,cat,0,0001_cue_s02_0_cat_00_cat1-dog2.png",
        "subject-02,1,2,NaN,na,dog,0,0002_cue_s02_0_dog_00_dog1-cat2.png",
        "resnet,1,1,NaN,dog,cat,0,0001_cue_dnn_0_cat_00_cat1-dog2.png",
        "resnet,1,2,NaN,dog,dog,0,0002_cue_dnn_0_dog_00_dog2-dog3.png",
    ]
    path = tmp_path / "responses.csv"
    path.write_text(HEADER + "\n".join(rows))
    return path


@pytest.fixture(scope="module")
def measured():
    return shape_bias(models=("glyphs",), per_pair=1)


def test_counts_of_the_table_give_the_values(measured):
    table = [dict(zip(measured.table.columns, row, strict=True)) for row in measured.table.rows]
    overall, *by_class = table
    assert (overall["category"], overall["n"], len(by_class)) == ("*", 240, 16)
    assert sum(row["shape"] for row in by_class) == overall["shape"]
    decided = overall["shape"] + overall["texture"]
    assert measured.values["bias_glyphs"] == pytest.approx(overall["shape"] / decided)
    assert measured.values["coverage_glyphs"] == pytest.approx(decided / 240)
    assert measured.values["bias_low_glyphs"] <= measured.values["bias_glyphs"] <= measured.values["bias_high_glyphs"]


def test_the_artifact_can_be_packed(measured):
    record, objects = pack(measured)
    assert record["parts"][0]["kind"] == "chart"
    assert len(objects) == 5


def test_published_answers_stand_beside_measured_ones(published):
    artifact = shape_bias(models=("glyphs",), per_pair=1, responses=published)
    assert artifact.values["bias_humans"] == pytest.approx(2 / 3)
    assert artifact.values["coverage_humans"] == pytest.approx(3 / 4)
    assert artifact.values["bias_resnet"] == 0
    assert artifact.values["n_resnet"] == 1
    assert {"cat", "disc"} <= {row[4] for row in artifact.table.rows}


def test_a_bad_row_carries_its_line(published):
    published.write_text(published.read_text() + "\nresnet,1,3,NaN,cot,cat,0,0003_cue_dnn_0_cat_00_cat7-dog2.png\n")
    with pytest.raises(ResponsesError, match="did you mean 'cat'") as caught:
        shape_bias(models=("glyphs",), per_pair=1, responses=published)
    assert (caught.value.file, caught.value.line) == ("responses.csv", 8)


def test_a_published_observer_may_not_bear_a_measured_networks_name(published):
    published.write_text(published.read_text().replace("resnet", "glyphs"))
    with pytest.raises(ValueError, match="'glyphs' is measured here too"):
        shape_bias(models=("glyphs",), per_pair=1, responses=published)


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
    from figures.methods import cue_conflict, models

    found = cue_conflict.examples(models.load("glyphs"), 4, n_per_pair=1)
    corners = found.images[:, 1:, :3, :3].astype(float).mean(axis=(2, 3))
    assert np.abs(corners[:, 0] - corners[:, 1]).max() < 60
    assert found.images.shape == (4, 3, 64, 64, 3)
