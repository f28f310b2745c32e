"""What is said of links is what they carry."""

import pytest

from figures.words import channel_attribution as words
from tests.figures import blocks


def test_the_widest_link_and_the_share_of_all_are_told() -> None:
    said = words.channel_attribution(blocks.channel_flow())
    assert "a:0 adds +3.00 to b:5" in said.alt
    assert said.values["carried"] == pytest.approx(5 / 6)
    assert (said.values["unit"], said.values["from"], said.values["share"]) == ("b:5", "a:0", 0.75)
    assert (said.values["upper-2"], said.values["lower-2"]) == ("b:2", "a:2")
    assert "carry 83% of all" in said.notes[0]


def test_what_no_channel_accounts_for_is_told() -> None:
    said = words.channel_attribution(blocks.channel_flow())
    assert "make 62% to 75% of what a channel on the left answers" in said.notes[1]
    assert said.values["explained-1"] == pytest.approx(0.625)
