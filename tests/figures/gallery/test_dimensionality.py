"""The figure scores layers of networks, and tells what is wrong with what is asked."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.dimensionality import dimensionality

QUICK = {"layers": ("conv1", "mixed4b"), "exemplars": 1, "textures": 2}


@pytest.mark.slow
def test_layers_are_scored_and_their_units_drawn() -> None:
    made = dimensionality(units=("conv1",), **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == ["dimensions-0", "units-0"]
    assert len(made.table.rows) == 2 + 32 + 288


@pytest.mark.parametrize(
    ("asked", "message"),
    [({"layers": ("mixed4",)}, "did you mean 'mixed4b'"), ({"other": "different"}, "did you mean 'forced-different'"),
     ({"textures": 1}, "expected")],
)  # fmt: skip
def test_what_there_is_not_is_told(asked: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        dimensionality(**{**QUICK, **asked})
