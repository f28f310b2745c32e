"""Tables that people edit: cells are the text that they are, and mistakes have their lines."""

import pytest

from figures.rows import RowsError, rows


class OwnError(RowsError):
    """An error of one kind of table."""


def test_cells_are_found_by_column_and_keep_their_text() -> None:
    (row,) = rows("image, label,more\n 007 ,NaN,", ("label", "image"), file="a.csv")
    assert (row["image"], row["label"], row["more"]) == ("007", "NaN", "")
    assert row.line == 2


def test_rows_know_the_line_on_which_they_start() -> None:
    text = '\ufeffa,b\n1,"two\nlines"\n\n , \n3,4\n'
    assert [(row.line, row["a"], row["b"]) for row in rows(text, ("a", "b"), file="a.csv")] == [
        (2, "1", "two\nlines"),
        (6, "3", "4"),
    ]


def test_columns_are_parted_by_what_is_asked_for() -> None:
    (row,) = rows("a\tb\n1,5\t2", ("a",), file="a.tsv", delimiter="\t")
    assert row["a"] == "1,5"


def test_all_columns_that_lack_are_told_at_once_with_the_nearest() -> None:
    with pytest.raises(OwnError) as caught:
        list(rows("imges,other\n", ("image", "label"), file="a.csv", error=OwnError))
    error = caught.value
    assert (error.file, error.line, len(error.problems)) == ("a.csv", 1, 2)
    assert "no column 'image' in imges, other; did you mean 'imges'" in str(error)
    assert "; line 1: no column 'label'" in str(error)
    assert error.__notes__ == ["a.csv, line 1"]


def test_a_text_without_anything_lacks_its_columns() -> None:
    with pytest.raises(RowsError, match="no column 'a' in nothing"):
        list(rows("", ("a",), file="a.csv"))


def test_a_row_of_another_length_has_its_line_and_those_before_it_are_read() -> None:
    reading = rows("a,b\n1,2\n3\n", ("a",), file="a.csv")
    assert next(reading)["a"] == "1"
    with pytest.raises(RowsError, match="1 cells where the header has 2") as caught:
        next(reading)
    assert caught.value.line == 3
