"""Whole pictures make one block, windows another; gradients stand behind what they are of."""

from __future__ import annotations

from figures.charts import unit_gradients as charts
from figures.methods.patches.windows import Window
from tests.figures import patched


def test_gradients_stand_behind_the_picture_and_behind_the_window():
    methods = ("guided", "gradient")
    (sheet,) = charts.draw(patched.unit_gradients(methods=methods), tile=20)
    assert (sheet.block, len(sheet.tiles), sheet.tile_px) == (3, 6, 40)
    assert [tile.lines[0] for tile in sheet.tiles] == ["picture", *methods, "what it sees", *methods]
    assert sheet.title == "a:1 in cat.jpg, at row 2, column 3: 1.50"


def test_what_sees_all_has_no_window_of_its_own():
    wide = patched.unit_gradient(window=Window((0, 16), (0, 16), (0, 0)))
    (sheet,) = charts.draw(patched.unit_gradients(wide), tile=20)
    assert [tile.lines[0] for tile in sheet.tiles] == ["picture", "guided"]


def test_a_class_has_no_place_and_what_is_inactive_says_so():
    cat = patched.unit_gradient(unit="logits:1", label="cat", is_class=True, rectified=False)
    off = patched.unit_gradient(value=-0.25)
    titles = [sheet.title for sheet in charts.draw(patched.unit_gradients(cat, off), tile=20)]
    assert titles == ["logits:1 (cat) in cat.jpg: 1.50", "a:1 in cat.jpg, at row 2, column 3: -0.25, inactive"]
