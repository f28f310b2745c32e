"""What is said of fields: values by layer, what was tried, where the image ends and where gates count."""

from __future__ import annotations

import math

from figures.methods.rates import Rate
from figures.words import fields as words
from tests.figures.seen_fields import layer, network, seen


def test_layers_have_values_and_their_network_where_there_are_several() -> None:
    alone = words.fields(seen()).values
    assert (alone["field_conv2"], alone["stride_conv2"], alone["padding_conv2"]) == (31, 2, 15)
    assert (alone["deepest"], alone["share_conv4"]) == (400, 400 / 64)
    both = words.fields(seen(network(), network("other"))).values
    assert both["field_lib-net-none_conv2"] == both["field_other_conv2"] == 31
    assert "field_conv2" not in both
    assert both["deepest_other"] == 400


def test_what_was_not_so_and_what_could_not_be_tried_are_told() -> None:
    layers = (layer("a", 1, 3), layer("b", 2, 9, verified=False), layer("c", 3, 9, verified=None))
    notes = " ".join(words.fields(seen(network(layers=layers))).notes)
    assert "1 of 2 fields" in notes
    assert "Not so: b of lib/net@none." in notes
    assert "1 of 3 could not be tried" in notes


def test_the_end_of_the_image_and_gates_are_told_only_where_they_matter() -> None:
    small = words.fields(seen(network(layers=(layer("a", 1, 3),)))).notes
    assert not any("image ends" in note or "squeeze" in note for note in small)
    wide = words.fields(seen(network(layers=(layer("a", 1, 90, effective_px=120.0),)))).notes
    assert any("image ends" in note for note in wide)
    assert any("larger than the receptive ones in a of lib/net@none" in note for note in wide)


def test_effective_fields_and_accuracy_are_told_where_they_were_measured() -> None:
    layers = (layer("a", 1, 3, effective_px=math.nan),)
    without = words.fields(seen(network(layers=layers), images=0))
    assert "effective_a" not in without.values
    assert not any("effective" in note for note in without.notes)
    tested = words.fields(seen(network("x", tested=Rate(3, 4))))
    assert tested.values["accuracy_x"] == 0.75
    assert "on 4 images of glyphs:9" in tested.notes[-1]


def test_networks_that_nobody_trained_are_named() -> None:
    assert any("Never trained: net." in note for note in words.fields(seen(network(random=True))).notes)
    assert words.squares(network()).count("px") == 5
