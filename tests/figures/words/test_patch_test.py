"""Success is told with its interval, beside that of the control."""

from __future__ import annotations

import pytest

from figures.words import patch_test as words
from tests.figures.embedded_records import patched


def test_rates_are_quoted_with_their_ends() -> None:
    values = words.patch_test(patched()).values
    assert values["flip"] == 0.25
    assert values["flip_low"] < 0.25 < values["flip_high"]
    assert (values["over"], values["control_flip"], values["before_flip"]) == (0.25, 0, 0)
    assert values["before_first"] == pytest.approx(0.8)


def test_hits_and_their_dependence_are_told() -> None:
    notes = " ".join(words.patch_test(patched()).notes)
    assert "1 of 4 answers become dog" in notes
    assert "with 1 random crops of the same size 0 of 4" in notes
    assert "true intervals are wider" in notes
    assert "Before any patch" not in notes
    assert "of cat 80.0%, then 65.0% (with random crops 80.0%)" in notes


def test_pictures_that_are_of_the_other_class_anyway_are_told() -> None:
    seen = patched()
    notes = words.patch_test(patched(before=seen.before[:, [1, 0, 2]])).notes
    assert notes[-1].startswith("Before any patch 100% are taken for dog")


def test_a_patch_that_was_asked_for_and_has_no_control_is_told_as_such() -> None:
    seen = patched()
    alone = {name: getattr(seen, name)[:1] for name in ("patches", "sources", "origins", "after")}
    said = words.patch_test(patched(found=False, **alone))
    assert "random crops" not in said.alt + " ".join(said.notes)
    assert not any("adds most" in note for note in said.notes)
