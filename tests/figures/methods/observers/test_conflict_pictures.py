"""A folder of pictures is read by the names in it, and changes exactly with what it holds."""

from __future__ import annotations

import pytest

from figures.methods import datasets
from figures.methods.observers import conflict_pictures
from tests.figures import rigged_observers as rigged


def test_pictures_of_subfolders_are_read_by_their_names(tmp_path) -> None:
    seen = conflict_pictures.of(datasets.load(str(rigged.folder(tmp_path))))
    known = dict(zip(seen.stimulus.tolist(), zip(seen.shape.tolist(), seen.texture.tolist(), strict=True), strict=True))
    assert known["dog2-cat3"] == ("dog", "cat")
    assert (len(seen), seen.categories) == (5, ("cat", "dog"))
    exemplars = dict(zip(seen.stimulus.tolist(), seen.texture_exemplar.tolist(), strict=True))
    assert (exemplars["dog2-cat3"], exemplars["cat3-cat1"]) == ("cat3", "cat1")
    assert "dog2" in seen.shape_exemplar


@pytest.mark.parametrize(("names", "what"), [
    (("cat1-dog1", "dog5"), "conflicts: image name 'dog/dog5.png' has no texture; expected SHAPE1-TEXTURE2"),
    (("cat1-cat2",), "the shape and the texture of every picture agree"),
])  # fmt: skip
def test_names_that_say_no_conflict_are_refused(tmp_path, names, what) -> None:
    with pytest.raises(ValueError, match=what):
        conflict_pictures.of(
            datasets.load(str(rigged.folder(tmp_path, names) if "dog5" not in names else _with(tmp_path)))
        )


def _with(root):
    folder = rigged.folder(root, ("cat1-dog1", "dog5-cat1"))
    return (folder / "dog" / "dog5-cat1.png").rename(folder / "dog" / "dog5.png").parent.parent


def test_drawings_lie_in_no_folder() -> None:
    with pytest.raises(ValueError, match="glyphs:8 lies in no folder; expected a folder of pictures"):
        conflict_pictures.of(datasets.load("glyphs:8"))
