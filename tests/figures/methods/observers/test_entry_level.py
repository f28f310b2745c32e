"""The categories hold the classes of ImageNet that their names say."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from figures.methods.assembly import imagenet
from figures.methods.observers.entry_level import CLASSES, ENTRY_LEVEL

NAMES = imagenet.classes(CLASSES)


def named(category: str) -> set[str]:
    return {NAMES[number] for number in ENTRY_LEVEL[category]}


def test_no_class_is_in_two_categories() -> None:
    every = [number for numbers in ENTRY_LEVEL.values() for number in numbers]
    assert len(every) == len(set(every)) == 207
    assert (min(every) >= 0, max(every) < CLASSES, len(ENTRY_LEVEL)) == (True, True, 16)


@pytest.mark.parametrize(("category", "count", "fits"), [
    ("airplane", 1, lambda name: name == "airliner"),
    ("bear", 4, lambda name: name.endswith(" bear")),
    ("bicycle", 2, lambda name: "bi" in name and name.endswith(("two", "bike"))),
    ("elephant", 2, lambda name: name.endswith(" elephant")),
    ("keyboard", 2, lambda name: name.endswith(" keyboard")),
    ("clock", 3, lambda name: name.endswith(" clock")),
    ("bottle", 7, lambda name: name.endswith(("bottle", " jug"))),
    ("car", 3, lambda name: name in ("beach wagon", "convertible", "sports car")),
    ("cat", 6, lambda name: name.endswith(" cat") or name in ("tabby", "cougar")),
    ("chair", 4, lambda name: name.endswith(" chair") or name == "throne"),
    ("boat", 5, lambda name: name.endswith("boat") or name in ("canoe", "yawl")),
    ("knife", 1, lambda name: name == "cleaver"),
    ("oven", 1, lambda name: name == "rotisserie"),
    ("truck", 8, lambda name: name.endswith(("truck", "van", "engine", "pickup"))),
])  # fmt: skip
def test_the_names_of_classes_fit_their_category(category: str, count: int, fits: Callable[[str], bool]) -> None:
    assert len(ENTRY_LEVEL[category]) == count
    assert [name for name in named(category) if not fits(name)] == []


def test_dogs_and_birds_lie_where_imagenet_has_them() -> None:
    """Dogs are classes 151 to 268, birds 7 to 24, 80 to 100 and 127 to 146."""
    assert len(ENTRY_LEVEL["dog"]) == 109
    assert {"beagle", "golden retriever", "Mexican hairless"} <= named("dog")
    assert not {"timber wolf", "dingo", "red fox"} & named("dog")
    assert len(ENTRY_LEVEL["bird"]) == 49
    assert {"hen", "flamingo", "king penguin", "macaw"} <= named("bird")
    assert all(7 <= n <= 24 or 80 <= n <= 100 or 127 <= n <= 146 for n in ENTRY_LEVEL["bird"])
