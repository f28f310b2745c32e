"""An article as lists show it."""

from __future__ import annotations

import datetime

from builder.frozen import frozen


@frozen
class Row:
    """An article in the list of the front page; `hero` is HTML."""

    title: str
    url: str
    description: str = ""
    authors: tuple[str, ...] = ()
    date: datetime.date | None = None
    minutes: int = 0
    tags: tuple[str, ...] = ()
    draft: bool = False
    hero: str = ""
    updated: datetime.date | None = None
    series: str = ""

    @property
    def changed(self) -> datetime.date | None:
        """Give the day of the last change that the author names."""
        return self.updated or self.date
