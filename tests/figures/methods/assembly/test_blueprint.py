"""What decides what a network answers decides its digest, and nothing else does."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from figures.methods.assembly.blueprint import Blueprint, Listing, Source, identity, missing, per_channel
from figures.specs import NetworkSpec, Site

SPEC = NetworkSpec("net", "toys", "toy")
PLAN = Blueprint(lambda: None, 32, 3, (0.0,) * 3, (1.0,) * 3)


@pytest.mark.parametrize(
    "other",
    [
        replace(SPEC, source="others"),
        replace(SPEC, factory="other"),
        replace(SPEC, classes=("one",)),
        replace(SPEC, aliases=(("stem", "0"),)),
        replace(SPEC, weights="none"),
    ],
)
def test_what_was_asked_for_counts(other: NetworkSpec) -> None:
    assert identity(other, PLAN, "sha") != identity(SPEC, PLAN, "sha")


@pytest.mark.parametrize("change", [{"input_size": 64}, {"mean": (0.1,) * 3}, {"std": (2.0,) * 3}, {"code": "other"}])
def test_how_it_is_made_counts(change: dict) -> None:
    assert identity(SPEC, replace(PLAN, **change), "sha") != identity(SPEC, PLAN, "sha")


def test_names_and_places_do_not_count() -> None:
    there = replace(SPEC, name="another", root=Path("elsewhere"), seed=3)
    assert identity(there, replace(PLAN, file=Path("a/b.pth"), url="https://h/w"), "sha") == identity(SPEC, PLAN, "sha")


def test_weights_count_and_without_them_there_is_no_digest_but_of_random_ones() -> None:
    drawn = replace(SPEC, weights="none")
    assert identity(SPEC, PLAN, "") == ""
    assert len({identity(SPEC, PLAN, "one"), identity(SPEC, PLAN, "two"), identity(drawn, PLAN, "")}) == 3
    assert identity(drawn, PLAN, "") != identity(replace(drawn, seed=1), PLAN, "")


def test_numbers_per_channel_are_one_or_as_many() -> None:
    assert per_channel((0.5,), 3, SPEC, "mean") == (0.5,) * 3
    assert per_channel((1.0, 2.0), 2, SPEC, "mean") == (1.0, 2.0)
    with pytest.raises(ValueError, match="net: 2 numbers in mean; expected 1 or 3, one a channel"):
        per_channel((1.0, 2.0), 3, SPEC, "mean")


def test_missing_weights_can_be_fetched_where_they_have_an_address() -> None:
    assert "`microscribe models pull net`" in missing(SPEC, replace(PLAN, url="https://h/w"))
    assert "net@none" in missing(SPEC, PLAN)


def test_a_source_lists_its_names_unless_it_chooses() -> None:
    plain = Source("Toys", str, lambda spec: PLAN, names=lambda site: ["a", "b"])
    assert plain.listing(Site(), "x") == Listing(("a", "b"))
    choosing = replace(plain, listed=lambda site, word: Listing((word,), "more"))
    assert choosing.listing(Site(), "x") == Listing(("x",), "more")
