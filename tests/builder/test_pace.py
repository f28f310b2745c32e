"""The time left is told once it is known, and not before."""

import pytest

from builder.pace import AGREEMENT, FEWEST, Pace, words


def told(ends: list[float], total: int) -> dict[float, float | None]:
    """Return what is told when each step ends, by the time."""
    pace, found = Pace(total, 0.0), {}
    for now in ends:
        pace.advance(1, now)
        found[now] = pace.left_s(now)
    return found


def test_steps_that_cost_alike_are_soon_foreseen() -> None:
    found = told([float(second) for second in range(1, 101)], 100)
    assert all(found[second] is None for second in range(1, FEWEST))
    known = {second: left for second, left in found.items() if left is not None}
    assert min(known) <= 6
    assert known == {second: pytest.approx(100 - second) for second in known}


def test_nothing_is_told_where_the_first_step_was_long() -> None:
    """As where all figures of a site wait for one scan: the first is drawn after it, and the others at once."""
    ends = [72.0, *(72 + 0.4 * number for number in range(1, 63))]
    assert all(left is None or left < 30 for left in told(ends, 63).values())
    assert told(ends, 63)[72.0] is None


def test_nothing_is_told_any_more_where_steps_become_slow() -> None:
    pace = Pace(100, 0.0)
    for now in range(1, 41):
        pace.advance(1, float(now))
    assert pace.left_s(40.0) == pytest.approx(60)
    assert pace.left_s(100.0) is None, "what the first half of the time foretold did not come"


def test_what_has_no_end_or_no_step_yet_has_no_estimate() -> None:
    assert Pace(None, 0.0, done=50).left_s(5.0) is None
    assert Pace(50, 0.0).left_s(5.0) is None


def test_few_places_are_remembered_however_many_steps_there_are() -> None:
    pace = Pace(100_000, 0.0)
    for step in range(1, 100_001):
        pace.advance(1, step / 100)
    assert len(pace.places) < 150
    assert pace.left_s(1000.0) == 0
    assert AGREEMENT > 1


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (19.6, "20 s"), (99.4, "99 s"), (150, "2 min"), (7300, "122 min")]
)
def test_times_are_written_as_roughly_as_they_are_known(seconds: float, text: str) -> None:
    assert words(seconds) == text


def test_who_knows_what_steps_cost_is_believed() -> None:
    left = [None, 7.0]
    pace = Pace(100, 0.0, foretell=lambda: left.pop(0))
    assert pace.left(1.0) == ""
    assert pace.left(1.0) == "7 s"
