"""What is said of a quilt is what the record holds."""

from dataclasses import replace

import numpy as np
import pytest

from figures.methods import quilt
from figures.units import Unit
from figures.words import quilt as words
from tests.figures.unit_scans import unit_scan

SCAN = unit_scan(np.random.default_rng(0).normal(size=4000))
INNER = np.arange(-2, 3) * 0.5


def seen(*, rectified: bool = True, in_sigma: bool = False, count: int = 6) -> quilt.Quilt:
    patches = quilt.draw(SCAN, INNER * (SCAN.std if in_sigma else 1), count)
    return quilt.Quilt(Unit("mixed3a", 5), SCAN, rectified, in_sigma, INNER, patches, rows=count // 2, pages=2)


def test_columns_are_told_from_the_lowest_to_the_highest() -> None:
    assert words.titles(seen()) == ("<−1", "−1", "−0.5", "0", "0.5", "≥1")
    said = words.quilt(seen())
    assert "in 6 columns by the activation of mixed3a:5 at their middle, from below −1 to at least 1, 3 to" in said.alt
    assert (said.values["from"], said.values["to"], said.values["width"]) == (-1, 1, 0.5)
    assert (said.values["images"], said.values["fewest"], said.values["bins"]) == (36, 6, 6)
    assert said.values["sigma"] == pytest.approx(SCAN.std)


def test_the_unit_of_the_columns_is_said() -> None:
    (note,) = words.quilt(seen()).notes
    assert note == (
        "36 crops, drawn at random for each column; columns begin at the numbers below them, "
        "the activation before the rectifier."
    )
    columns, sigma = words.quilt(seen(in_sigma=True)).notes
    assert columns.endswith("standard deviations of the activation before the rectifier.")
    assert "the activation before the rectifier over all positions of made-up:1" in sigma
    assert not any("rectifier" in note for note in words.quilt(seen(in_sigma=True, rectified=False)).notes)


def test_columns_that_hold_too_little_are_counted() -> None:
    short = replace(seen(), patches=quilt.draw(SCAN, np.array([*INNER[:-1], 3.4]), 6))
    held = short.patches.there.sum(axis=1)
    assert (held < 6).sum() == 1
    assert words.quilt(short).notes[1] == "1 of 6 columns hold fewer than 6 crops; places without one stay empty."


def test_images_that_cannot_be_read_are_named() -> None:
    broken = replace(seen(), scanned=replace(SCAN, broken=("a.png", "b.png")))
    assert words.quilt(broken).notes[-1].endswith("a.png, b.png.")
