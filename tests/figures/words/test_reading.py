"""Notes say where units were read, and what is not as usual."""

from dataclasses import replace

import numpy as np

from figures.methods.reading import Reading
from figures.words import reading

PLAIN = Reading(("a:1", "a:2"), 8, (), (), rectified=True, lowered=False)
PEAKS = np.array([1.0, 2.0])


def test_units_without_a_position_are_read_within_reach_of_the_middle() -> None:
    assert reading.notes(PLAIN, "arcs", PEAKS) == (
        "Rectified responses to arcs; each unit is read at the position, up to 8 px from the middle, where its curve "
        "peaks highest.",
    )
    assert reading.notes(replace(PLAIN, reach_px=0), "arcs", PEAKS)[0].endswith("units are read in the middle.")


def test_other_stimuli_are_read_where_arcs_decided() -> None:
    (note,) = reading.notes(PLAIN, "lines", PEAKS, arcs=False, named="lines")
    assert note.endswith("where its curve to arcs peaks highest.")
    placed = replace(PLAIN, placed=("a:1@2,3", "a:2@2,3"))
    assert reading.notes(placed, "lines", PEAKS, arcs=False)[0].endswith("stimuli lie where the units look.")


def test_what_is_not_as_usual_is_told() -> None:
    odd = replace(PLAIN, placed=("a:2@1,1",), unrectified=("b",), rectified=False, lowered=True)
    notes = reading.notes(odd, "arcs", np.array([0.0, 2.0]))
    assert notes[0].startswith("Responses to arcs")
    assert "b: not rectified; responses are taken as they are, and below 0 none is drawn." in notes
    assert "A unit with a minus responds with its activation times -1." in notes
    assert "Read at their own position, where their arcs lie: a:2@1,1." in notes
    assert notes[-1] == "No response to any arc: a:1."


def test_layers_that_answer_to_the_whole_picture_are_told() -> None:
    notes = reading.notes(replace(PLAIN, beyond=("gate",)), "arcs", PEAKS)
    assert "Units of gate answer to more than their receptive fields; they were shown whole pictures." in notes
