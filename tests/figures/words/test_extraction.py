"""What is said of two methods is what the rates hold."""

from dataclasses import replace

import numpy as np
import pytest

from figures.words import extraction as words
from tests.figures import traced_records as records

ABOUT = {"units": 5, "images": 4, "tuning": 2, "tolerance_px": 1.5, "source": "units of mixed3a"}


def test_each_method_has_its_rates_at_both_ends_and_its_wins() -> None:
    numbers = words.values(records.extraction(), 5)
    assert (numbers["canny_wins"], numbers["attribution_wins"], numbers["noises"]) == (1, 2, 3)
    assert (numbers["canny_f_first"], numbers["canny_f_last"]) == (0.9, 0.1)
    assert (numbers["attribution_f_first"], numbers["attribution_f_last"]) == (0.8, 0.4)
    assert numbers["canny_precision_first"] == 0.75
    assert numbers["everything_f"] == pytest.approx(0.05)


def test_equal_rates_are_nobodys_win() -> None:
    seen = records.extraction()
    numbers = words.values(replace(seen, rates=np.repeat(seen.rates[:1], 2, axis=0)), 5)
    assert numbers["canny_wins"] == numbers["attribution_wins"] == 0


def test_words_and_numbers_agree() -> None:
    said = words.extraction(records.extraction(), records.NOISES, "mixed3b", **ABOUT)
    assert "at noise 0 Canny's F is 0.90, that of attribution 0.80; at noise 1 Canny's F is 0.10" in said.alt
    assert "5 curve detectors of mixed3b" in said.alt
    assert "Canny is better at 1, attribution at 2" in said.alt
    assert "within 1.5 px of a curve, over 4 images" in said.notes[0]
    assert "units of mixed3a" in said.notes[1]
