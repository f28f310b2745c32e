"""How numbers, times and digests are written on pages."""

from __future__ import annotations

import pytest

from builder.press import formats


@pytest.mark.parametrize(("value", "text"), [
    (None, "–"), (float("nan"), "–"), (3, "3"), (12345, "12,345"), (0.123456, "0.1235"), (-2.5, "−2.5"), ("a", "a"),
    (True, "True"), (4.0, "4"),
])  # fmt: skip
def test_numbers(value, text):
    assert formats.number(value) == text


@pytest.mark.parametrize(("seconds", "text"), [
    (0.0004, "1 ms"), (0.012, "12 ms"), (0.4, "0.4 s"), (12.3, "12 s"), (200, "3 min 20 s"), (119.6, "2 min 0 s"),
])  # fmt: skip
def test_durations(seconds, text):
    assert formats.duration(seconds) == text
