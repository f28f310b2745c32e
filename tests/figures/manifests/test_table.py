"""Tables that name images and their labels."""

from __future__ import annotations

from pathlib import Path

import pytest

from figures.rows import RowsError
from tests.figures.manifests.on_disk import FILES, taken, write


def table(root: Path, text: str, name: str = "list.csv") -> Path:
    write(root, {**FILES, name: text.encode()})
    return root / name


def test_a_table_names_images_and_labels_in_its_own_order(tmp_path):
    found = taken(table(tmp_path, "label,image\ncat,b/2.png\ndog,a/1.jpg\ncat,b/2.png\n"))
    assert found.names == ("b/2.png", "a/1.jpg", "b/2.png")
    assert found.labels == ("cat", "dog", "cat")


def test_columns_the_root_and_tabs_can_be_chosen(tmp_path):
    path = table(tmp_path, "what\twhere\nx\t1.jpg\n", "list.tsv")
    found = taken(path, images="where", labels="what", root=str(tmp_path / "a"))
    assert (found.names, found.labels) == (("1.jpg",), ("x",))


def test_every_row_that_names_no_file_has_its_line(tmp_path):
    path = table(tmp_path, 'image,label\na/1.jpg,x\na/1.jpeg,y\n"b/\n2.png",z\n,w\n')
    with pytest.raises(RowsError) as caught:
        taken(path)
    assert [line for line, _ in caught.value.problems] == [3, 4, 6]
    assert "did you mean '1.jpg'" in caught.value.problems[0][1]
    assert "no path in the column 'image'" in caught.value.problems[2][1]


def test_a_column_that_is_not_there_names_the_nearest(tmp_path):
    with pytest.raises(RowsError, match="no column 'imges' in image, label; did you mean 'image'") as caught:
        taken(table(tmp_path, "image,label\na/1.jpg,x\n"), images="imges")
    assert caught.value.line == 1


def test_an_endless_list_of_mistakes_is_cut_short(tmp_path):
    with pytest.raises(RowsError) as caught:
        taken(table(tmp_path, "image\n" + "".join(f"no{i}.png\n" for i in range(500))))
    assert len(caught.value.problems) == 20


def test_labels_count_in_the_digest_and_not_in_that_of_the_pixels(tmp_path):
    one = taken(table(tmp_path / "1", "image,label\na/1.jpg,x\n"))
    other = taken(table(tmp_path / "2", "image,label\na/1.jpg,y\n"))
    assert one.digest != other.digest
    assert one.pixels_digest == other.pixels_digest


def test_a_table_in_another_encoding_is_an_error(tmp_path):
    path = table(tmp_path, "image\n")
    path.write_bytes("image\nä.png\n".encode("latin-1"))
    with pytest.raises(ValueError, match="not UTF-8"):
        taken(path)
