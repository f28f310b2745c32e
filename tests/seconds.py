"""What tests cost of a processor, however busy the machine is: `python -m pytest -p tests.seconds`.

Lists the tests that took longest, with the processes that they waited for, and names those that
should be marked `slow` and are not, or are and need not be.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

SLOW_S = 1.5
"""From so many seconds on a test is to be marked."""
SHOWN = 20
_SPENT = "processor_s"


def _now() -> float:
    times = os.times()
    return times.user + times.system + times.children_user + times.children_system


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Note the seconds of each test in its last report."""
    item.stash[_START] = _now()
    return (yield)


_START = pytest.StashKey[float]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo) -> Iterator[None]:
    """Let reports travel with what was spent so far."""
    report = yield
    marked = item.get_closest_marker("slow") or item.get_closest_marker("browser")
    report.user_properties.append((_SPENT, (_now() - item.stash[_START], marked is not None)))
    return report


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """List the longest, and the marks that do not fit."""
    spent = {}
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, value in getattr(report, "user_properties", ()):
                if name == _SPENT and value[0] >= spent.get(report.nodeid, (0.0, False))[0]:
                    spent[report.nodeid] = tuple(value)
    longest = sorted(((seconds, node, marked) for node, (seconds, marked) in spent.items()), reverse=True)
    unmarked = [(seconds, node) for seconds, node, marked in longest if not marked]
    terminalreporter.section("seconds of a processor")
    for seconds, node, _ in longest[:SHOWN]:
        terminalreporter.line(f"{seconds:8.1f}  {node}")
    total = sum(seconds for seconds, _ in unmarked)
    terminalreporter.line(f"{total:8.1f}  all {len(unmarked)} without a mark")
    for seconds, node in unmarked:
        if seconds >= SLOW_S:
            terminalreporter.line(f"{seconds:8.1f}  is not marked slow: {node}")
