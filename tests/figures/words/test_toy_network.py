"""What is said of a small network is how large it is, and what it answers."""

from figures.methods.toy_network import toy_network
from figures.words import toy_network as words


def test_units_and_weights_are_counted_and_the_answer_can_be_quoted():
    seen = toy_network((5, 3, 4, 2), seed=3)
    said = words.toy_network(seen)
    assert said.alt.startswith("A network of 4 layers with 5, 3, 4, 2 units")
    assert (said.values["units"], said.values["weights"]) == (14, 35)
    assert said.values["answer-2"] == float(seen.answers[-1][1])
    assert said.notes[0].startswith("35 weights drawn at random (seed 3)")
