"""Data sets on disk: every kind of picture in every layout, and what cannot be read."""

from __future__ import annotations

import os
import tarfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
import torch

from figures import lab
from figures.methods import datasets
from figures.rows import RowsError


def test_a_table_has_a_column_of_files_where_there_are_files(photos):
    assert datasets.file_column(datasets.load("photos"), np.array([4, 0])) == {"file": ["b/4.webp", "a/0.png"]}
    assert datasets.file_column(datasets.load("glyphs:8"), [4, 0]) == {}


def test_a_lab_that_remembers_lists_a_folder_once(photos, monkeypatch):
    opened = []
    plain = datasets.manifests.fingerprint
    monkeypatch.setattr(datasets.manifests, "fingerprint", lambda *some: opened.append(1) or plain(*some))
    for store, times in ((object(), 1), (object(), 1), (None, 3)):
        opened.clear()
        with lab.using(lab.Lab(store=store, site=lab.current().site)):
            for _ in range(3):
                datasets.load("photos")
        assert len(opened) == times


def test_a_site_remembers_contents_in_its_own_folder(photos, site):
    datasets.load("photos")
    assert not (site / ".microscribe").exists()
    (site / ".microscribe").mkdir()
    for path in photos.rglob("*.*"):
        os.utime(path, (1e9, 1e9))
    datasets.load("photos")
    assert len(list((site / ".microscribe" / "datasets").iterdir())) == 1


def layouts(root: Path, photos: Path) -> dict[str, str]:
    """Lay the same five pictures out in every other way; return names of the data sets."""
    files = sorted(path for path in photos.rglob("*") if path.is_file())
    rows = [f"{path.relative_to(root)},{path.parent.name}" for path in files]
    (root / "list.csv").write_text("\n".join(["image,label", *rows]))
    for number, some in enumerate((files[:2], files[2:])):
        with tarfile.open(root / f"s-{number}.tar", "w") as tar:
            for path in some:
                tar.add(path, f"{path.stem}{path.suffix}")
                info = tarfile.TarInfo(f"{path.stem}.cls")
                info.size = 1
                tar.addfile(info, BytesIO(path.parent.name.encode()))
    return {"csv": "list.csv", "webdataset": "s-{0..1}.tar"}


@pytest.mark.parametrize("kind", ["csv", "webdataset"])
def test_every_layout_holds_the_same_pictures(site, photos, kind):
    name = layouts(site, photos)[kind]
    data, plain = datasets.load(name).sized(32, 3), datasets.load("photos").sized(32, 3)
    assert data.usable(range(5))[0].tolist() == [0, 1, 4]
    assert torch.equal(data.images([4, 1]), plain.images([4, 1]))
    assert data.labels(range(5)) == ["a", "a", "b", "b", "b"]
    assert data.part(1, 5).names([3]) == data.names([4]) == data.files([4])
    assert len(datasets.load(f"{name}:3")) == 3


def test_a_table_with_mistakes_has_their_lines(site, photos):
    (site / "list.csv").write_text("image\nphotos/a/0.png\nphotos/a/00.png\n")
    with pytest.raises(RowsError) as caught:
        datasets.load("list.csv")
    assert caught.value.problems[0][0] == 3
