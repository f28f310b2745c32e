"""What is said of scores and shares is what the record holds, with what bounds them."""

from __future__ import annotations

from figures.methods.probes.dimensions import HIGH, LEAST, LOW, NO_EVIDENCE
from figures.words import Words
from figures.words import dimensionality as words
from tests.figures.probed import stages


def said(**asked: object) -> Words:
    return words.dimensionality(stages(**asked), bounds=(LOW, HIGH), least=LEAST)


def test_scores_shares_counts_and_kinds_are_quoted() -> None:
    values = said().values
    assert values["score_shape_b.c"] == 0.8
    assert (values["units_shape_b.c"], values["units_texture_b.c"], values["units_neither_a"]) == (2, 1, 2)
    assert sum(values[f"count_{name}_a"] for name in ("shape", "texture", "residual")) == 4
    assert values["baseline_texture"] == -0.02
    assert "score_shape_a_n" in said(networks=("m", "n")).values


def test_bounds_and_the_share_without_evidence_are_told() -> None:
    notes = " ".join(said().notes)
    assert "between 15.5% and 42.2%" in notes
    assert f"{NO_EVIDENCE:.1%} each" in notes
    assert "drawn independently" in notes
    assert "always of another class" in " ".join(said(other="forced-different").notes)


def test_the_first_and_the_last_layer_are_described() -> None:
    alt = said().alt
    assert "a scores 0.00 for shape and 0.50 for texture" in alt
    assert "b.c scores 0.80 for shape" in alt
