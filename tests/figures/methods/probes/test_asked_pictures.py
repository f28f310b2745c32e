"""Probes are shown drawings, a folder, or pictures in others' styles, and never two of these."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.methods import models
from figures.methods.cues.transfer import Recipe
from figures.methods.probes import asked_pictures
from figures.methods.probes.asked_pictures import Styles
from figures.methods.probes.stimuli import Crossed
from tests.figures import small_networks

DRAWINGS = Crossed(3, 1, 0)


def styles(*given: list[Path]) -> Styles:
    content, style = given or ((), ())
    return Styles(content, style, "glyphs:4", "glyphs", Recipe(steps=1))


def test_drawings_are_shown_where_nothing_is_asked_for() -> None:
    assert asked_pictures.of(DRAWINGS, None, styles()) is DRAWINGS


def test_pictures_in_styles_are_of_the_network_that_is_asked_for(
    noises: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    small = small_networks.model(small_networks.convolutional)
    monkeypatch.setattr(models, "load", {"glyphs": small}.__getitem__)
    shown = asked_pictures.of(DRAWINGS, None, styles(noises[:3], noises[3:6]))
    assert "9 pictures" in shown.words
    assert f"transferred in {small.name}" in shown.words


def test_too_few_and_two_ways_at_once_are_refused(noises: list[Path]) -> None:
    with pytest.raises(ValueError, match="style: 0 pictures; expected at least 3"):
        asked_pictures.of(DRAWINGS, None, styles(noises[:3], []))
    with pytest.raises(ValueError, match="pictures: stands beside content and style"):
        asked_pictures.of(DRAWINGS, "conflicts", styles(noises[:3], noises[3:]))
