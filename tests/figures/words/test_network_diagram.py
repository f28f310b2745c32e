"""What is said of a network is what the record holds."""

import sys
from dataclasses import replace
from pathlib import Path

from figures.words import network_diagram as words

sys.path.insert(0, str(Path(__file__).parents[1]))

import family_records as records


def test_a_network_is_told_with_what_is_highlighted_and_marked() -> None:
    said = words.network_diagram(records.network_diagram())
    assert said.values == {"layers": 5, "boxes": 3, "units": 36}
    assert said.alt == (
        "The 5 main layers of net from an image of 40 px to mixed with 8 units, and its heads logits. "
        "Highlighted: stem. Marked: mixed:6, logits:1."
    )
    assert "Dotted lines in a box part the branches that its channels come from." in said.notes
    assert "Layers alike are drawn as one, with what the last of them sees: blocks.0 to blocks.2 (3)." in said.notes
    assert any("the picture's side of 40 px" in note for note in said.notes)


def test_a_layer_that_is_a_head_is_told_once() -> None:
    seen = records.network_diagram()
    said = words.network_diagram(replace(seen, heads=(replace(seen.heads[0], layer="mixed"),)))
    assert " to mixed with 8 units, its head logits. " in said.alt


def test_only_what_there_is_to_say_is_said() -> None:
    seen = records.network_diagram()
    plain = tuple(replace(layer, branches=(), marked=()) for layer in seen.layers)
    bare = replace(seen, chosen=(), marked=(), layers=plain, blocks=(seen.blocks[0],), traced=False)
    said = words.network_diagram(bare)
    assert said.alt.endswith("its heads logits.")
    assert not any("Dotted" in note or "alike" in note for note in said.notes)
    assert said.notes[-1] == (
        "The graph of net cannot be written down; layers are joined in the order in which they run."
    )
