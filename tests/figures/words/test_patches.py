"""What is said of gradients and crops is what the records hold."""

from __future__ import annotations

from figures.words import patches as words
from tests.figures import patched
from tests.figures.patched import UnitPatches


def notes(said) -> str:
    return " ".join(said.notes)


def test_inactive_units_are_named():
    said = words.unit_gradients(patched.unit_gradients(patched.unit_gradient(), patched.unit_gradient(value=-0.25)))
    assert "Inactive: a:1 in cat.jpg (-0.25)." in notes(said)
    assert said.values["inactive"] == 1
    assert said.values["activation"] == 1.5
    assert "Inactive" not in notes(words.unit_gradients(patched.unit_gradients()))


def test_what_leaves_the_window_is_told():
    assert "As little as 75% of a gradient lies in its framed window" in notes(
        words.unit_gradients(patched.unit_gradients())
    )
    assert "As little" not in notes(words.top_patches(patched.top_patches()))
    wide = UnitPatches("", patched.crops(), patched.patches(within=0.5))
    assert "As little as 50% of a gradient lies in its crop" in notes(words.top_patches(patched.top_patches(wide)))


def test_an_empty_gradient_is_told():
    nothing = patched.unit_gradient()
    nothing.seen.gradients[:] = 0
    assert "Empty: guided of a:1 in cat.jpg." in notes(words.unit_gradients(patched.unit_gradients(nothing)))
    gone = UnitPatches("", patched.crops(), patched.patches(within=float("nan")))
    assert "At 4 crops nothing comes back" in notes(words.top_patches(patched.top_patches(gone)))


def test_only_methods_that_draw_the_picture_again_are_warned_of():
    told = {
        methods: "draw the picture again" in notes(words.unit_gradients(patched.unit_gradients(methods=methods)))
        for methods in (("guided", "deconvolution"), ("gradient",))
    }
    assert told == {("guided", "deconvolution"): True, ("gradient",): False}


def test_crops_that_do_not_drive_a_unit_are_counted():
    some = UnitPatches("", patched.crops(values=(1.0, -0.5)), patched.patches(2))
    said = words.top_patches(patched.top_patches(some))
    assert "Inactive: a:1 at 1 of 2 crops." in notes(said)
    assert (said.values["strongest"], said.values["weakest"]) == (1.0, -0.5)


def test_the_rule_is_told_of_the_layers_where_it_chose():
    said = words.feature_hierarchy(patched.hierarchy())
    assert said.notes[0].startswith("Units of one are those that answer most sparsely to made:40")
    assert "Never answered to a picture: layer:2" in notes(said)
    assert said.values == {"layers": 2, "units": 6}
    assert "one (8 px, 50 % of 16), two (8 px, 50 % of 16)" in said.alt


def test_nothing_is_said_of_what_is_not_shown():
    said = notes(words.feature_hierarchy(patched.hierarchy(kinds=("crops",))))
    assert "Below crops" in said
    assert "steps" not in said
    assert "Grey is zero" not in said
