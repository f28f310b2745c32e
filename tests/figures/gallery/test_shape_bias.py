"""The shape-bias figures measure networks and set published answers beside them."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.shape_bias import shape_bias
from figures.methods.responses import ResponsesError
from tests.figures import rigged_observers as rigged

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
    assert len(objects) == 10
    assert [part["name"] for part in record["parts"]] == ["shape-bias", "shape-bias-boxes"]


@pytest.mark.slow
def test_published_answers_stand_beside_measured_ones(published):
    artifact = shape_bias(models=("glyphs",), per_pair=1, responses=(published,))
    assert artifact.values["bias_humans"] == pytest.approx(2 / 3)
    assert artifact.values["coverage_humans"] == pytest.approx(3 / 4)
    assert artifact.values["bias_resnet"] == 0
    assert artifact.values["n_resnet"] == 1
    assert {"cat", "disc"} <= {row[4] for row in artifact.table.rows}
    assert [row[0] for row in artifact.table.rows[-2:]] == ["subject-01", "subject-02"]
    assert "Each of 2 people" in artifact.parts[1].alt


def test_a_bad_row_carries_its_line(published):
    published.write_text(published.read_text() + "\nresnet,1,3,NaN,cot,cat,0,0003_cue_dnn_0_cat_00_cat7-dog2.png\n")
    with pytest.raises(ResponsesError, match="did you mean 'cat'") as caught:
        shape_bias(models=("glyphs",), responses=(published,))
    assert (caught.value.file, caught.value.line) == (str(published), 8)


def test_a_published_observer_may_not_bear_a_measured_networks_name(published):
    published.write_text(published.read_text().replace("resnet", "glyphs"))
    with pytest.raises(ValueError, match="'glyphs' is measured here too"):
        shape_bias(models=("glyphs",), responses=(published,))


@pytest.mark.slow
def test_a_network_is_shown_a_folder_of_pictures(tmp_path):
    for name in ("disc1-star1", "star1-disc1", "arc1-arc2"):
        rigged.painted(name).resize((64, 64)).save(tmp_path / f"{name}.png")
    artifact = shape_bias(models=("glyphs",), pictures=str(tmp_path), boxes=False)
    assert artifact.values["n_glyphs"] == 2
    assert [part.name for part in artifact.parts] == ["shape-bias"]


def test_a_network_without_the_categories_says_what_would_do(tmp_path):
    rigged.folder(tmp_path)
    with pytest.raises(ValueError, match="glyphs names neither cat, dog nor the 1000 classes of ImageNet"):
        shape_bias(models=("glyphs",), pictures=str(tmp_path / "conflicts"))
