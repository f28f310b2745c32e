"""Images in folders, and the files of a Hugging Face data set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.figures.manifests.on_disk import FILES, taken, write


def test_images_are_listed_by_name_with_their_first_folder_as_label(tmp_path):
    found = taken(write(tmp_path, FILES))
    assert found.names == ("a/1.jpg", "a/3.JPEG", "b/2.png", "b/deep/4.webp")
    assert found.labels == ("a", "a", "b", "b")
    assert found.sizes == (3, 5, 3, 4)


def test_a_flat_folder_has_no_labels(tmp_path):
    assert taken(write(tmp_path, {"1.png": b"1", "2.png": b"2"})).labels == ()


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_without_permission_is_named_and_left_out(tmp_path):
    root = write(tmp_path, FILES)
    (root / "a/1.jpg").chmod(0)
    self_check(root)


def test_a_link_that_leads_nowhere_is_named_and_left_out(tmp_path):
    root = write(tmp_path, FILES)
    (root / "a/1.jpg").unlink()
    (root / "a/1.jpg").symlink_to(tmp_path / "nowhere")
    self_check(root)


def self_check(root: Path) -> None:
    found = taken(root)
    assert found.broken == ("a/1.jpg",)
    assert found.names == ("a/3.JPEG", "b/2.png", "b/deep/4.webp")
    assert found.labels == ("a", "b", "b")


def test_a_link_to_a_folder_above_is_not_followed(tmp_path):
    root = write(tmp_path, FILES)
    (root / "a" / "loop").symlink_to(root)
    assert len(taken(root)) == 4


def test_files_of_a_table_on_disk_are_what_counts(tmp_path):
    files = {"dataset_info.json": b"{}", "state.json": b"{}", "data-0.arrow": b"rows", "cache-1.arrow": b"x"}
    found = taken(write(tmp_path, files))
    assert found.names == ("data-0.arrow", "dataset_info.json", "state.json")
    assert found.part(0, 10).digest != found.part(10, 20).digest != found.digest
    assert found.part(0, 50).part(10, 20).span == (10, 20)


def test_a_folder_of_splits_names_them(tmp_path):
    root = write(tmp_path, {"dataset_dict.json": b"{}", "test/state.json": b"{}", "train/state.json": b"{}"})
    with pytest.raises(ValueError, match="expected the path of one of them: 'test', 'train'"):
        taken(root)
