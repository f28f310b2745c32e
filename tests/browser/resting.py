"""Waiting in a page's own time, which stands still while a busy machine does not get to it."""

from __future__ import annotations

_REST = """(ms) => new Promise((done) => {
  const frames = (count, then) => (count ? requestAnimationFrame(() => frames(count - 1, then)) : then());
  frames(2, () => setTimeout(() => frames(2, done), ms));
})"""


def rest(tab, ms: float) -> None:
    """Wait until a page has drawn what it was told, waited so many milliseconds, and drawn again."""
    tab.evaluate(_REST, ms)


def stir(tab) -> None:
    """Give the first sign of a reader, before which no chart comes alive, by no device that a test may not have."""
    tab.evaluate("() => { dispatchEvent(new Event('scroll')); }")
