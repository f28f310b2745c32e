"""Accuracy is counted by condition, of glyphs and of cut-outs whose folders are classes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from figures.methods import datasets, models
from figures.methods.cue_conflict import wilson
from figures.methods.cues import accuracy
from figures.methods.cues.accuracy import Accuracy, Answered
from figures.methods.cues.conditions import CONDITIONS


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shapes = {
        "disc": ("ellipse", (12, 12, 51, 51)),
        "Square": ("rectangle", (14, 14, 49, 49)),
        "unknown": ("ellipse", (0, 0, 9, 9)),
    }
    for name, (kind, box) in shapes.items():
        (tmp_path / name).mkdir()
        for place, colour in enumerate(("red", "navy", "teal")):
            picture = Image.new("RGBA", (64, 64), (0, 0, 0, 0))
            getattr(ImageDraw.Draw(picture), kind)(box, fill=colour)
            picture.save(tmp_path / name / f"{place}.png")
    return tmp_path


def asked(names, dataset, per_class=2, head=""):
    networks = [models.load(name) for name in names]
    return accuracy.of(networks, datasets.load(str(dataset)), head=head, per_class=per_class, turn_deg=90, seed=0)


def test_counting_is_by_condition():
    response = np.zeros((len(CONDITIONS), 4), int)
    response[2] = [0, 1, 2, 0]
    rows = accuracy.counted("me", Answered(np.array([0, 1, 2, 3]), response), 4)
    assert [row.hits for row in rows] == [1, 1, 3, 1, 1, 1, 1]
    assert [row.condition for row in rows] == list(CONDITIONS)
    assert rows[2].share == 0.75
    assert rows[2].ends == wilson(3, 4)
    assert {row.chance for row in rows} == {0.25}


@pytest.mark.slow
def test_a_network_of_shapes_follows_shapes_and_one_of_textures_textures():
    shown, rows = asked(["glyphs-shape", "glyphs-texture"], "glyphs", per_class=1)
    share = {(row.observer, row.condition): row.share for row in rows}
    assert (shown.pictures, len(shown.classes)) == (16, 16)
    assert share["glyphs-texture", "texture"] > share["glyphs-shape", "texture"] + 0.3
    assert share["glyphs-shape", "conflict"] > share["glyphs-texture", "conflict"] + 0.3


def test_folders_that_are_classes_are_shown_and_others_left_out(folder):
    shown, rows = asked(["glyphs"], folder)
    assert shown.classes == ("Square", "disc")
    assert shown.left_out == ("unknown",)
    assert shown.pictures == rows[0].trials == 4
    assert {row.chance for row in rows} == {0.5}
    silhouette = next(row for row in rows if row.condition == "silhouette")
    assert silhouette.hits == 4


def test_what_cannot_be_asked_is_said(folder):
    with pytest.raises(ValueError, match="glyphs has no head 'shapes'; did you mean 'shape'"):
        asked(["glyphs"], folder, head="shapes")
    with pytest.raises(ValueError, match=r"0 of its labels are classes of the network.*Square, disc, unknown"):
        asked(["glyphs"], folder, head="texture")
    for place in range(3):
        Image.new("RGB", (20, 20), "red").save(folder / "disc" / f"{place}.png")
    with pytest.raises(ValueError, match=r"disc/0.png of .* has no silhouette; expected cut-outs"):
        asked(["glyphs"], folder)


def test_a_table_has_the_interval():
    columns = accuracy.columns([Accuracy(3, 4, observer="me", kind="network", condition="edges", chance=0.25)])
    assert (columns["accuracy"], columns["n"]) == ([0.75], [4])
    assert columns["ci95_low"][0] < 0.75 < columns["ci95_high"][0]
