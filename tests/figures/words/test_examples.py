"""What is said of images that drive units furthest is what the record holds."""

from dataclasses import replace

import numpy as np
import pytest

from figures.methods.examples import Examples, columns
from figures.units import Unit
from figures.words import examples as words
from tests.figures.unit_scans import unit_scan

SCAN = unit_scan(np.array([3.0, -1.0, 2.0, 0.5]), samples=2)


def seen(index: int, *, negative: bool = False) -> Examples:
    positions = SCAN.bottom if negative else SCAN.top
    return Examples(Unit("conv1", index, negative=negative), True, SCAN, positions, np.zeros((2, 8, 8, 3), np.uint8))


@pytest.mark.parametrize(
    ("signs", "what"),
    [((False, False), "drive"), ((True, True), "lower"), ((True, False), "drive or, with a minus, lower")],
)
def test_images_drive_units_or_lower_them(signs: tuple[bool, ...], what: str) -> None:
    several = [seen(index, negative=negative) for index, negative in enumerate(signs)]
    named = ", ".join(str(each.unit) for each in several)
    assert words.examples(several, 2).alt == f"The 2 images of made-up:1 that {what} each of 2 units most: {named}."


def test_the_strongest_is_quoted_and_the_unreadable_named() -> None:
    said = words.examples([seen(0), seen(1, negative=True)], 2)
    assert said.values == {"units": 2, "strongest": 3.0}
    assert said.notes == ()
    assert words.row(seen(1, negative=True)) == "Images that lower conv1:1- most"
    broken = replace(seen(0), scanned=replace(SCAN, broken=("a.png",)))
    assert words.examples([broken], 2).notes[0].endswith("a.png.")


def test_the_table_ranks_the_images_of_every_unit() -> None:
    table = columns([seen(0), seen(1, negative=True)])
    assert list(table["unit"]) == ["conv1:0", "conv1:0", "conv1:1-", "conv1:1-"]
    assert list(table["rank"]) == [1, 2, 1, 2]
    assert list(table["activation"]) == [3.0, 2.0, -1.0, 0.5]
    assert list(table["y"]) == [0, 2, 1, 3]
