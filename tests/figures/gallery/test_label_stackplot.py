"""The stackplot's table, values and notes follow from the labels it is given."""

from __future__ import annotations

import functools
import json
from types import SimpleNamespace

import numpy as np
import pytest

from figures.gallery.label_stackplot import label_stackplot
from figures.methods import tuning
from figures.methods.labels import LabelsError

UNIT, IMAGES = "mixed3b:17", "glyphs:40"
VIEWS = ("proportion", "probability", "expected-value")


@pytest.fixture
def few_arcs(monkeypatch):
    monkeypatch.setattr(tuning, "arc_responses", functools.partial(tuning.arc_responses, orientations=16))


def columns(artifact) -> dict[str, np.ndarray]:
    table = np.array([[np.nan if cell is None else cell for cell in row] for row in artifact.table.rows], float)
    return dict(zip(artifact.table.columns, table.T, strict=True))


@pytest.fixture
def labelled(tmp_path):
    path = tmp_path / "labels.csv"
    rows = [f'"{i}@{i % 16},{i % 7}",{("curve", "unrelated")[i % 2]},ann' for i in range(40)]
    path.write_text("image,label,annotator\n" + "\n".join(rows))
    return path


def test_the_three_views_of_one_file_obey_the_relations(labelled):
    drawn = [columns(label_stackplot(unit=UNIT, labels=labelled, dataset=IMAGES, show=show)) for show in VIEWS]
    share, probability, expected = drawn
    left, density = share["bin_left"], share["density"]
    held = share["crops"] > 0
    assert np.isnan(share["curve"][~held]).all()
    total = sum(share[name] for name in ("curve", "imperfect", "unrelated", "opposing"))
    assert np.abs(total[held] - 1).max() < 1e-9
    for name in ("curve", "unrelated"):
        assert np.abs(probability[name] - share[name] * density)[held].max() < 1e-9
        assert np.abs(expected[name] - np.where(left > 0, left, 0) * probability[name])[held].max() < 1e-9
    assert abs((density * (left[1] - left[0])).sum() - 1) < 1e-9


def test_a_files_labels_are_all_counted_and_named(labelled):
    artifact = label_stackplot(unit=UNIT, labels=labelled, dataset=IMAGES)
    assert artifact.values["crops"] == 40
    assert artifact.notes[0] == "40 labels of image crops by ann."
    assert "stay empty" in artifact.notes[-1]


def test_the_rubric_labels_crops_and_the_note_says_so(few_arcs):
    artifact = label_stackplot(unit=UNIT, dataset=IMAGES)
    assert "not from people" in artifact.notes[0]
    held = columns(artifact)
    assert held["crops"].sum() == artifact.values["crops"] > 200
    shares = [artifact.values[f"share_{name}"] for name in ("curve", "imperfect", "unrelated", "opposing")]
    assert sum(shares) == pytest.approx(1)


def test_the_order_of_the_labels_moves_no_number(few_arcs):
    one = columns(label_stackplot(unit=UNIT, dataset=IMAGES))
    turned = label_stackplot(unit=UNIT, dataset=IMAGES, order=("opposing", "unrelated", "imperfect", "curve"))
    assert turned.table.columns[1] == "opposing"
    assert np.array_equal(columns(turned)["curve"], one["curve"], equal_nan=True)


def test_shuffled_labels_say_nothing_about_the_activation(few_arcs):
    artifact = label_stackplot(unit=UNIT, dataset=IMAGES, control=True)
    own, chance = artifact.parts
    assert (own.title, chance.title) == ("As labelled", "Control: the labels shuffled among the crops")
    assert artifact.values["control_crops"] == artifact.values["crops"]
    kinds = [row[0] for row in artifact.table.rows]
    rows = {
        kind: np.array([row[2:6] for row in artifact.table.rows if row[0] == kind and row[-1] >= 8], float)
        for kind in set(kinds)
    }
    assert set(rows) == {"figure", "control"}
    assert rows["control"].std(axis=0).sum() < 0.8 * rows["figure"].std(axis=0).sum()


def test_without_a_file_the_names_are_the_rubrics(few_arcs):
    with pytest.raises(ValueError, match="order arc, rest; the rubric's labels are curve"):
        label_stackplot(unit=UNIT, dataset=IMAGES, order=("arc", "rest"))


def test_a_bad_row_carries_its_line(tmp_path):
    path = tmp_path / "labels.csv"
    path.write_text('image,label,annotator\n"0@0,0",curve,a\n"40@0,0",curve,a\n"0@0,0",curved,a\n')
    with pytest.raises(LabelsError) as caught:
        label_stackplot(unit=UNIT, labels=path, dataset=IMAGES)
    assert [line for line, _ in caught.value.problems] == [3, 4]


def test_the_chart_has_a_picture_and_a_specification_of_one_size(labelled):
    artifact = label_stackplot(unit=UNIT, labels=labelled, dataset=IMAGES)
    (chart,) = artifact.parts
    assert f'width="{chart.width}" height="{chart.height}"' in chart.svg
    assert 'role="img"' in chart.svg
    assert json.loads(json.dumps(chart.spec)) == chart.spec


@pytest.mark.parametrize(("asked", "what"), [
    ({"unit": "mixed3b:3-"}, "mixed3b:3-; expected a whole channel without a minus, mixed3b:3"),
    ({"unit": "mixed3b:3@1,1"}, "mixed3b:3@1,1; expected a whole channel"),
    ({"unit": "layer1:3", "model": "torchvision/resnet18@none"}, "takes 224 px; .* takes glyphs:40 as drawn, 64 px"),
])  # fmt: skip
def test_what_the_rubric_cannot_say_is_an_error(asked, what):
    with pytest.raises(ValueError, match=what):
        label_stackplot(dataset=IMAGES, **asked)


def test_images_that_do_not_say_how_they_were_drawn_need_a_file(monkeypatch):
    from figures.gallery import label_stackplot as gallery

    photos = SimpleNamespace(name="photos", size_px=64)
    monkeypatch.setattr(gallery.datasets, "load", lambda name: photos)
    with pytest.raises(ValueError, match="photos does not say how its images were drawn; expected a labels file"):
        label_stackplot(unit=UNIT, dataset="photos")
