"""Evidence in words: what networks are sure of, what patches do, what shuffling leaves."""

from __future__ import annotations

from figures.words import evidence as words
from tests.figures import evidence_records as records


def test_maps_are_told_by_network_and_what_it_sees():
    said = words.class_evidence(records.strip())
    assert "small (places see 5 px) and large (places see the whole picture)" in said.alt
    assert said.values["probability-star-large"] == 0.75
    assert said.values["field-small"] == 5
    assert said.notes[0].startswith("The classes are the likeliest by small")
    assert not words.class_evidence(records.strip(chosen=True)).notes[0].startswith("The classes")


def test_accuracy_is_told_by_what_places_see():
    said = words.bag_of_features(records.bag())
    assert "small (5 px) shape 25%; small (5 px) texture 75%; large (all) shape 50%" in said.alt
    assert said.values["accuracy-shape-large"] == 0.5
    assert any("Places of large see more than patches" in note for note in said.notes)


def test_patches_of_other_images_are_counted():
    said = words.informative_patches(records.informative())
    assert said.alt.endswith("1 of 2 come from images of their class.")
    assert (said.values["right"], said.values["patches"]) == (1, 2)


def test_shuffling_is_told_from_whole_to_most_tiles():
    said = words.tile_shuffle(records.shuffled())
    assert "large 75% whole, 30% in 16 tiles; small 50% whole, 50% in 16 tiles" in said.alt
    assert said.values["share-shape-large-16"] == 0.3
    unknown = words.tile_shuffle(records.shuffled(known=False))
    assert unknown.alt.startswith("Answers as to the whole picture")
    assert any("dealt out anew (25.0 %)" in note for note in unknown.notes)
