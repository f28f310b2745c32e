"""What commands say while they work."""

import pytest

from builder import reporter
from builder.reporter import Plain, Recorded, Rich, Warnings


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    """A clock that goes on only when it is told to."""
    now = [100.0]
    monkeypatch.setattr(reporter.time, "monotonic", lambda: now[0])
    return lambda seconds: now.__setitem__(0, now[0] + seconds)


def test_plain_lines_of_progress_are_rare_and_say_how_long_it_will_take(clock, capsys) -> None:
    plain = Plain(interval_s=10)
    task = plain.begin("arcs", 100)
    for _ in range(25):
        clock(1)
        plain.advance(task, 1)
    plain.end(task)
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["  arcs: 10 of 100, 90 s left", "  arcs: 20 of 100, 80 s left", "  arcs: 25 s"]


def test_short_work_and_work_without_an_end_are_told_plainly(clock, capsys) -> None:
    plain = Plain(interval_s=1)
    short, endless = plain.begin("short", 3), plain.begin("endless", None)
    plain.advance(short, 3)
    clock(1)
    plain.end(short)
    plain.advance(endless, 7)
    assert capsys.readouterr().out == "  endless: 7\n"


@pytest.mark.parametrize(("kind", "out"), [(Plain, "said\n"), (Warnings, "")])
def test_warnings_go_where_errors_go(kind: type[Plain], out: str, capsys) -> None:
    kind().say("said")
    kind().warn("warned")
    assert capsys.readouterr() == (out, "warned\n")


def test_what_is_recorded_is_not_shown(capsys) -> None:
    recorded = Recorded()
    recorded.say("a")
    recorded.end(recorded.begin("b", 2))
    recorded.warn("c")
    recorded.close()
    assert recorded.lines == ["a", "b", "c"]
    assert capsys.readouterr() == ("", "")


def test_bars_go_when_the_last_piece_of_work_ends() -> None:
    rich = Rich()
    outer, inner = rich.begin("outer", 2), rich.begin("inner", None)
    rich.advance(outer, 1)
    rich.end(inner)
    assert rich._progress.live.is_started
    rich.end(outer)
    assert not rich._progress.live.is_started
    assert rich._progress.tasks == []


def test_a_bar_says_how_long_it_will_take_once_that_is_known(clock) -> None:
    rich = Rich()
    task = rich.begin("arcs", 10)
    left = rich._progress.columns[-1]
    told = []
    for _ in range(6):
        clock(2)
        rich.advance(task, 1)
        told.append(left.render(rich._progress.tasks[0]).plain)
    rich.end(task)
    assert told[:2] == ["", ""]
    assert told[-1] == "8 s left"


@pytest.mark.parametrize(("terminal", "kind"), [(True, Rich), (False, Plain)])
def test_bars_are_for_terminals(monkeypatch: pytest.MonkeyPatch, terminal: bool, kind: type) -> None:
    monkeypatch.setattr(reporter.sys.stdout, "isatty", lambda: terminal, raising=False)
    assert type(reporter.reporter()) is kind
