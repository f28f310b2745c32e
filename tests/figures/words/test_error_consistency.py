"""What is said of observers' errors is what was counted."""

from __future__ import annotations

import pytest

from figures.methods.observers.consistency import Agreement
from figures.words.error_consistency import error_consistency


def pair(first: str, second: str, kappa: float | None, n: int = 9) -> Agreement:
    shares = None if not n else (0.5, 0.5)
    return Agreement(first, second, n, shares, 0.5 if n else None, 0.5 if n else None, kappa, None)


KINDS = {"one": "human", "two": "human", "my/net": "network", "sure": "network"}
PAIRS = [pair("one", "two", 0.6), pair("one", "my/net", 0.1), pair("two", "my/net", -0.3), pair("my/net", "sure", None)]


def test_each_pair_has_values_of_its_own_and_groups_their_means() -> None:
    values = error_consistency(PAIRS, KINDS, "shape", {}).values
    assert (values["kappa_one_two"], values["kappa_my-net_sure"]) == (0.6, "undefined")
    assert (values["kappa_people"], values["kappa_between"]) == (0.6, pytest.approx(-0.1))
    assert "kappa_networks" not in values


def test_the_text_names_the_ends() -> None:
    said = error_consistency(PAIRS, KINDS, "texture", {"my/net": (207, 16)})
    assert said.alt.endswith(
        "where naming the texture is right: most of all one and two, κ 0.60; least two and my/net, κ −0.30."
    )
    assert any("sure are always right or always wrong" in note for note in said.notes)
    assert any("207 classes, grouped into 16 categories" in note for note in said.notes)


def test_pairs_without_a_common_image_are_told() -> None:
    said = error_consistency([pair("one", "two", None, 0)], KINDS, "shape", {})
    assert said.alt.endswith("undefined for all.")
    assert "one and two have no image in common." in said.notes
    assert error_consistency(PAIRS[:1], KINDS, "shape", {}).alt.endswith("is right: one and two, κ 0.60.")
