"""Hugging Face data sets on disk, with and without their library."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from figures import lab, specs
from figures.methods import datasets
from tests.figures.methods.datasets.picture_files import close, cut, ramp


def hugging_face(root: Path, photos: Path) -> Callable:
    library = pytest.importorskip("datasets")
    files = sorted(path for path in photos.rglob("*") if path.is_file())
    features = library.Features(
        {"number": library.Value("int64"), "picture": library.Image(), "label": library.ClassLabel(names=["a", "b"])}
    )
    columns = {
        "number": list(range(5)),
        "picture": [{"bytes": path.read_bytes(), "path": None} for path in files],
        "label": [path.parent.name for path in files],
    }
    return library.Dataset.from_dict(columns, features=features)


@pytest.mark.slow
def test_a_hugging_face_data_set_on_disk(site, photos):
    hugging_face(site, photos).save_to_disk(str(site / "hf"))
    data, plain = datasets.load("hf").sized(32, 3), datasets.load("photos").sized(32, 3)
    assert data.usable(range(5))[0].tolist() == [0, 1, 4]
    assert torch.equal(data.images([4, 1]), plain.images([4, 1]))
    assert data.labels([0, 4]) == ["a", "b"]
    part = data.part(1, 5).part(0, 4)
    assert (len(part), part.names([3]), part.labels([0, 1])) == (4, ["row 4"], ["a", "b"])
    assert torch.equal(part.images([3]), data.images([4]))
    assert len({data.digest, part.digest, datasets.load("hf:3").digest}) == 3
    assert len(datasets.load("hf:3")) == 3
    with pytest.raises(ValueError, match="there are 5 images, fewer than 6"):
        datasets.load("hf:6")


def test_arrays_in_a_hugging_face_data_set(site, photos):
    library = pytest.importorskip("datasets")
    features = library.Features({"image": library.Array3D((30, 40, 3), "uint8")})
    library.Dataset.from_dict({"image": [ramp()]}, features=features).save_to_disk(str(site / "arrays"))
    with lab.using(lab.Lab(site=specs.Site(site, {}, {"arrays": {"path": "arrays", "size": 30}}))):
        found = datasets.load("arrays").images([0])
    assert close((found[0].permute(1, 2, 0) * 255).numpy(), cut(ramp()))


def test_a_column_that_is_not_there_names_the_nearest(site, photos):
    hugging_face(site, photos).save_to_disk(str(site / "hf"))
    tables = {"faces": {"path": "hf", "images": "pictures"}}
    with (
        lab.using(lab.Lab(site=specs.Site(site, {}, tables))),
        pytest.raises(ValueError, match="did you mean 'picture'"),
    ):
        datasets.load("faces")


def test_without_the_library_the_extra_is_named(site, photos, monkeypatch):
    hugging_face(site, photos).save_to_disk(str(site / "hf"))
    monkeypatch.setitem(sys.modules, "datasets", None)
    with pytest.raises(ValueError, match=r"pip install 'microscribe\[huggingface\]'"):
        datasets.load("hf")
