"""Draw contents, styles and the ones in the manner of the others: in rows with bars, or in a grid."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from figures.artifact import Chart, Sprite, Tile
from figures.charts import answer_cards, icons, sprites
from figures.charts.answer_cards import RIGHT_SIGN, WRONG_SIGN, Answer, Card

if TYPE_CHECKING:
    from figures.methods.cues.conflicts import Conflicts
    from figures.methods.top_answers import TopAnswers

_SIGNS = {"content": RIGHT_SIGN, "style": WRONG_SIGN, "": ""}


def rows(seen: Conflicts, *, tile: int = 140, alt_text: str) -> Chart:
    """Draw a row for each pair: content, style, conflict, each above the answers to it."""
    cards = [
        [
            _card(seen.contents, content, f"content: {seen.contents.shown.names[content]}"),
            _card(seen.styles, style, f"style: {seen.styles.shown.names[style]}"),
            Card(seen.both.shown.images[place], "conflict", conflict(seen, place)),
        ]
        for place, (content, style) in enumerate(seen.pairs)
    ]
    return answer_cards.draw(cards, tile=tile, name="conflicts", alt_text=alt_text)


def grid(seen: Conflicts, *, tile: int = 140, alt_text: str) -> Sprite:
    """Draw styles side by side, below them a row for each content: the content, then in each style."""
    across, side = len(seen.wrong) + 1, seen.both.shown.images.shape[-1]
    pictures, tiles = (
        [np.zeros((side, side, 4), np.uint8)],
        [Tile("Contents stand below, styles to the right", "", ("content ↓ style →",))],
    )
    for style in range(across - 1):
        pictures.append(_opaque(seen.styles.shown.images[style]))
        tiles.append(_tile(seen.styles.shown.words[style], answers(seen.styles, style)))
    for place, (content, style) in enumerate(seen.pairs):
        if not style:
            pictures.append(_opaque(seen.contents.shown.images[content]))
            tiles.append(_tile(seen.contents.shown.words[content], answers(seen.contents, content)))
        pictures.append(_opaque(seen.both.shown.images[place]))
        tiles.append(_tile(seen.both.shown.words[place], conflict(seen, place)))
    large = [sprites.resized(one, max(side, 2 * tile)) for one in pictures]
    return sprites.sprite(
        large, tiles, display_px=tile, per_row=across, name="conflicts", alt=alt_text,
        columns_titles=("content", *seen.styles.shown.names),
    )  # fmt: skip


def _card(seen: TopAnswers, picture: int, title: str) -> Card:
    return Card(seen.shown.images[picture], title, answers(seen, picture))


def answers(seen: TopAnswers, picture: int) -> list[Answer]:
    """Return the answers to a picture by itself; what is right for it is marked."""
    several = zip(seen.names[picture], seen.probability[picture].tolist(), seen.right[picture].tolist(), strict=True)
    told = bool(seen.truths[picture])
    return [
        Answer(name, share, RIGHT_SIGN if right else WRONG_SIGN if told and not rank else "")
        for rank, (name, share, right) in enumerate(several)
    ]


def conflict(seen: Conflicts, place: int) -> list[Answer]:
    """Return answers to a picture in conflict; the content's class is right, the style's and a first other wrong."""
    several = zip(seen.both.names[place], seen.both.probability[place].tolist(), seen.named[place], strict=True)
    return [
        Answer(name, share, _SIGNS[cue] or ("" if rank else WRONG_SIGN))
        for rank, (name, share, cue) in enumerate(several)
    ]


def _tile(words: str, several: list[Answer]) -> Tile:
    return Tile(words, "", tuple(map(answer_cards.line, several)))


def _opaque(picture: np.ndarray) -> np.ndarray:
    colours = picture if len(picture) == 3 else np.repeat(picture[:1], 3, axis=0)
    return icons.pixels(np.concatenate([colours, np.ones_like(colours[:1])])[None])[0]
