"""The time left is true within a factor of two once a tenth of the figures is done, where kinds are known."""

from pathlib import Path

from builder.engine import forecast
from builder.engine.forecast import DRAWN, MEASURED, Forecast

COSTS = {"slow": {MEASURED: 60.0, DRAWN: 1.0}, "quick": {MEASURED: 2.0, DRAWN: 0.2}}
KINDS = {f"{kind}-{number}": kind for number in range(10) for kind in ("quick", "slow")}


class Clock:
    """Time that goes on when it is told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def built(costs: forecast.Costs, measured: bool, pace: float) -> tuple[Forecast, list[tuple[float, float]]]:
    """Go through a build, all first steps first; return it, and (what was foretold, what was left) as figures end."""
    clock, told = Clock(), []
    true = {key: pace * COSTS[kind][MEASURED if measured else DRAWN] for key, kind in KINDS.items()}
    build = Forecast(KINDS, clock, {kind: dict(cost) for kind, cost in costs.items()})
    for key in KINDS if measured else ():
        with build.working([key]):
            clock.now += 0.01
        build.missed(key)
    for key in sorted(KINDS):  # all that is quick first: the worst for who counts figures
        with build.working([key]):
            clock.now += true[key] / 2
            if build.spent:
                told.append((build.left_s(), sum(true.values()) + 0.2 * measured - clock.now))
            clock.now += true[key] / 2
        build.end(key)
        told.append((build.left_s(), sum(true.values()) + 0.2 * measured - clock.now))
    return build, told


def apart(told: list[tuple[float, float]], passed: float) -> float:
    """Return how many times a forecast was off at most, once a share of the time has passed; a second does not count."""
    whole = told[0][1]
    return max(max((a + 1) / (b + 1), (b + 1) / (a + 1)) for a, b in told if b <= (1 - passed) * whole)


def test_known_costs_are_true_from_the_first_tenth_on_and_never_ten_times_off() -> None:
    for measured in (True, False):
        for pace in (0.5, 1.0, 3.0):
            _, told = built(COSTS, measured, pace)
            assert apart(told, 0.1) < 2, (measured, pace)
            assert apart(told, 0) < 10, (measured, pace)


def test_a_second_build_foretells_what_the_first_did_not_know() -> None:
    first, unknown = built({}, True, 1.0)
    _, known = built(first.costs, True, 1.0)
    assert apart(unknown, 0) > 2
    assert apart(known, 0.1) < 1.2


def test_a_long_measurement_counts_down() -> None:
    clock = Clock()
    build = Forecast({"a": "slow", "b": "slow"}, clock, COSTS)
    assert build.left_s() is None
    for key in "ab":
        with build.working([key]):
            build.missed(key)
    with build.working(["a", "b"]):
        left = []
        for clock.now in (10.0, 50.0, 90.0):
            left.append(build.left_s())
    assert left[0] > 1.5 * left[1] > 1.5 * left[2]
    assert abs(left[2] - 30) < 3


def test_costs_are_kept_and_what_cannot_be_read_is_nothing(tmp_path: Path) -> None:
    file = tmp_path / "costs.json"
    assert forecast.read(file) == {}
    forecast.write(file, COSTS)
    assert forecast.read(file) == COSTS
    for text in ("[]", "{", '{"slow": 3}', '{"slow": {"drawn": "x"}}'):
        file.write_text(text)
        assert forecast.read(file) == {}
