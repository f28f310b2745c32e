"""Does a table that was measured here say what a published one says?"""

import pytest

from figures import agreement

PUBLISHED = [{"unit": "conv1:3", "peak": 2.0, "count": 4}, {"unit": "conv1:5", "peak": -40.0, "count": None}]


def changed(row: int, **cells: object) -> list[dict[str, object]]:
    return [known | (cells if number == row else {}) for number, known in enumerate(PUBLISHED)]


def test_equal_tables_agree_number_for_number_and_more_rows_may_follow():
    assert agreement.check([*PUBLISHED, {"unit": "conv1:7"}], PUBLISHED) == (
        "Rows that agree: 2 of 2 published, number for number."
    )


def test_numbers_may_round_differently_as_the_largest_of_their_column_allows():
    assert "but for 0.005 of the largest" in agreement.check(changed(0, peak=2.2), PUBLISHED)
    with pytest.raises(ValueError, match=r"row 1, peak: 2.6, not 2.0; 1 of 6 cells differ"):
        agreement.check(changed(0, peak=2.6), PUBLISHED)


@pytest.mark.parametrize("cells", [{"unit": "conv1:4"}, {"count": 3.0}, {"peak": None}, {"peak": True}])
def test_what_is_no_number_must_be_the_same(cells: dict[str, object]):
    with pytest.raises(ValueError, match=r"row 2|1 of 6"):
        agreement.check(changed(1, **cells), PUBLISHED)


def test_rows_that_are_missing_are_told():
    with pytest.raises(ValueError, match="the table has 1 rows; expected at least 2"):
        agreement.check(PUBLISHED[:1], PUBLISHED)
