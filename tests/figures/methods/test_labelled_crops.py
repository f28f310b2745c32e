"""Labelled crops: what a file or the rubric says of them, and how strongly a unit answers to each."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from figures.methods import datasets, labelled_crops, models, rubric, scan, tuning
from figures.methods.activations import activations
from figures.methods.labels import NAMES, LabelsError

UNIT = "mixed3b:188"


@pytest.fixture(scope="module")
def model() -> models.Model:
    return models.load("glyphs")


@pytest.fixture(scope="module")
def data() -> datasets.Dataset:
    return datasets.load("glyphs:24")


@pytest.fixture(scope="module", autouse=True)
def few_arcs(model):
    """Show few arcs: tuning has tests of its own."""
    arcs = tuning.arc_responses(model, (UNIT,), orientations=24)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tuning, "arc_responses", lambda *_, **__: arcs)
        yield


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(["image,label,annotator", *rows]))
    return path


def test_a_crop_of_a_file_has_the_shares_of_its_annotators(model, data, tmp_path):
    file = write(
        tmp_path / "labels.csv",
        '"3@8,8",curve,ann', '"3@8,8",unrelated,bob', '"3@8,8",unrelated,cal', '"1@7,9",opposing,ann',
    )  # fmt: skip
    crops = labelled_crops.of_file(model, data, model.unit(UNIT), file)
    assert crops.place.tolist() == [[1, 7, 9], [3, 8, 8]]
    assert crops.share == pytest.approx(np.array([[0, 0, 0, 1], [1 / 3, 0, 2 / 3, 0]]))
    assert (crops.votes, crops.annotators) == (4, ("ann", "bob", "cal"))
    assert crops.mostly("unrelated").tolist() == [False, True]
    assert not crops.mostly("curve").any()
    maps = activations(model, data.images([1, 3]), "mixed3b")[:, 188]
    assert crops.activation.tolist() == pytest.approx([float(maps[0, 7, 9]), float(maps[1, 8, 8])], abs=1e-4)
    assert crops.fires.tolist() == (crops.activation > 0).tolist()


def test_crops_that_there_are_not_carry_their_line(model, data, tmp_path):
    file = write(tmp_path / "labels.csv", '"3@8,8",curve,ann', '"24@8,8",curve,ann', '"3@16,8",curve,ann')
    with pytest.raises(LabelsError) as caught:
        labelled_crops.of_file(model, data, model.unit(UNIT), file)
    assert [line for line, _ in caught.value.problems] == [3, 4]


def test_the_rubrics_crops_have_one_label_each_and_the_activations_of_the_scan(model, data):
    seen = scan.of(model, data, "mixed3b").unit(188)
    unit, positions = model.unit(UNIT), seen.samples.known
    crops = labelled_crops.of(model, data, unit, None, positions)
    label = rubric.given(model, data, unit, positions.places)
    assert np.array_equal(crops.share.argmax(axis=1), label)
    assert crops.share.sum(axis=1).tolist() == [1] * len(label)
    assert np.array_equal(crops.activation, positions.value)
    assert crops.annotators == ()
    turned = labelled_crops.by_rubric(model, data, unit, positions, NAMES[::-1])
    assert np.array_equal(turned.share[:, ::-1], crops.share)


def test_drawn_crops_and_the_strongest_are_there_once(model, data):
    seen = scan.of(model, data, "mixed3b").unit(188)
    crops = labelled_crops.drawn_and_strongest(model, data, model.unit(UNIT))
    places = {tuple(place) for place in crops.place.tolist()}
    assert len(places) == len(crops.place)
    assert places == {tuple(p) for both in (seen.samples, seen.top) for p in both.known.places.tolist()}
    assert crops.activation.max() == pytest.approx(seen.top.value[0])


def test_shuffled_crops_have_the_labels_of_others(model, data):
    crops = labelled_crops.drawn_and_strongest(model, data, model.unit(UNIT))
    mixed = crops.shuffled(3)
    assert mixed.share.sum(axis=0).tolist() == crops.share.sum(axis=0).tolist()
    assert not np.array_equal(mixed.share, crops.share)
    assert np.array_equal(mixed.activation, crops.activation)
    assert np.array_equal(mixed.share, crops.shuffled(3).share)
    assert not np.array_equal(mixed.share, crops.shuffled(4).share)


def test_the_rubric_is_one_more_annotator(model, data, tmp_path):
    file = write(tmp_path / "labels.csv", '"3@8,8",curve,ann', '"3@8,8",curve,bob', '"1@7,9",opposing,ann')
    votes = labelled_crops.with_rubric(model, data, model.unit(UNIT), file)
    assert votes.annotators == ("ann", "bob", "rubric")
    own = votes.annotator == 2
    assert votes.place[own].tolist() == [[1, 7, 9], [3, 8, 8]]
    assert votes.label[own].tolist() == rubric.given(model, data, model.unit(UNIT), votes.place[own]).tolist()
    assert votes.weight.tolist() == pytest.approx([1 / 3, 1 / 3, 1 / 2, 1 / 2, 1 / 3])


def test_the_activation_of_a_crop_is_the_networks_at_that_position(model, data):
    maps = activations(model, data.images([0, 1]), "mixed3b")
    image, y, x = np.array([1, 0, 1]), np.array([3, 0, 2]), np.array([4, 1, 0])
    found = labelled_crops.crop_activations(model, data, "mixed3b", 2, image, y, x).activation
    expected = [float(maps[i, 2, row, column]) for i, row, column in zip(image, y, x, strict=True)]
    assert found.tolist() == pytest.approx(expected, abs=1e-4)
    assert len(set(expected)) == 3
