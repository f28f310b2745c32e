"""The quilt's tiles recompute into their columns, come from the seed alone, and are the same in every look."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from figures import run
from figures.gallery.dataset_quilt import dataset_quilt
from figures.methods import datasets, models, quilt
from figures.methods.activations import activations

UNIT, DATA = "mixed3a:5", "glyphs:60"


@pytest.fixture
def drawn_attributions(monkeypatch):
    """Stand in for the pictures of attribution, which have tests of their own; return the places asked for."""
    asked = []

    def attributions(model, dataset, unit, places, *, seed):
        asked.extend(places)
        return SimpleNamespace(images=np.full((len(places), 30, 30, 4), 77, np.uint8))

    monkeypatch.setattr(quilt, "attributions", attributions)
    return asked


@pytest.fixture(scope="module")
def artifact():
    return dataset_quilt(unit=UNIT, dataset=DATA, bins=9, rows=4, pages=2)


def columns(artifact) -> dict[str, list]:
    return dict(zip(artifact.table.columns, zip(*artifact.table.rows, strict=True), strict=True))


@pytest.mark.parametrize("scale", ["activation", "sigma"])
def test_every_tile_recomputes_into_its_column(scale):
    artifact = dataset_quilt(unit=UNIT, dataset=DATA, bins=7, rows=2, pages=2, scale=scale)
    found = columns(artifact)
    images = datasets.load(DATA).images(np.array(found["image"]))
    maps = activations(models.load("glyphs"), images, "mixed3a")[:, 5].numpy()
    value = maps[np.arange(len(maps)), found["y"], found["x"]]
    assert value == pytest.approx(found["activation"], abs=1e-4)
    value = value / (artifact.values["sigma"] if scale == "sigma" else 1)
    ends = [(np.array(found[name], float), blank) for name, blank in (("from", -np.inf), ("to", np.inf))]
    low, high = (np.where(np.isnan(end), blank, end) for end, blank in ends)
    assert ((value >= low - 1e-4) & (value < high + 1e-4)).all()
    assert set(found["bin"]) == set(range(1, 8))


def test_pages_hold_what_the_table_says(artifact):
    found = columns(artifact)
    assert len(found["image"]) == artifact.values["images"] == 72
    for page, part in enumerate(artifact.parts, 1):
        assert part.shown == {"page": str(page)}
        assert (part.per_row, len(part.tiles), len(part.columns_titles)) == (9, 36, 9)
        for column, where, row, image in zip(*(found[name] for name in ("bin", "page", "row", "image")), strict=True):
            if where == page:
                tile = part.tiles[(row - 1) * 9 + column - 1]
                assert f"Image {image} of {DATA}" in tile.alt
    assert [(one.name, one.kind, one.labels) for one in artifact.controls] == [("page", "pages", ("1", "2"))]


def test_a_line_runs_before_zero(artifact):
    part = artifact.parts[0]
    assert part.columns_titles[part.rule_before] == "0"
    assert (part.columns_titles[0][0], part.columns_titles[-1][0]) == ("<", "≥")


def test_another_seed_draws_other_tiles(artifact):
    again = dataset_quilt(unit=UNIT, dataset=DATA, bins=9, rows=4, pages=2)
    other = dataset_quilt(unit=UNIT, dataset=DATA, bins=9, rows=4, pages=2, seed=1)
    assert again.table == artifact.table
    assert other.table.rows != artifact.table.rows


def test_both_looks_have_the_same_tiles(drawn_attributions):
    artifact = dataset_quilt(unit=UNIT, dataset=DATA, bins=5, rows=3, pages=2, attribution=True)
    found = columns(artifact)
    assert drawn_attributions == list(zip(found["image"], found["y"], found["x"], strict=True))
    looks = {(part.shown["page"], part.shown["look"]): part for part in artifact.parts}
    assert len(looks) == 4
    for page in "12":
        image, drawing = looks[page, "image"], looks[page, "attribution"]
        ids = [[tile.alt[tile.alt.index("mage ") :] for tile in part.tiles] for part in (image, drawing)]
        assert ids[0] == ids[1]
        assert (image.display_px, image.per_row) == (drawing.display_px, drawing.per_row)


def test_brackets_join_columns():
    asked = {"dataset": DATA, "bins": 9, "rows": 1, "pages": 1}
    plain = dataset_quilt(unit=UNIT, **asked).parts[0]
    zero = plain.rule_before
    part = dataset_quilt(unit=UNIT, brackets=("silent < 0", "fires"), **asked).parts[0]
    assert part.brackets == ((0, zero, "silent"), (zero, 9 - zero, "fires"))
    assert not plain.brackets


@pytest.mark.parametrize(("asked", "what"), [
    ({"unit": "mixed3a:5-"}, "expected a whole channel without a minus, mixed3a:5"),
    ({"rows": 0}, "rows: 0; expected 1 to 600"),
    ({"rows": 60, "pages": 9}, "expected at most 2000 images"),
    ({"bins": 2}, "bins: 2; expected 3 to 64"),
    ({"brackets": ("silent", "fires")}, "bracket 'silent'; expected words and the activation"),
    ({"brackets": ("a < 2", "b < 1")}, "ends at 1; expected more than the one before, 2"),
])  # fmt: skip
def test_what_cannot_be_drawn_is_an_error(asked, what):
    with pytest.raises(ValueError, match=what):
        run.figure("dataset-quilt", **{"unit": UNIT, "dataset": "glyphs:8", **asked})


@pytest.mark.slow
def test_the_control_turns_its_pages_with_the_figure():
    made = dataset_quilt(unit=UNIT, dataset=DATA, bins=5, rows=2, pages=2, brackets=("low < 0.5",), control=True)
    alone = dataset_quilt(unit=UNIT, dataset=DATA, bins=5, rows=2, pages=2, model="glyphs-untrained", control=True)
    assert [part.shown for part in made.parts] == [{"page": "1"}, {"page": "2"}] * 2
    assert len({part.name for part in made.parts}) == 4
    assert [bool(part.brackets) for part in made.parts] == [True, True, False, False]
    assert made.values["control_sigma"] == alone.values["sigma"] != made.values["sigma"]
    assert [one.name for one in made.controls] == ["page"]
