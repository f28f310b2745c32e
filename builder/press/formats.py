"""How numbers, times and digests are written on pages."""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping

from builder.press import licences


def day(value: datetime.date | str) -> str:
    """Write a date as "21 November 2026"; takes ISO text too."""
    date = datetime.date.fromisoformat(value[:10]) if isinstance(value, str) else value
    return f"{date.day} {date:%B %Y}"


def duration(seconds: float) -> str:
    """Write a time span with two useful digits: "0.4 s", "12 s", "3 min 20 s"."""
    if seconds < 0.05:
        return f"{max(round(seconds * 1000), 1)} ms"
    if seconds < 9.95:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    return f"{whole} s" if whole < 120 else f"{whole // 60} min {whole % 60} s"


def number(value: object) -> str:
    """Write a cell of a table: four significant digits, whole numbers in full, nothing for None."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return "–"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:.4g}".replace("-", "−")
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:,.0f}".replace("-", "−")
    return str(value)


def asked(value: object, pattern: str) -> str:
    """Write a value as an author asks; a float without a wish gets three significant digits.

    Raises ValueError or TypeError where it cannot be written so.
    """
    text = format(value, pattern or (".3g" if isinstance(value, float) else ""))
    return text if isinstance(value, str) else text.replace("-", "−")


def plain(value: object) -> str:
    """Write a parameter as an author would."""
    if isinstance(value, list | tuple):
        return ", ".join(map(plain, value))
    if value is None or isinstance(value, bool):
        return str(value).lower()
    return str(value)


FILTERS: Mapping[str, Callable[..., str]] = {
    "day": day,
    "duration": duration,
    "licence": licences.name,
    "licence_address": licences.address,
    "number": number,
    "plain": plain,
}
