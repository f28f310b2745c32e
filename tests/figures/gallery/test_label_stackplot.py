"""The stackplot's table, values and notes follow from the labels it is given."""

from __future__ import annotations

import functools
import json
from types import SimpleNamespace

import numpy as np
import pytest

from figures.gallery.label_stackplot import label_stackplot
from figures.methods import datasets, models, scan, tuning
from figures.methods.labels import LabelsError

UNIT, IMAGES = "mixed3b:17", "glyphs:40"
VIEWS = ("proportion", "probability", "expected-value")
LABELS = ("curve", "imperfect", "unrelated", "opposing")


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


@pytest.mark.slow
def test_the_three_views_of_one_file_obey_the_relations(labelled):
    artifacts = [label_stackplot(unit=UNIT, labels=labelled, dataset=IMAGES, show=show) for show in VIEWS]
    share, probability, expected = map(columns, artifacts)
    left, density = share["bin_left"], share["density"]
    held = share["crops"] > 0
    assert np.isnan(share["curve"][~held]).all()
    total = sum(share[name] for name in ("curve", "imperfect", "unrelated", "opposing"))
    assert np.abs(total[held] - 1).max() < 1e-9
    for name in ("curve", "unrelated"):
        assert np.abs(probability[name] - share[name] * density)[held].max() < 1e-9
        assert not expected[name][held & (left < 0)].any()
        within = held & (left >= 0) & (probability[name] > 0)
        assert (expected[name][within] > 0).all()
    output = sum(np.nansum(expected[name]) for name in ("curve", "unrelated")) * (left[1] - left[0])
    assert artifacts[2].values["mean_output"] == pytest.approx(output)
    assert abs((density * (left[1] - left[0])).sum() - 1) < 1e-9


@pytest.mark.slow
def test_a_files_labels_are_all_counted_and_named(labelled):
    artifact = label_stackplot(unit=UNIT, labels=labelled, dataset=IMAGES)
    assert artifact.values["crops"] == 40
    assert artifact.notes[0] == "40 labels of image crops by ann."
    assert "stay empty" in artifact.notes[-1]


@pytest.mark.slow
def test_what_annotators_were_told_is_told_to_readers(labelled, tmp_path):
    rubric = tmp_path / "rubric.csv"
    rubric.write_text("label,says,examples\n" + "".join(f"{name},Looks like {name}.,\n" for name in LABELS))
    artifact = label_stackplot(unit=UNIT, labels=labelled, rubric=rubric, dataset=IMAGES)
    assert "told: curve: Looks like curve; imperfect: Looks like imperfect; " in artifact.notes[0]
    with pytest.raises(ValueError, match="rubric: rubric.csv is what annotators were told; expected their labels too"):
        label_stackplot(unit=UNIT, rubric=rubric, dataset=IMAGES)


def test_the_rubric_labels_crops_and_the_note_says_so(few_arcs):
    artifact = label_stackplot(unit=UNIT, dataset=IMAGES)
    assert "not from people" in artifact.notes[0]
    held = columns(artifact)
    assert held["crops"].sum() == artifact.values["crops"] > 200
    shares = [artifact.values[f"share_{name}"] for name in ("curve", "imperfect", "unrelated", "opposing")]
    assert sum(shares) == pytest.approx(1)


@pytest.mark.slow
@pytest.mark.parametrize("bins", [8, 16, 64])
def test_shares_and_area_do_not_depend_on_bins(few_arcs, bins):
    """And the area is the mean of the rectified activation over all positions, as the scan has it."""
    shown, wide = (label_stackplot(unit=UNIT, dataset=IMAGES, show="expected-value", bins=n) for n in (bins, 32))
    for name in ("curve", "imperfect", "unrelated", "opposing", "curve_imperfect"):
        assert shown.values[f"share_{name}"] == pytest.approx(wide.values[f"share_{name}"])
    held = columns(shown)
    area = sum(np.nansum(held[name]) for name in LABELS) * (held["bin_left"][1] - held["bin_left"][0])
    seen = scan.of(models.load("glyphs"), datasets.load(IMAGES), "mixed3b").unit(17)
    assert area == pytest.approx(seen.rectified_mean, rel=0.01)
    for name in LABELS:
        own = np.nansum(held[name]) * (held["bin_left"][1] - held["bin_left"][0])
        assert own / area == pytest.approx(shown.values[f"share_{name}"])


def test_a_published_table_of_bins_is_read_without_a_network(tmp_path, monkeypatch):
    """Curves 25 * 4 and 50 * 2, imperfect 25 * 2, unrelated 25 * 2: 200 and 50 of 300."""
    path = tmp_path / "published.json"
    bins, heights = [-25, 0, 25, 50], [[1, 3, 4, 2], [1, 1, 2, 0], [9, 5, 2, 0], [5, 1, 0, 0]]
    path.write_text(json.dumps({"bins": bins, "heights": heights}))
    monkeypatch.setattr(models, "load", None)
    monkeypatch.setattr(datasets, "load", None)
    artifact = label_stackplot(unit="mixed3b:379", labels=path, show="expected-value", model="inceptionv1")
    assert artifact.values["share_curve"] == pytest.approx(200 / 300)
    assert artifact.values["share_curve_imperfect"] == pytest.approx(250 / 300)
    assert artifact.values["crossing_curve_imperfect"] == 25
    assert "table of 4 bins" in artifact.notes[0]
    assert columns(artifact)["bin_left"].tolist() == bins
    assert [row[-1] for row in artifact.table.rows] == [None] * 4
    with pytest.raises(ValueError, match="control: published.json holds bins; expected crops"):
        label_stackplot(unit="mixed3b:379", labels=path, control=True)


@pytest.mark.slow
def test_the_order_of_the_labels_moves_no_number(few_arcs):
    one = columns(label_stackplot(unit=UNIT, dataset=IMAGES))
    turned = label_stackplot(unit=UNIT, dataset=IMAGES, order=("opposing", "unrelated", "imperfect", "curve"))
    assert turned.table.columns[1] == "opposing"
    assert np.array_equal(columns(turned)["curve"], one["curve"], equal_nan=True)


@pytest.mark.slow
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
