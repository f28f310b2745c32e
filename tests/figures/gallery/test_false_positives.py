"""False positives: every crop has the label and drives the unit, the strongest first."""

from __future__ import annotations

import csv
import dataclasses
import functools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from figures import run
from figures.artifact import Artifact
from figures.gallery.false_positives import false_positives
from figures.methods import attribution as methods
from figures.methods import datasets, explained_crops, labelled_crops, labels, models, rubric, tuning
from figures.methods.activations import activations
from figures.words import labels as words

pytestmark = pytest.mark.slow

DATA, UNIT = "glyphs:40", "mixed3b:188"


@pytest.fixture(scope="module", autouse=True)
def quick() -> Iterator[None]:
    """Climb a few steps and show few arcs: pictures and tuning curves have tests of their own."""
    recipe = dataclasses.replace(methods.RECIPE, steps=2, picture_px=32)
    arcs = tuning.arc_responses(models.load("glyphs"), (UNIT,), orientations=24)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(explained_crops, "attributions", functools.partial(methods.attributions, recipe=recipe))
        patch.setattr(tuning, "arc_responses", lambda *_, **__: arcs)
        yield


def rows_of(artifact: Artifact) -> list[dict[str, object]]:
    return [dict(zip(artifact.table.columns, row, strict=True)) for row in artifact.table.rows]


def z_of(rows: list[dict[str, object]], unit: int = 188, layer: str = "mixed3b") -> list[float]:
    network, data = models.load("glyphs"), datasets.load(DATA)
    maps = activations(network, data.images(np.array([row["image"] for row in rows])), layer)
    return [float(one[unit, row["y"], row["x"]]) for one, row in zip(maps, rows, strict=True)]


@pytest.fixture(scope="module")
def wrong() -> Artifact:
    return false_positives(unit=UNIT, dataset=DATA, count=5)


def test_every_pair_of_false_positives_passes_the_filter(wrong):
    network, data, rows = models.load("glyphs"), datasets.load(DATA), rows_of(wrong)
    places = np.array([[row["image"], row["y"], row["x"]] for row in rows])
    arcs = tuning.arc_responses(network, (UNIT,))
    wanted = rubric.preference(arcs.pre_activation[0], arcs.radius_px[0])
    again = rubric.label_crops(data, network.receptive_field("mixed3b"), *places.T, wanted).label
    assert (again == rubric.UNRELATED).all()
    values = [row["activation"] for row in rows]
    assert values == pytest.approx(z_of(rows), abs=1e-4)
    assert all(value > 0 for value in values)
    assert values == sorted(values, reverse=True)
    assert len(set(places[:, 0])) == len(places) == 5
    assert {row["label"] for row in rows} == {"unrelated"}


def test_false_positives_are_the_strongest_there_are_and_are_counted(wrong):
    network, data = models.load("glyphs"), datasets.load(DATA)
    crops = labelled_crops.drawn_and_strongest(network, data, network.unit(UNIT))
    unrelated = crops.mostly("unrelated") & crops.fires
    assert wrong.values["found"] == unrelated.sum()
    assert wrong.values["share_of_firing"] == pytest.approx(unrelated.sum() / crops.fires.sum())
    assert wrong.values["strongest"] == pytest.approx(crops.activation[unrelated].max(), abs=1e-4)
    assert words.RUBRIC in wrong.notes


@pytest.mark.slow
def test_shuffled_labels_are_the_control_of_false_positives(wrong):
    made = false_positives(unit=UNIT, dataset=DATA, count=5, control=True)
    network, data = models.load("glyphs"), datasets.load(DATA)
    crops = labelled_crops.drawn_and_strongest(network, data, network.unit(UNIT))
    base = crops.mostly("unrelated").mean()
    assert made.values["share_of_firing"] == wrong.values["share_of_firing"]
    assert made.values["control_share_of_firing"] == pytest.approx(base, abs=0.1)
    assert made.values["control_strongest"] >= made.values["strongest"]
    assert len({part.name for part in made.parts}) == 2 * len(wrong.parts)


def test_false_positives_of_a_labels_file(tmp_path: Path):
    crops = [(3, 8, 8), (4, 7, 9), (6, 5, 5), (9, 8, 7), (11, 10, 6)]
    rows = [{"image": i, "y": y, "x": x} for i, y, x in crops]
    values = z_of(rows)
    file = tmp_path / "labels.csv"
    with file.open("w", newline="") as handle:
        out = csv.writer(handle)
        out.writerow(labels.COLUMNS)
        for index, (i, y, x) in enumerate(crops):
            for who in ("ann", "bob"):
                name = "unrelated" if index != 1 or who == "ann" else "curve"
                out.writerow([f"{i}@{y},{x}", name, who])
    agreed = [at for at, value in enumerate(values) if value > 0 and at != 1]
    if not agreed:
        pytest.fail("expected a crop that fires; choose others")
    made = false_positives(unit=UNIT, dataset=DATA, labels=file, count=3)
    expected = sorted(agreed, key=lambda at: -values[at])[:3]
    assert [row["image"] for row in rows_of(made)] == [crops[at][0] for at in expected]
    assert made.notes[0] == "10 labels of image crops by ann and bob."


@pytest.mark.parametrize(("options", "words"), [
    ({"label": "unrelate"}, "label 'unrelate'; expected one of .*did you mean 'unrelated'"),
    ({"order": ("a", "unrelated")}, "order a, unrelated; the rubric's labels are curve"),
    ({"model": "glyphs-untrained", "unit": "mixed3b:188-"}, "without a minus, mixed3b:188"),
    ({"count": 0}, "count: 0; expected 1 to 16"),
])  # fmt: skip
def test_false_positives_say_what_they_expected(options, words):
    with pytest.raises(ValueError, match=words):
        run.figure("false-positives", **{"unit": UNIT, "dataset": DATA, **options})
