"""Fingerprints of data sets on disk: by content, the same everywhere, and read once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from figures import manifests
from tests.figures.manifests.on_disk import FILES, aged, first, taken, write


def test_the_digest_is_over_names_and_contents_and_nothing_else(tmp_path):
    one = taken(write(tmp_path / "one", FILES))
    other = taken(write(tmp_path / "other", dict(reversed(FILES.items()))))
    for path in (tmp_path / "other").rglob("*"):
        aged(path, 4000)
    assert one.digest == other.digest == taken(tmp_path / "other").digest
    renamed = taken(write(tmp_path / "renamed", {("z" + name): content for name, content in FILES.items()}))
    changed = taken(write(tmp_path / "changed", {**FILES, "a/1.jpg": b"eno"}))
    assert len({one.digest, renamed.digest, changed.digest}) == 3
    assert one.digest != taken(tmp_path / "one", size=64).digest


def test_the_first_images_alone_are_read(tmp_path, reads):
    root, folder = write(tmp_path / "data", FILES), tmp_path / "memory"
    two = first(root, 2, folder)
    assert sorted(reads) == ["1.jpg", "3.JPEG"]
    assert two.names == ("a/1.jpg", "a/3.JPEG")
    reads.clear()
    whole = taken(root, folder)
    assert sorted(reads) == ["2.png", "4.webp"]
    assert two.digest == whole.part(0, 2).digest
    reads.clear()
    assert first(root, 2, folder).digest == two.digest
    assert taken(root, folder).digest == whole.digest
    assert reads == []


def test_more_images_than_there_are_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="there are 4 images, fewer than 9"):
        first(write(tmp_path, FILES), 9)


def test_the_digest_of_a_part_depends_on_these_images_alone(tmp_path):
    one = taken(write(tmp_path / "one", FILES))
    other = taken(write(tmp_path / "other", {**FILES, "b/deep/4.webp": b"other", "c/5.png": b"five"}))
    assert one.part(0, 3).pixels_digest == other.part(0, 3).pixels_digest
    assert one.part(1, 4).pixels_digest != other.part(1, 4).pixels_digest


@pytest.mark.parametrize("files", [{}, {"notes.txt": b"x"}, {".hidden.png": b"x"}])
def test_a_folder_without_an_image_is_an_error(tmp_path, files):
    (tmp_path / "data").mkdir()
    with pytest.raises(ValueError, match="has no image"):
        taken(write(tmp_path / "data", files))


def test_a_place_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(ValueError, match="there is no"):
        taken(tmp_path / "nowhere")


def test_manifests_need_nothing_but_the_standard_library():
    code = (
        "import sys\n"
        "for name in ('numpy', 'torch', 'PIL', 'datasets', 'webdataset'): sys.modules[name] = None\n"
        "import figures.manifests\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(manifests.__file__).parents[2])
