"""What is said of named units is what the record holds."""

from __future__ import annotations

from figures.methods.dissection import dissected as methods
from figures.words import dissection as words
from tests.figures.dissected_units import dissected


def test_shares_and_best_units_are_quoted() -> None:
    values = words.dissection(dissected()).values
    assert (values["share"], values["random_share"], values["control_share"]) == (0.75, 0.25, 0.0)
    assert (values["a-shape"], values["b.c-colour-different"]) == (2, 1)
    assert (values["best_unit"], values["best_concept"]) == ("b.c:0", "disc")


def test_bases_go_by_the_same_words() -> None:
    assert (words.LEARNED, words.TURNED, words.CONTROL) == (methods.LEARNED, methods.TURNED, methods.CONTROL)


def test_the_measure_and_the_limits_are_told() -> None:
    notes = " ".join(words.dissection(dissected(unjudged=("star",))).notes)
    assert "intersection over union" in notes
    assert "on at 0.5% of places: red" in notes
    assert "2 units are never on" in notes
    assert "Of too few images to be judged: star." in notes
    assert "0.5 is chance" in " ".join(words.dissection(dissected(measure="auc")).notes)


def test_what_random_directions_do_as_well_is_said() -> None:
    seen = dissected()
    same = tuple(one for one in seen.found if one.basis == methods.LEARNED)
    turned = tuple(methods.LayerNamed(one.layer, methods.TURNED, one.named) for one in same)
    notes = " ".join(words.dissection(dissected(found=(*same, *turned))).notes)
    assert "no clear difference" in notes
    assert "before training" not in notes
    assert "closer to these concepts" in " ".join(words.dissection(seen).notes)
