"""The figure reads layers of networks, and tells what is wrong with what is asked."""

from __future__ import annotations

import pytest

from figures.artifact import pack
from figures.gallery.linear_probes import linear_probes

QUICK = {"layers": ("conv2",), "exemplars": 3, "textures": 1, "folds": 3}


@pytest.mark.slow
def test_a_flattened_layer_is_read_beside_the_same_untrained() -> None:
    made = linear_probes(features="flattened", **QUICK)
    assert pack(made)
    assert [part.name for part in made.parts] == ["probes"]
    assert len(made.table.rows) == (2 + 1) * 2 * 3
    assert {"shape_conv2", "untrained_shape_conv2", "pixels_shape"} <= made.values.keys()


@pytest.mark.parametrize(
    ("asked", "message"),
    [({"layers": ("mixed4",)}, "did you mean 'mixed4b'"), ({"features": "pool"}, "did you mean 'pooled'"),
     ({"models": ("glyph",)}, "did you mean 'glyphs'"), ({"folds": 1}, "expected")],
)  # fmt: skip
def test_what_there_is_not_is_told(asked: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        linear_probes(**{**QUICK, **asked})
