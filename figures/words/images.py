"""What is said of the images of a data set."""

from __future__ import annotations

from typing import Protocol

NAMED = 8
"""How many unreadable images are named; the others are counted."""


class Scanned(Protocol):
    """A record of something that went through a data set, such as `LayerScan` or `Sigma`."""

    @property
    def dataset(self) -> str: ...

    @property
    def images(self) -> int: ...

    @property
    def broken(self) -> tuple[str, ...]: ...


def unreadable(scanned: Scanned) -> tuple[str, ...]:
    """Say in a note which images could not be read and are left out; no note where all could be."""
    count = len(scanned.broken)
    if not count:
        return ()
    named = ", ".join(scanned.broken[:NAMED])
    more = f" and {count - NAMED} more" if count > NAMED else ""
    left = "is left out, since it" if count == 1 else "are left out, since they"
    return (f"{count} of {scanned.images + count} images of {scanned.dataset} {left} cannot be read: {named}{more}.",)


def channels(count: int) -> tuple[str, ...]:
    """Say in a note how images of so many channels are shown, where that is not as they are."""
    if count in (1, 3):
        return ()
    return (f"Images have {count} channels; shown is {'their mean' if count == 2 else 'the first three'}.",)
