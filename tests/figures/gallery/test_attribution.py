"""The figures of attribution: their rows, tables, words and numbers agree with what was measured."""

from __future__ import annotations

import dataclasses
import functools
from collections.abc import Iterator

import numpy as np
import pytest

from figures import run
from figures.artifact import Artifact, pack
from figures.gallery.attribution import attribution
from figures.methods import attribution as methods
from figures.methods import datasets, explained_crops, models, scan, tuning
from figures.methods.activations import activations

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


@pytest.mark.slow
def test_the_strongest_crops_above_their_attribution():
    made = attribution(unit=UNIT, dataset=DATA, count=4)
    best = scan.of(models.load("glyphs"), datasets.load(DATA), "mixed3b")
    rows = rows_of(made)
    assert [row["image"] for row in rows] == best.top.image[188, :4].tolist()
    assert [row["activation"] for row in rows] == pytest.approx(best.top.value[188, :4].tolist(), abs=1e-4)
    for row in rows:
        assert row["sum of contributions"] == pytest.approx(row["driving"] + row["holding back"])
        assert row["activation"] == pytest.approx(row["sum of contributions"] + row["what is left"], abs=1e-4)
    crops, moved = made.parts
    assert len(crops.tiles) == len(moved.tiles) == 4
    assert crops.per_row == moved.per_row == 4
    assert crops.tiles[0].lines == (f"{rows[0]['activation']:.2f}",)
    assert made.values["strongest"] == pytest.approx(rows[0]["activation"])
    assert made.values["layer"] == "mixed3a"
    assert f"to {made.values['strongest']:.2f}" in made.alt
    assert pack(made)


@pytest.mark.slow
def test_crops_at_random_follow_the_seed_and_fire_where_they_should():
    firing = [attribution(unit=UNIT, dataset=DATA, count=3, choose="firing", seed=seed) for seed in (0, 0, 1)]
    tables = [one.table.rows for one in firing]
    assert tables[0] == tables[1] != tables[2]
    rows = rows_of(firing[0])
    assert all(row["activation"] > 0 for row in rows)
    assert [row["activation"] for row in rows] == pytest.approx(z_of(rows), abs=1e-4)
    assert len(attribution(unit=UNIT, dataset=DATA, count=3, choose="random").table.rows) == 3


def test_images_that_are_asked_for_are_shown_where_the_unit_answers_most():
    made = attribution(unit=UNIT, dataset=DATA, images=(5, 2), layer="conv2", signed=True)
    rows = rows_of(made)
    assert [row["image"] for row in rows] == [5, 2]
    maps = activations(models.load("glyphs"), datasets.load(DATA).images(np.array([5, 2])), "mixed3b")[:, 188]
    assert [row["activation"] for row in rows] == pytest.approx(maps.amax(dim=(1, 2)).tolist(), abs=1e-4)
    assert made.values["layer"] == "conv2"
    assert "greens" in made.alt
    assert any("reds" in note for note in made.notes)


@pytest.mark.slow
def test_the_control_shows_the_same_crops_to_the_network_before_training():
    made = attribution(unit=UNIT, dataset=DATA, count=2, control=True)
    rows = rows_of(made)
    assert [row["shown"] for row in rows] == ["figure"] * 2 + ["control"] * 2
    assert [row["image"] for row in rows[:2]] == [row["image"] for row in rows[2:]]
    assert made.values["control_strongest"] != made.values["strongest"]
    assert len(attribution(unit=UNIT, dataset=DATA, count=2, model="glyphs-untrained", control=True).parts) == 2


@pytest.mark.parametrize(("options", "words"), [
    ({"unit": "conv1:3"}, "conv1 is the first layer of glyphs"),
    ({"unit": "mixed3b:3@1,2"}, "expected a whole channel, mixed3b:3"),
    ({"unit": UNIT, "count": 17}, "count: 17; expected 1 to 16"),
    ({"unit": UNIT, "images": (40,)}, "image 40; glyphs:40 has images 0 to 39"),
    ({"unit": UNIT, "layer": "mixed3"}, "has no layer 'mixed3'; did you mean"),
    ({"unit": UNIT, "layer": "mixed4b"}, "mixed4b (comes not before|does not reach) mixed3b:188"),
    ({"unit": UNIT, "layer": "shape"}, "glyphs has no layer 'shape'"),
])  # fmt: skip
def test_attribution_says_what_it_expected(options, words):
    with pytest.raises(ValueError, match=words):
        run.figure("attribution", dataset=DATA, **options)
