"""Where images lie, and what is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.endings import ENDINGS, is_image
from figures.manifests.listing import DIGEST_BYTES, Listing

DIGESTS = b"".join(bytes([number]) * DIGEST_BYTES for number in range(4))
WHOLE = Listing(
    Path("data"), ("a", "b", "c", "d"), ("s", "s", "t", "t"), (0, 5, 0, 7), (5, 6, 7, 8), DIGESTS, ("x", "y", "x", "z")
)


def test_each_image_has_its_own_digest() -> None:
    assert [WHOLE.digest(index) for index in range(4)] == [bytes([number]) * DIGEST_BYTES for number in range(4)]


def test_a_part_keeps_of_every_column_what_belongs_to_its_images() -> None:
    part = WHOLE.part(1, 3)
    assert (part.names, part.files, part.offsets) == (("b", "c"), ("s", "t"), (5, 0))
    assert (part.sizes, part.labels, part.root) == ((6, 7), ("y", "x"), WHOLE.root)
    assert [part.digest(index) for index in range(2)] == [WHOLE.digest(1), WHOLE.digest(2)]


def test_parts_of_parts_and_parts_past_the_end() -> None:
    assert WHOLE.part(1, 4).part(1, 2) == WHOLE.part(2, 3)
    assert WHOLE.part(2, 99) == WHOLE.part(2, 4)
    assert len(WHOLE.part(4, 9).names) == len(WHOLE.part(4, 9).digests) == 0


@pytest.mark.parametrize("ending", sorted(ENDINGS))
def test_an_ending_counts_in_either_case(ending: str) -> None:
    assert is_image(f"a.b/picture{ending}")
    assert is_image(f"PICTURE{ending.upper()}")


@pytest.mark.parametrize("name", ["picture", "png", "picture.png.txt", "picture.", "picturepng", "a.png/notes"])
def test_other_names_are_not_those_of_images(name: str) -> None:
    assert not is_image(name)
