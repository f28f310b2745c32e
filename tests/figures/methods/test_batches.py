import pytest
import torch

from figures.methods import batches
from figures.methods.batches import in_batches


def sizes(count: int, guess: int, fits: int = 10**9) -> list[int]:
    """Work through things on a device that has room for `fits` at once."""

    def body(some: slice) -> slice:
        if some.stop - some.start > fits:
            raise torch.OutOfMemoryError("CUDA out of memory")
        return some

    done = list(in_batches(count, guess, body))
    assert [i for some in done for i in range(some.start, some.stop)] == list(range(count))
    return [some.stop - some.start for some in done]


def test_batches_cover_everything_once_in_order() -> None:
    assert sizes(10, 4) == [4, 4, 2]
    assert sizes(0, 4) == []
    assert sizes(3, 0) == [1, 1, 1]


def test_none_is_left_alone_at_the_end_that_could_have_company() -> None:
    assert sizes(9, 4) == [4, 3, 2]
    assert sizes(5, 4) == [3, 2]
    assert sizes(1, 4) == [1]
    assert sizes(3, 2) == [2, 1]
    assert sizes(10, 16, fits=3) == [3, 3, 2, 2]


def test_a_batch_that_does_not_fit_is_halved_and_the_work_goes_on() -> None:
    assert sizes(20, 16, fits=5) == [4, 4, 4, 4, 4]
    assert sizes(7, 4, fits=1) == [1] * 7


def test_where_not_even_one_fits_the_error_is_passed_on() -> None:
    with pytest.raises(torch.OutOfMemoryError):
        sizes(4, 4, fits=0)


def test_other_errors_are_not_taken_for_a_lack_of_memory() -> None:
    with pytest.raises(ZeroDivisionError):
        list(in_batches(4, 2, lambda some: 1 // 0))


def test_batches_grow_while_there_is_room_and_stay_below_what_did_not_fit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "_fits", lambda before: True)
    assert sizes(30, 2) == [2, 4, 8, 16]
    assert sizes(60, 4, fits=9) == [4, 8, 8, 8, 8, 8, 8, 8]
