"""Tables hold plain numbers, whatever figures hand in."""

import json
import math

import numpy as np
import pytest

from figures.artifact import DECIMALS, Table


def test_a_table_of_columns_has_a_row_for_each_of_their_cells() -> None:
    table = Table.of({"unit": ("a:1", "a:2"), "count": np.array([3, 4]), "share": [0.5, 0.25]})
    assert table.columns == ("unit", "count", "share")
    assert table.rows == (("a:1", 3, 0.5), ("a:2", 4, 0.25))
    assert json.loads(table.json()) == [dict(zip(table.columns, row, strict=True)) for row in table.rows]


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_floats_keep_so_many_digits_as_asked_for(dtype: type) -> None:
    numbers = np.random.default_rng(0).normal(size=50).astype(dtype)
    columns = {"a": numbers, "b": numbers, "c": numbers}
    rows = Table.of(columns, decimals={"b": 1, "c": None}).rows
    for number, (a, b, c) in zip(numbers.tolist(), rows, strict=True):
        assert abs(a - number) <= 0.5 * 10**-DECIMALS + 1e-12
        assert abs(b - number) <= 0.05 + 1e-12
        assert c == number
    assert Table.of(columns, decimals=1).rows == tuple((row[1],) * 3 for row in rows)


def test_what_is_not_known_is_none_and_cells_are_plain() -> None:
    cells = [np.float32("nan"), math.nan, np.float64(1.5), np.int64(2), np.str_("x"), np.bool_(True), None]
    column = [row[0] for row in Table.of({"mixed": cells}).rows]
    assert column == [None, None, 1.5, 2, "x", True, None]
    assert [type(cell) for cell in column[2:6]] == [float, int, str, bool]
    assert Table.of({"n": np.array([math.nan, 1.0])}).rows == ((None,), (1.0,))
    assert Table.of({"n": (x for x in (1, 2))}).rows == ((1,), (2,))


def test_a_table_without_rows_keeps_its_columns() -> None:
    assert Table.of({"a": [], "b": np.zeros(0)}) == Table(("a", "b"), ())


def test_columns_that_do_not_fit_are_told_with_their_lengths() -> None:
    with pytest.raises(ValueError, match="not: unit 2, share 3"):
        Table.of({"unit": ("a", "b"), "share": np.zeros(3)})
    with pytest.raises(ValueError, match="no column 'shar'; did you mean 'share'"):
        Table.of({"share": np.zeros(3)}, decimals={"shar": 2})


def test_an_open_table_hands_over_more_rows_than_a_folded_one():
    columns = {"n": range(40)}
    assert len(Table.of(columns).kept(lambda data: "").rows) == 16
    opened = Table.of(columns, open=True).kept(lambda data: "")
    assert (len(opened.rows), opened.count, opened.open) == (40, 40, True)
