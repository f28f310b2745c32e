"""Single values, read from the text of a directive."""

import os
from pathlib import Path

import pytest

from figures.texts import choice, file_in, integer, number, picture, tables_in, truth


def test_numbers_are_read_as_python_writes_them() -> None:
    for value in (0, -3, 12345678901234567890):
        assert integer(str(value)) == value
    for value in (0.1, -3.25, 1e-9, 3.0):
        assert number(str(value)) == value


@pytest.mark.parametrize(("read", "text", "words"), [
    (integer, "1.5", "'1.5' is not a whole number"),
    (integer, "", "'' is not a whole number"),
    (number, "two", "'two' is not a number"),
    (number, "nan", "'nan' is not a number"),
    (number, "-inf", "'-inf' is not a number"),
    (truth, "2", "'2' is neither true nor false"),
])  # fmt: skip
def test_what_cannot_be_read_is_named(read, text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read(text)


def test_names_that_no_file_can_have_are_no_files(tmp_path: Path) -> None:
    for read in (file_in, tables_in):
        with pytest.raises(ValueError, match="no file 'aaa"):
            read(tmp_path, "a" * 300, "here")


def test_true_and_false_have_several_words() -> None:
    assert [truth(text) for text in ("true", "Yes", "ON")] == [True] * 3
    assert [truth(text) for text in ("false", "no", "Off")] == [False] * 3


def test_a_choice_names_the_nearest() -> None:
    assert choice("peak", ("peak", "mean")) == "peak"
    with pytest.raises(ValueError, match="'peek' is not one of peak, mean; did you mean 'peak'?"):
        choice("peek", iter(("peak", "mean")))


def test_a_file_is_found_or_the_nearest_named(tmp_path: Path) -> None:
    (tmp_path / "labels.csv").touch()
    assert file_in(tmp_path, "labels.csv", "here") == (tmp_path / "labels.csv").resolve()
    with pytest.raises(ValueError, match="no file 'label.csv' here; did you mean 'labels.csv'?"):
        file_in(tmp_path, "label.csv", "here")
    (tmp_path / "round.csv").symlink_to("round.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    for name, what in (
        (".", "a folder"),
        ("round.csv", "a link that leads nowhere"),
        ("pipe.csv", "a pipe or a device"),
    ):
        with pytest.raises(ValueError, match=f"'{name}' here is no file that can be read, but {what}$"):
            file_in(tmp_path, name, "here")
    with pytest.raises(ValueError, match="no file 'a' here$"):
        file_in(tmp_path / "nowhere", "a", "here")


def test_a_picture_is_a_file_or_of_a_data_set(tmp_path: Path) -> None:
    (tmp_path / "cat.jpg").touch()

    def file(text: str) -> Path:
        return file_in(tmp_path, text, "here")

    assert picture("cat.jpg", file) == tmp_path / "cat.jpg"
    assert picture("007", file) == "7"
    assert picture("chelsea", file) == "chelsea"
    assert picture("cats/001.jpg", file) == "cats/001.jpg"
    with pytest.raises(ValueError, match=r"no file 'cta\.jpg' here; did you mean 'cat\.jpg'\?"):
        picture("cta.jpg", file)
    for wrong in ("-1", ""):
        with pytest.raises(ValueError, match="expected the number of an image, at least 0, a name, or a file"):
            picture(wrong, file)


def test_tables_are_a_file_or_all_of_a_folder(tmp_path: Path) -> None:
    for name in ("people/b.csv", "people/more/a.csv", "people/notes.txt", "people/.hidden.csv", "one.csv"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "empty").mkdir()
    names = [path.relative_to(tmp_path.resolve()).as_posix() for path in tables_in(tmp_path, "people", "here")]
    assert names == ["people/b.csv", "people/more/a.csv"]
    assert tables_in(tmp_path, "one.csv", "here") == ((tmp_path / "one.csv").resolve(),)
    with pytest.raises(ValueError, match="the folder 'empty' has no .csv file"):
        tables_in(tmp_path, "empty", "here")
    with pytest.raises(ValueError, match="no file 'on.csv' here; did you mean 'one.csv'"):
        tables_in(tmp_path, "on.csv", "here")
